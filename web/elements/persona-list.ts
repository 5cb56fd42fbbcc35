/**
 * <vb-persona-list>: groups of clients that are alike, to be renamed, pinned, hidden and merged; each edit can be undone.
 * The reports on personas show what is left of them here.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { PersonaEdit, PersonaLine } from '../../server/api/contract.ts'
import { getPersonas, makePersonaEdit, undoPersonaEdit } from '../api.ts'
import { Loader } from '../state/loader.ts'
import './catalogue-toast.ts'
import type { ToastMessage } from './catalogue-toast.ts'
import { define, WorkbenchElement } from './element.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'

export class PersonaList extends WorkbenchElement {
  static override properties = { message: { state: true }, renaming: { state: true } }
  declare message: ToastMessage | null
  /** Id of the persona whose name is being written. */
  declare renaming: string | null
  readonly personas = new Loader<PersonaLine[]>(this, getPersonas)

  constructor() {
    super()
    this.message = null
    this.renaming = null
  }

  async #make(edit: PersonaEdit): Promise<void> {
    const words = this.text.catalogue.personas
    try {
      const { id } = await makePersonaEdit(edit)
      this.renaming = null
      this.message = { words: words.done, undo: id }
    } catch (failure) {
      this.message = { failure }
    }
    void this.personas.load()
  }

  async #undo(id: number): Promise<void> {
    try {
      await undoPersonaEdit(id)
      this.message = { words: this.text.catalogue.toast.undone }
    } catch (failure) {
      this.message = { failure }
    }
    void this.personas.load()
  }

  protected override render(): TemplateResult {
    return html`${this.#list()}
      <vb-catalogue-toast
        .message=${this.message}
        @vb-undo=${(event: CustomEvent<number>) => void this.#undo(event.detail)}
        @vb-close=${() => {
          this.message = null
        }}
      ></vb-catalogue-toast>`
  }

  #list(): TemplateResult {
    const { value, failure } = this.personas
    const words = this.text.catalogue.personas
    if (failure !== null) return errorNote(failure, this.text, () => void this.personas.load())
    if (value === null) return loadingNote(this.text)
    const shown = value.filter(line => line.alias_of === null)
    if (shown.length === 0) return emptyNote(words.none, words.noneHint)
    return html`<ul class="persona-list">
      ${shown.map(line => this.#line(line, shown))}
    </ul>`
  }

  #line(line: PersonaLine, all: readonly PersonaLine[]): TemplateResult {
    const words = this.text.catalogue.personas
    const id = line.persona_id
    const size = words.clients(line.clients)
    return html`<li class=${line.hidden ? 'is-undone' : ''}>
      <div class="persona-name">
        ${
          this.renaming === id
            ? html`<form
                @submit=${(event: SubmitEvent) => {
                  event.preventDefault()
                  const name = String(new FormData(event.target as HTMLFormElement).get('name') ?? '').trim()
                  if (name !== '') void this.#make({ action: 'rename', persona: id, name })
                }}
              >
                <input
                  class="choice-search"
                  name="name"
                  maxlength="200"
                  required
                  aria-label=${words.nameOf(line.name)}
                  .value=${line.name}
                />
                <button type="submit" class="button">${words.save}</button>
              </form>`
            : html`<strong>${line.name}</strong>`
        }
        <span class="hint">${[size, line.pinned && words.pinned, line.hidden && words.hidden].filter(Boolean).join(' · ')}</span>
      </div>
      <div class="actions">
        <button
          type="button"
          class="button"
          @click=${() => {
            this.renaming = this.renaming === id ? null : id
          }}
        >${this.renaming === id ? words.cancel : words.rename}</button>
        <button type="button" class="button" @click=${() => void this.#make({ action: 'pin', persona: id, pinned: !line.pinned })}>
          ${line.pinned ? words.unpin : words.pin}
        </button>
        <button type="button" class="button" @click=${() => void this.#make({ action: 'hide', persona: id, hidden: !line.hidden })}>
          ${line.hidden ? words.show : words.hide}
        </button>
        ${all.length > 1 ? this.#merge(line, all) : nothing}
      </div>
    </li>`
  }

  #merge(line: PersonaLine, all: readonly PersonaLine[]): TemplateResult {
    const words = this.text.catalogue.personas
    return html`<div class="field"><select
      class="persona-merge"
      aria-label=${words.mergeOf(line.name)}
      @change=${(event: Event) => {
        const select = event.target as HTMLSelectElement
        const other = select.value
        select.value = ''
        if (other !== '') void this.#make({ action: 'merge', personas: [line.persona_id, other] })
      }}
    >
      <option value="">${words.merge}</option>
      ${all
        .filter(other => other !== line)
        .map(other => html`<option value=${other.persona_id}>${other.name}</option>`)}
    </select></div>`
  }
}

define('vb-persona-list', PersonaList)
