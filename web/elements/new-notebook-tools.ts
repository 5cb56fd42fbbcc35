/**
 * <vb-notebook-tools>: what can be done with one notebook of the list: copy, rename, delete into the bin. Tells
 * `vb-copy`, `vb-changed` after a change, `vb-removed` with the bin's entry.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { NotebookSummary } from '../../server/api/contract.ts'
import { deleteNotebook, renameNotebook } from '../api-editing.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { errorNote } from './message.ts'

export class NotebookTools extends WorkbenchElement {
  static override properties = {
    notebook: { attribute: false },
    renaming: { state: true },
    failure: { state: true },
  }
  declare notebook: NotebookSummary
  declare renaming: boolean
  declare failure: unknown

  constructor() {
    super()
    this.renaming = false
    this.failure = null
  }

  #tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }))
  }

  async #remove(): Promise<void> {
    try {
      const { entry } = await deleteNotebook(this.notebook.id)
      this.#tell('vb-removed', { entry, title: this.notebook.title })
    } catch (error) {
      this.failure = error
    }
  }

  async #rename(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const title = String(new FormData(event.target as HTMLFormElement).get('title'))
    try {
      await renameNotebook(this.notebook.id, title)
      this.renaming = false
      this.#tell('vb-changed')
    } catch (error) {
      this.failure = error
    }
  }

  async #ask(): Promise<void> {
    this.renaming = true
    await this.updateComplete
    this.querySelector('dialog')!.showModal()
    this.querySelector<HTMLInputElement>('[name=title]')!.select()
  }

  protected override render(): TemplateResult {
    const words = this.text.editing.manage
    const { id, title, bundled } = this.notebook
    const menu = `tools-${id}`
    const item = (label: string, act: () => void) => html`<button
      type="button"
      class="menu-item"
      popovertarget=${menu}
      popovertargetaction="hide"
      @click=${act}
    >
      ${label}
    </button>`
    return html`<button
        type="button"
        class="button-icon"
        popovertarget=${menu}
        title=${words.more}
        aria-label=${words.moreOf(title)}
      >
        ${icon('more')}
      </button>
      <div id=${menu} class="menu" popover>
        ${item(words.duplicate, () => this.#tell('vb-copy', id))}
        ${item(words.rename, () => void this.#ask())}
        ${bundled ? nothing : item(words.remove, () => void this.#remove())}
      </div>
      ${this.failure === null || this.renaming ? nothing : errorNote(this.failure, this.text)}
      ${this.renaming ? this.#form() : nothing}`
  }

  #form(): TemplateResult {
    const words = this.text.editing.manage
    return html`<dialog
      class="sheet"
      aria-label=${words.renameTitle}
      @close=${() => {
        this.renaming = false
        this.failure = null
      }}
    >
      <h2>${words.renameTitle}</h2>
      <form class="sheet-form" @submit=${(event: SubmitEvent) => void this.#rename(event)}>
        <label class="sheet-field">
          <span>${words.title}</span>
          <input name="title" required maxlength="200" autocomplete="off" .value=${this.notebook.title} />
        </label>
        ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
        <div class="sheet-foot">
          <button type="submit" class="button button-primary">${words.rename}</button>
          <button type="button" class="button" @click=${() => this.querySelector('dialog')!.close()}>
            ${words.cancel}
          </button>
        </div>
      </form>
    </dialog>`
  }
}

define('vb-notebook-tools', NotebookTools)
