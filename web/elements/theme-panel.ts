/**
 * <vb-theme-panel>: one theme (or what waits for one) beside the table: numbers, people's edits, quotes. Takes the focus
 * when it opens. Fires `vb-edit` with a ThemeEdit, `vb-open` with another theme's id, `vb-changed` once an answer
 * was written, `vb-close`.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { TableTheme, ThemeEdit, ThemeMention } from '../../server/api/contract.ts'
import { getTheme } from '../api.ts'
import { type Kind, kinds } from '../state/catalogue.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { errorNote, loadingNote } from './message.ts'
import { themeEdits } from './theme-edits.ts'
import { themeFacts } from './theme-facts.ts'
import './theme-answer.ts'
import './theme-picker.ts'
import './theme-quotes.ts'
import type { PartOfTheme } from './theme-quotes.ts'

export class ThemePanel extends WorkbenchElement {
  static override properties = {
    themeId: { attribute: false },
    of: { attribute: false },
    revision: { attribute: false },
    theme: { state: true },
    failure: { state: true },
    mode: { state: true },
    picking: { state: true },
  }
  /** `q-12` or `waiting-question`. */
  declare themeId: string
  /** Clients that shares are of. */
  declare of: number
  declare revision: number
  declare theme: TableTheme | null
  declare failure: unknown
  declare mode: 'read' | 'rename' | 'split'
  /** What another theme is being chosen for: the whole theme, or one of its mentions. */
  declare picking: 'merge' | ThemeMention | null
  #abort: AbortController | undefined

  constructor() {
    super()
    this.themeId = ''
    this.of = 0
    this.revision = 0
    this.theme = null
    this.failure = null
    this.mode = 'read'
    this.picking = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('keydown', this.#onKey)
  }

  override disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#onKey)
    this.#abort?.abort()
    super.disconnectedCallback()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    // An open dialog, menu or conversation takes the key for itself.
    if (event.key !== 'Escape' || event.defaultPrevented) return
    if (document.querySelector('dialog[open], :popover-open, vb-conversation-panel')) return
    if (this.mode !== 'read') this.mode = 'read'
    else this.#fire('vb-close')
  }

  #fire<T>(name: string, detail?: T): void {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }

  #edit(edit: ThemeEdit): void {
    this.mode = 'read'
    this.picking = null
    this.#fire('vb-edit', edit)
  }

  get #kind(): Kind {
    return (
      kinds.find(kind => this.themeId.endsWith(kind) || this.themeId.startsWith(`${kind[0]}-`)) ?? 'question'
    )
  }

  get #waits(): boolean {
    return this.themeId.startsWith('waiting-')
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('themeId')) {
      this.theme = null
      this.failure = null
      this.mode = 'read'
      this.picking = null
    }
    if (changed.has('themeId') || changed.has('revision')) void this.#load()
  }

  protected override updated(changed: PropertyValues): void {
    // The panel takes the focus once there is something to read.
    const opened = this.#waits ? changed.has('themeId') : changed.has('theme') && !changed.get('theme')
    if (opened && (this.#waits || this.theme !== null))
      this.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
    if (changed.has('mode'))
      this.querySelector<HTMLInputElement>('.theme-rename input, .split-head h3')?.focus()
  }

  async #load(): Promise<void> {
    this.#abort?.abort()
    if (this.#waits) return
    const abort = new AbortController()
    this.#abort = abort
    try {
      const theme = await getTheme(this.themeId, abort.signal)
      if (abort.signal.aborted) return
      // An old link leads to the theme that its words went into.
      if (theme.alias_of !== null) return this.#fire('vb-open', theme.alias_of)
      this.theme = theme
      this.failure = null
    } catch (failure) {
      if (!abort.signal.aborted) this.failure = failure
    }
  }

  protected override render(): TemplateResult {
    const { panel } = this.text.catalogue
    const { theme } = this
    const speech = theme !== null && theme.label === theme.machine_label
    const title = this.#waits ? panel.waiting[this.#kind] : (theme?.label ?? '…')
    return html`<aside class="theme-panel vb-kind--${this.#kind}" aria-labelledby="theme-title">
      <header class="theme-head">
        <h2 id="theme-title" tabindex="-1" class=${speech ? 'speech' : ''}>${title}</h2>
        <button
          type="button"
          class="button-icon"
          title=${panel.close}
          aria-label=${panel.close}
          @click=${() => this.#fire('vb-close')}
        >
          ${icon('close')}
        </button>
      </header>
      <div class="theme-body" tabindex="0" role="region" aria-labelledby="theme-title">
        ${this.failure !== null ? errorNote(this.failure, this.text, () => void this.#load()) : this.#content()}
      </div>
      ${this.picking === null ? nothing : this.#picker(this.picking)}
    </aside>`
  }

  #content(): TemplateResult {
    const { panel } = this.text.catalogue
    const { theme } = this
    if (this.#waits) return html`<p class="hint theme-why">${panel.waitingText}</p>${this.#quotes()}`
    if (theme === null) return loadingNote(this.text)
    return html`
      ${theme.hidden ? html`<p class="theme-hidden">${panel.hiddenNote}</p>` : nothing}
      ${themeFacts(theme, this.of, this.language, this.text)}
      ${themeEdits({
        theme,
        mode: this.mode,
        language: this.language,
        text: this.text,
        edit: edit => this.#edit(edit),
        setMode: mode => {
          this.mode = mode
        },
        merge: () => {
          this.picking = 'merge'
        },
      })}
      ${
        // Without pages nothing was compared, and nobody knows what is left open.
        this.#kind === 'question' && theme.faq !== null
          ? html`<vb-theme-answer
              .themeId=${theme.theme_id}
              .revision=${this.revision}
              @vb-saved=${() => this.#fire('vb-changed')}
            ></vb-theme-answer>`
          : nothing
      }
      ${this.#quotes()}
    `
  }

  #quotes(): TemplateResult {
    return html`<vb-theme-quotes
      .themeId=${this.themeId}
      .kind=${this.#kind}
      .total=${this.theme?.mentions ?? null}
      .revision=${this.revision}
      .splitting=${this.mode === 'split'}
      @vb-split=${({ detail }: CustomEvent<PartOfTheme>) =>
        this.#edit({ action: 'split', theme: this.themeId, ...detail })}
      @vb-move=${(event: CustomEvent<ThemeMention>) => {
        this.picking = event.detail
      }}
      @vb-cancel=${() => {
        this.mode = 'read'
      }}
    ></vb-theme-quotes>`
  }

  #picker(picking: 'merge' | ThemeMention): TemplateResult {
    return html`<vb-theme-picker
      .kind=${this.#kind}
      .except=${this.#waits ? null : this.themeId}
      .merging=${picking === 'merge' ? this.theme : null}
      @vb-choose=${({ detail: to }: CustomEvent<string>) => {
        if (picking === 'merge') return this.#edit({ action: 'merge', themes: [this.themeId, to] })
        const { client_id, conversation_id, n, from } = picking.ref
        this.#edit({
          action: 'move',
          mention: { client_id, conversation_id, n, from },
          from: this.#waits ? null : this.themeId,
          to,
        })
      }}
      @vb-close=${() => {
        this.picking = null
      }}
    ></vb-theme-picker>`
  }
}

define('vb-theme-panel', ThemePanel)
