/**
 * <vb-cell-editor>: the source of one cell, being written. Made for the cell in focus only; its code comes when the first
 * one is opened. Tells `vb-type` with the text, `vb-run` and `vb-leave`.
 */
import type { EditorView } from '@codemirror/view'
import { html, type PropertyValues, type TemplateResult } from 'lit'
import type { CellLanguage, Problem } from './cell-codemirror.ts'
import type { CellWords } from './cell-completion.ts'
import { define, WorkbenchElement } from './element.ts'

const loadCode = () => import('./cell-codemirror.ts')

export class CellEditor extends WorkbenchElement {
  static override properties = {
    value: { attribute: false },
    kind: { attribute: false },
    label: { attribute: false },
    words: { attribute: false },
    problem: { attribute: false },
  }
  declare value: string
  declare kind: CellLanguage
  declare label: string
  /** Asked when the editor is made: what can be completed by then. */
  declare words: () => CellWords
  declare problem: Problem | null
  #view: EditorView | undefined
  /** The text that this editor told last: what comes back is not taken for another's. */
  #told = ''

  constructor() {
    super()
    this.problem = null
  }

  override disconnectedCallback(): void {
    this.#view?.destroy()
    this.#view = undefined
    super.disconnectedCallback()
  }

  protected override firstUpdated(): void {
    void this.#begin()
  }

  protected override updated(changed: PropertyValues): void {
    if (!this.#view) return
    // An empty change, so that it asks for its label again.
    if (changed.has('label')) this.#view.dispatch({})
    if (changed.has('value') && this.value !== this.#told) this.#set(this.value)
    if (changed.has('problem'))
      void loadCode().then(code => this.#view && code.markProblem(this.#view, this.problem))
  }

  #set(text: string): void {
    this.#told = text
    void loadCode().then(code => this.#view && code.setCode(this.#view, text))
  }

  async #begin(): Promise<void> {
    const code = await loadCode()
    const place = this.querySelector('.cell-code')
    if (!this.isConnected || !place || this.#view) return
    const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' })
    root.replaceChildren()
    const tell = (name: string, detail?: unknown) => this.dispatchEvent(new CustomEvent(name, { detail }))
    this.#told = this.value
    this.#view = code.createCode({
      parent: root,
      text: this.value,
      language: this.kind,
      label: () => this.label,
      words: this.words(),
      onType: text => {
        this.#told = text
        tell('vb-type', text)
      },
      onRun: () => tell('vb-run'),
      onLeave: () => tell('vb-leave'),
    })
    if (this.problem) code.markProblem(this.#view, this.problem)
    this.#view.focus()
  }

  protected override render(): TemplateResult {
    // Until the code is here the text stands in its place, at the same height.
    return html`<div class="cell-code"><pre><code>${this.value}</code></pre></div>`
  }
}

define('vb-cell-editor', CellEditor)
