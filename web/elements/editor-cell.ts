/**
 * <vb-editor-cell>: one cell while its notebook is edited: name, tools, source and, below it, what came of it. The source
 * is an editor only while it is open. Far from the window it is its source as plain text, and what came of it is not drawn
 * before one comes near.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { KindSummary, Language } from '../../server/api/contract.ts'
import type { CellState, EditorSession } from '../state/editor-session.ts'
import './block.ts'
import type { CellLanguage, Problem } from './cell-codemirror.ts'
import type { CellWords } from './cell-completion.ts'
import './cell-editor.ts'
import { addLine } from './editor-add.ts'
import { define, WorkbenchElement } from './element.ts'
import { type IconName, icon } from './icon.ts'

/** What all cells of a notebook share; another object when something of it changes. */
export interface CellSurroundings {
  language: Language
  currency: string
  inputs: unknown
  resolved: unknown
  choices: unknown
  kinds: readonly KindSummary[]
  /** What can be completed in a cell. */
  words(key: number): CellWords
  /** Opens the menu of kinds for the place after a cell. */
  addAfter(key: number): void
}

/** Cells that are drawn at once; the others when the browser says that they are near the window. */
const FIRST = 6
const canSkip = CSS.supports('content-visibility', 'auto')

export class EditorCell extends WorkbenchElement {
  static override properties = {
    session: { attribute: false },
    key: { attribute: false },
    around: { attribute: false },
    near: { state: true },
  }
  declare session: EditorSession
  declare key: number
  declare around: CellSurroundings
  declare near: boolean
  #unwatch: (() => void) | undefined

  constructor() {
    super()
    this.near = !canSkip
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#unwatch = this.session.watchCell(this.key, () => this.requestUpdate())
    this.addEventListener('contentvisibilityautostatechange', this.#onSeen)
  }

  override disconnectedCallback(): void {
    this.#unwatch?.()
    this.removeEventListener('contentvisibilityautostatechange', this.#onSeen)
    super.disconnectedCallback()
  }

  readonly #words = () => this.around.words(this.key)

  readonly #onSeen = (event: Event) => {
    if (event.target === this && !(event as Event & { skipped: boolean }).skipped) this.near = true
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const { chosen, open, cell } = this.session.cellState(this.key)
    if (this.session.place(this.key) < FIRST || chosen || open) this.near = true
    // Until it has been seen: about as high as it will be, so that the bar at the side tells where one is.
    if (!this.style.containIntrinsicBlockSize)
      this.style.containIntrinsicBlockSize = `auto ${estimateHeight(cell)}px`
  }

  protected override render(): TemplateResult {
    const state = this.session.cellState(this.key)
    const { cell, id, chosen, changed } = state
    const text = this.text.editing
    const kind = (text.kinds as Record<string, string>)[cell.kind] ?? cell.kind
    const name = id === undefined ? text.newCell(kind) : text.cell(kind, id)
    return html`<section
        class="cell"
        data-chosen=${String(chosen)}
        tabindex=${chosen ? 0 : -1}
        aria-label=${changed ? `${name}, ${text.changed}` : name}
        @focusin=${() => this.session.choose(this.key, false)}
      >
        ${this.near ? this.#full(state, kind) : html`<pre class="cell-far"><code>${cell.body}</code></pre>`}
      </section>
      ${
        this.near && !state.last
          ? addLine('add-between', text.addHere, this.language, () => this.around.addAfter(this.key))
          : nothing
      }`
  }

  #full(state: CellState, kind: string): TemplateResult {
    const { session, key, around } = this
    const { cell, open, changed, block, view } = state
    const text = this.text.editing
    return html`<div class="cell-head" lang=${this.language}>
        <span class="cell-kind">${kind}</span>
        ${cell.kind === 'markdown' ? nothing : this.#name(state)}
        ${changed ? html`<span class="cell-changed">${text.changed}</span>` : nothing}
        <div class="cell-tools">
          ${this.#tool('run', text.run, () => (open ? session.runAndGo(key) : void session.runAll()))}
          ${this.#tool('up', text.up, () => session.move(key, -1))}
          ${this.#tool('down', text.down, () => session.move(key, 1))}
          ${this.#tool('copy', text.duplicate, () => session.duplicate(key))}
          ${this.#tool('bin', text.remove, () => session.remove(key))}
        </div>
      </div>
      ${this.#source(state)}
      ${
        cell.kind === 'markdown' && cell.body.trim() === '' && !open
          ? html`<p class="hint cell-empty" lang=${this.language}>${text.emptyText}</p>`
          : html`<vb-block
              .block=${block}
              .view=${view}
              .editing=${true}
              .notebookLanguage=${around.language}
              .currency=${around.currency}
              .inputs=${around.inputs}
              .resolved=${around.resolved}
              .choices=${around.choices}
              @vb-edit=${() => session.openSource(key)}
              @dblclick=${() => cell.kind === 'markdown' && session.openSource(key)}
            ></vb-block>`
      }`
  }

