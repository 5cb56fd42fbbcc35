/** <vb-catalogue-log>: everything that people changed in the themes, the newest first. Fires `vb-undo` with an edit's id. */
import { html, type PropertyValues, type TemplateResult } from 'lit'
import { formatMoment, type LoggedEdit } from '../../server/api/contract.ts'
import { getThemeEdits } from '../api.ts'
import { wordsOf } from '../outputs/words.ts'
import { Loader } from '../state/loader.ts'
import { statusWords } from './catalogue-table.ts'
import { define, WorkbenchElement } from './element.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'

export class CatalogueLog extends WorkbenchElement {
  static override properties = { revision: { attribute: false } }
  declare revision: number
  readonly edits = new Loader<LoggedEdit[]>(this, getThemeEdits)

  constructor() {
    super()
    this.revision = 0
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('revision') && changed.get('revision') !== undefined) void this.edits.load()
  }

  protected override render(): TemplateResult {
    const { value, failure } = this.edits
    const text = this.text.catalogue.edits
    if (failure !== null) return errorNote(failure, this.text, () => void this.edits.load())
    if (value === null) return loadingNote(this.text)
    if (value.length === 0) return emptyNote(text.none, text.noneHint)
    return html`<ol class="edit-log">
      ${value.map(edit => this.#line(edit))}
    </ol>`
  }

  #line(edit: LoggedEdit): TemplateResult {
    const text = this.text.catalogue.edits
    const what = this.#describe(edit)
    return html`<li class=${edit.undone ? 'is-undone' : ''}>
      <time datetime=${edit.madeAt.replace(' ', 'T')}>${formatMoment(edit.madeAt, this.language)}</time>
      <span class="edit-what">${what}</span>
      ${
        edit.undone
          ? html`<span class="hint">${text.undone}</span>`
          : html`<button
              type="button"
              class="button-link"
              aria-label=${text.undoOf(what)}
              @click=${() => this.dispatchEvent(new CustomEvent('vb-undo', { detail: edit.id }))}
            >
              ${text.undo}
            </button>`
      }
    </li>`
  }

  #describe({ edit, labels }: LoggedEdit): string {
    const text = this.text.catalogue.edits
    const { topics, quote } = wordsOf(this.language)
    const name = (id: string) => labels[id] ?? id
    switch (edit.action) {
      case 'rename':
        return text.rename(edit.label)
      case 'topic':
        return text.topic(name(edit.theme), topics[edit.topic] ?? edit.topic)
      case 'status':
        return text.status(name(edit.theme), statusWords(edit.status, this.text))
      case 'hide':
        return edit.hidden ? text.hide(name(edit.theme)) : text.show(name(edit.theme))
      case 'merge':
        return text.merge(edit.themes.map(id => `${quote.open}${name(id)}${quote.close}`).join(', '))
      case 'split':
        return text.split(edit.label, name(edit.theme), edit.mentions.length)
      case 'move':
        return edit.from === null ? text.place(name(edit.to)) : text.move(name(edit.from), name(edit.to))
    }
  }
}

define('vb-catalogue-log', CatalogueLog)
