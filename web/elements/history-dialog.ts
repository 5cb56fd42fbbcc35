/**
 * <vb-history>: versions of a notebook, what has changed since each, and the way back to it. Tells `vb-restore` with the
 * version's text, cut into cells, and `vb-close`.
 */
import { diffLines } from 'diff'
import { html, nothing, type TemplateResult } from 'lit'
import type { NotebookVersion } from '../../server/api/contract.ts'
import { getVersion, getVersions } from '../api-editing.ts'
import { type EditText, printText, splitText } from '../state/editing-text.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote, loadingNote } from './message.ts'

/** Unchanged lines shown around a change. */
const CONTEXT = 2

export class HistoryDialog extends WorkbenchElement {
  static override properties = {
    notebookId: { attribute: false },
    now: { attribute: false },
    versions: { state: true },
    chosen: { state: true },
    version: { state: true },
    failure: { state: true },
  }
  declare notebookId: string
  declare now: EditText
  declare versions: readonly NotebookVersion[] | null
  declare chosen: string | null
  declare version: EditText | null
  declare failure: unknown

  constructor() {
    super()
    this.versions = null
    this.chosen = null
    this.version = null
    this.failure = null
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')!.showModal()
    void this.#load()
  }

  async #load(): Promise<void> {
    this.failure = null
    try {
      this.versions = await getVersions(this.notebookId)
      // The newest one is mostly what is on the page.
      const first = this.versions[1] ?? this.versions[0]
      if (first) await this.#choose(first.id)
    } catch (error) {
      this.failure = error
    }
  }

  async #choose(id: string): Promise<void> {
    this.chosen = id
    try {
      const { text, blocks } = await getVersion(this.notebookId, id)
      if (this.chosen === id) this.version = splitText(text, blocks)
    } catch (error) {
      this.failure = error
    }
  }

  #restore(): void {
    this.dispatchEvent(new CustomEvent('vb-restore', { detail: this.version }))
    this.querySelector('dialog')!.close()
  }

  protected override render(): TemplateResult {
    const text = this.text.editing.history
    const { shell } = this.text
    return html`<dialog
      class="sheet history"
      aria-labelledby="history-title"
      @close=${() => this.dispatchEvent(new CustomEvent('vb-close'))}
    >
      <h2 id="history-title">${text.title}</h2>
      <p>${text.lead}</p>
      ${this.#body()}
      <div class="sheet-foot">
        ${
          this.version === null
            ? nothing
            : html`<button type="button" class="button button-primary" @click=${() => this.#restore()}>
                  ${text.restore}
                </button>
                <p class="hint">${text.restoreHint}</p>`
        }
        <button type="button" class="button" @click=${() => this.querySelector('dialog')!.close()}>
          ${shell.close}
        </button>
      </div>
    </dialog>`
  }

  #body(): unknown {
    const text = this.text.editing.history
    if (this.failure !== null) return errorNote(this.failure, this.text, () => void this.#load())
    if (this.versions === null) return loadingNote(this.text)
    if (this.versions.length === 0) return html`<p class="hint">${text.none}</p>`
    const moment = new Intl.DateTimeFormat(this.language, { dateStyle: 'medium', timeStyle: 'medium' })
    return html`<div class="history-sides">
      <ul class="history-versions" aria-label=${text.versions}>
        ${this.versions.map(
          ({ id, savedAt }) => html`<li>
            <button
              type="button"
              class="menu-item"
              aria-pressed=${String(id === this.chosen)}
              @click=${() => void this.#choose(id)}
            >
              ${moment.format(new Date(savedAt))}
            </button>
          </li>`,
        )}
      </ul>
      <div class="history-changes" aria-live="polite">${this.version ? this.#changes(this.version) : nothing}</div>
    </div>`
  }

  #changes(version: EditText): TemplateResult {
    const text = this.text.editing.history
    const parts = diffLines(printText(version).text, printText(this.now).text)
    const count = (kind: 'added' | 'removed') =>
      parts.reduce((sum, part) => sum + (part[kind] ? (part.count ?? 0) : 0), 0)
    const [added, removed] = [count('added'), count('removed')]
    if (added + removed === 0) return html`<p class="hint">${text.same}</p>`
    return html`<p class="hint">${text.difference(added, removed)}</p>
      <pre tabindex="0" aria-label=${text.difference(added, removed)}>${parts.map(part => this.#part(part))}</pre>`
  }

  #part({ value, added, removed }: { value: string; added: boolean; removed: boolean }): unknown {
    const text = this.text.editing.history
    const lines = value.replace(/\n$/, '').split('\n')
    if (added || removed) {
      const [mark, words] = added ? ['+', text.added] : ['−', text.removedLine]
      return html`<span class=${added ? 'diff-added' : 'diff-removed'}><span class="visually-hidden">${words}: </span>${lines.map(line => `${mark} ${line}\n`).join('')}</span>`
    }
    if (lines.length <= CONTEXT * 2 + 1) return lines.map(line => `  ${line}\n`).join('')
    const [first, last] = [lines.slice(0, CONTEXT), lines.slice(-CONTEXT)].map(some =>
      some.map(line => `  ${line}\n`).join(''),
    )
    return html`${first}<span class="diff-skipped">  ⋯ ${text.unchanged(lines.length - CONTEXT * 2)}
</span>${last}`
  }
}

define('vb-history', HistoryDialog)
