/**
 * <vb-theme-picker>: a dialog that finds another theme of the kind, to merge with or to move a mention to. Opens when it is
 * put on the page. Fires `vb-choose` with a theme's id, and `vb-close`.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { formatNumber, type TableTheme } from '../../server/api/contract.ts'
import { getThemeTable } from '../api.ts'
import type { Kind } from '../state/catalogue.ts'
import { Loader } from '../state/loader.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote, loadingNote } from './message.ts'

const SHOWN = 30
const PAUSE_MS = 150

export class ThemePicker extends WorkbenchElement {
  static override properties = {
    kind: { attribute: false },
    except: { attribute: false },
    merging: { attribute: false },
    chosen: { state: true },
  }
  declare kind: Kind
  /** The theme that one comes from: it is not among the choices. */
  declare except: string | null
  /** The theme to be merged; null when a mention is to be moved. */
  declare merging: TableTheme | null
  declare chosen: TableTheme | null
  #search = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly found = new Loader<TableTheme[]>(this, async signal => {
    const query = new URLSearchParams({ kind: this.kind, limit: String(SHOWN) })
    if (this.#search !== '') query.set('search', this.#search)
    return (await getThemeTable(query, signal)).themes
  })

  constructor() {
    super()
    this.kind = 'question'
    this.except = null
    this.merging = null
    this.chosen = null
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal()
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#timer)
    super.disconnectedCallback()
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('vb-close'))
  }

  protected override render(): TemplateResult {
    const { picker } = this.text.catalogue
    const { merging, chosen } = this
    return html`<dialog class="picker" aria-labelledby="picker-title" @close=${() => this.#close()}>
      <form
        @submit=${(event: SubmitEvent) => {
          event.preventDefault()
          if (chosen) this.dispatchEvent(new CustomEvent('vb-choose', { detail: chosen.theme_id }))
        }}
      >
        <h2 id="picker-title">${merging ? picker.merge(merging.label) : picker.move}</h2>
        <input
          type="search"
          class="choice-search"
          autofocus
          placeholder=${picker.search}
          aria-label=${picker.search}
          @input=${(event: Event) => {
            this.#search = (event.target as HTMLInputElement).value.trim()
            clearTimeout(this.#timer)
            this.#timer = setTimeout(() => void this.found.load(), PAUSE_MS)
          }}
        />
        <div class="picker-list" role="radiogroup" aria-label=${picker.results}>${this.#choices()}</div>
        <p class="hint picker-says" role="status">${this.#says()}</p>
        <div class="actions">
          <button type="submit" class="button button-primary" ?disabled=${chosen === null}>
            ${merging ? picker.doMerge : picker.doMove}
          </button>
          <button type="button" class="button" @click=${() => this.querySelector('dialog')?.close()}>
            ${picker.cancel}
          </button>
        </div>
      </form>
    </dialog>`
  }

  #choices(): unknown {
    const { value, failure } = this.found
    if (failure !== null) return errorNote(failure, this.text, () => void this.found.load())
    if (value === null) return loadingNote(this.text)
    const choices = value.filter(theme => theme.theme_id !== this.except)
    if (choices.length === 0) return html`<p class="hint">${this.text.catalogue.picker.nothing}</p>`
    return choices.map(
      theme => html`<label class="menu-item picker-item">
        <input
          type="radio"
          name="theme"
          .checked=${this.chosen?.theme_id === theme.theme_id}
          @change=${() => {
            this.chosen = theme
          }}
        />
        <span class=${theme.label === theme.machine_label ? 'speech' : ''}>${theme.label}</span>
        <span class="field-aside">${formatNumber(theme.clients, this.language)}</span>
      </label>`,
    )
  }

  #says(): unknown {
    const { picker } = this.text.catalogue
    if (this.chosen === null) return picker.chooseFirst
    if (this.merging === null) return nothing
    const age = (theme: TableTheme) => Number(theme.theme_id.slice(2))
    const older = age(this.merging) < age(this.chosen) ? this.merging : this.chosen
    return picker.stays(older.label)
  }
}

define('vb-theme-picker', ThemePicker)