  #name({ cell, id }: CellState): TemplateResult {
    const text = this.text.editing
    return html`<input
      class="cell-name"
      aria-label=${text.nameOf(id ?? '')}
      placeholder=${text.noName}
      autocomplete="off"
      spellcheck="false"
      maxlength="100"
      .value=${cell.name}
      size=${Math.max(8, cell.name.length + 1)}
      @change=${(event: Event) => {
        const name = (event.target as HTMLInputElement).value.trim().replaceAll(/\s+/g, '_')
        this.session.act({ type: 'name', key: this.key, name })
      }}
    />`
  }

  #tool(name: IconName, words: string, act: () => void): TemplateResult {
    return html`<button
      type="button"
      class="button-icon"
      title=${words}
      aria-label=${words}
      @click=${act}
    >
      ${icon(name)}
    </button>`
  }

  #source(state: CellState): unknown {
    const { session, key } = this
    const { cell, id } = state
    const text = this.text.editing
    if (state.open) {
      const source = html`<vb-cell-editor
        class="cell-source"
        lang=${this.language}
        .value=${cell.body}
        .kind=${this.#languageOf(cell.kind)}
        .label=${id === undefined ? text.sourceNew : text.source(id)}
        .words=${this.#words}
        .problem=${problemOf(state)}
        @vb-type=${(event: CustomEvent<string>) => session.type(key, event.detail)}
        @vb-run=${() => session.runAndGo(key)}
        @vb-leave=${() => {
          session.closeSource()
          if (cell.kind === 'markdown') void session.runAll()
        }}
      ></vb-cell-editor>`
      const kind = this.around.kinds.find(each => each.kind === cell.kind)
      return kind?.schema ? this.#beside(kind, cell.body, source) : source
    }
    if (cell.kind === 'markdown') return nothing
    return html`<button
      type="button"
      class="cell-source cell-source-shut"
      lang=${this.language}
      title=${text.open}
      @click=${() => session.openSource(key)}
    ><span class="visually-hidden">${`${text.open}: ${id ?? ''} `}</span><code>${cell.body === '' ? ' ' : cell.body}</code></button>`
  }

  /** The form of the options beside their source. */
  #beside(kind: KindSummary, body: string, source: TemplateResult): TemplateResult {
    const { session, key, around } = this
    void import('./cell-form.ts')
    const named = session.cells.filter(
      other => other.key !== key && other.name !== '' && other.kind !== 'markdown',
    )
    return html`<div class="cell-beside">
      <vb-cell-form
        .kind=${kind}
        .body=${body}
        .cells=${named.map(({ name }) => name)}
        .inputs=${around.inputs}
        .tableOf=${(name: string) => {
          const other = named.find(each => each.name === name)
          return other ? session.tableOf(other.key) : null
        }}
        .currency=${around.currency}
        @vb-type=${(event: CustomEvent<string>) => session.set(key, event.detail)}
      ></vb-cell-form>
      ${source}
    </div>`
  }

  #languageOf(kind: string): CellLanguage {
    if (kind === 'markdown') return 'markdown'
    return this.around.kinds.find(each => each.kind === kind)?.body ?? (kind === 'sql' ? 'sql' : 'yaml')
  }
}

/** The fault of its last run, while the source is still the one that ran; the same object as long as it is the same. */
function problemOf({ view: { error }, block, changed }: CellState): Problem | null {
  if (!error || changed) return null
  let problem = problems.get(error)
  if (!problem) {
    problem = { line: error.line - block.line + 1, column: error.column, message: error.message }
    problems.set(error, problem)
  }
  return problem
}
const problems = new WeakMap<object, Problem>()

/** Pixels: its lines, and what mostly comes of its kind. */
function estimateHeight({ kind, body }: CellState['cell']): number {
  const lines = body.split('\n', 40).length
  if (kind === 'markdown') return 60 + lines * 26
  return 90 + Math.min(256, lines * 20) + ({ sql: 60, chart: 320 }[kind] ?? 420)
}

define('vb-editor-cell', EditorCell)
