/**
 * <vb-editor-bar>: the line at the foot of a notebook that is being edited: whether all is saved, undo, history, help, the
 * way back to reading. Tells `vb-command` with a command, and `vb-open` with the dialog that is wanted.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { EditorSession, Said } from '../state/editor-session.ts'
import type { AppText } from '../text/text.ts'
import { define, WorkbenchElement } from './element.ts'
import { type IconName, icon } from './icon.ts'
import { errorNote } from './message.ts'

export class EditorBar extends WorkbenchElement {
  static override properties = { session: { attribute: false } }
  declare session: EditorSession
  #unwatch: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#unwatch = this.session.watch('bar', () => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    this.#unwatch?.()
    super.disconnectedCallback()
  }

  #tool(name: IconName, words: string, event: string, detail: string, disabled = false): TemplateResult {
    return html`<button
      type="button"
      class="button-icon"
      title=${words}
      aria-label=${words}
      ?disabled=${disabled}
      @click=${() => this.dispatchEvent(new CustomEvent(event, { detail }))}
    >
      ${icon(name)}
    </button>`
  }

  protected override render(): TemplateResult {
    const { editing, said } = this.session
    const { saving, notice, state } = editing
    const words = this.text.editing
    return html`<p class="visually-hidden" role="status" lang=${this.language}>${said ? say(said, words) : ''}</p>
      <div class="editor-bar" role="group" lang=${this.language} aria-label=${words.tools}>
        <div class="editor-said">
          <span class="editor-saving" data-saving=${saving} role="status">${words.saving[saving]}</span>
          ${notice === null ? nothing : html`<span class="hint" role="status">${words[notice]}</span>`}
        </div>
        ${saving === 'refused' ? errorNote(editing.failure, this.text) : nothing}
        <div class="editor-tools">
          ${this.#tool('undo', words.undo, 'vb-command', 'undo', (state?.past.length ?? 0) === 0)}
          ${this.#tool('redo', words.redo, 'vb-command', 'redo', (state?.future.length ?? 0) === 0)}
          ${this.#tool('history', words.history.title, 'vb-open', 'history')}
          ${this.#tool('keys', words.keys.title, 'vb-open', 'keys')}
          <button
            type="button"
            class="button button-primary"
            @click=${() => this.dispatchEvent(new CustomEvent('vb-command', { detail: 'finish' }))}
          >
            ${icon('check')}${words.finish}
          </button>
        </div>
      </div>`
  }
}

function say(said: Said, words: AppText['editing']): string {
  if (said.what === 'moved') return words.moved(said.place, said.of)
  return said.what === 'removed' ? words.removed : words.history.restored
}

define('vb-editor-bar', EditorBar)
