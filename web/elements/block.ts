/**
 * <vb-block>: a cell or a paragraph of a notebook. Its state is a thin bar in the margin, which is a button: it shows the
 * source and how the result came about. What is stale is greyed after a moment, so that a quick rerun does not blink.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import {
  type Block,
  formatDay,
  type InputSpec,
  type InputValue,
  type Language,
  type Output,
} from '../../server/api/contract.ts'
import { browserContext } from '../outputs/browser-context.ts'
import type { RenderContext } from '../outputs/context.ts'
import { renderResult } from '../outputs/render-output.ts'
import { type BlockView, isSettled } from '../state/run.ts'
import { define, WorkbenchElement } from './element.ts'
import { cellError } from './notebook-errors.ts'

/** Endings of a chart's files and what they are called in any language. */
const CHART_FILES = [
  ['png', 'PNG'],
  ['svg', 'SVG'],
  ['json', 'Vega-Lite'],
] as const

export class NotebookBlock extends WorkbenchElement {
  static override properties = {
    block: { attribute: false },
    view: { attribute: false },
    notebookLanguage: { attribute: false },
    currency: { attribute: false },
    inputs: { attribute: false },
    resolved: { attribute: false },
    choices: { attribute: false },
    editing: { attribute: false },
    notebookId: { attribute: false },
    open: { state: true },
  }
  declare block: Block
  declare view: BlockView
  declare notebookLanguage: Language
  declare currency: string
  declare inputs: readonly InputSpec[]
  declare resolved: Readonly<Record<string, InputValue>>
  declare choices: Readonly<Record<string, { value: string; label: string }[]>>
  /** Its notebook is being edited: the source stands above, and the bar opens it there. */
  declare editing: boolean
  /** Of a block that is read: its charts can be kept as files. */
  declare notebookId: string
  /** The source is shown. */
  declare open: boolean
  #context: RenderContext | undefined

  constructor() {
    super()
    this.editing = false
    this.notebookId = ''
    this.open = false
    this.inputs = []
    this.resolved = {}
    this.choices = {}
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { view } = this
    // Kept while it means the same, so that tables and charts are not drawn anew for nothing.
    if (
      !this.#context ||
      ['notebookLanguage', 'currency', 'resolved', 'choices'].some(name => changed.has(name))
    )
      this.#context = browserContext({
        language: this.notebookLanguage,
        currency: this.currency,
        inputChoice: name => this.#choice(name),
        chartTools: output => this.#chartFiles(output),
      })
    this.dataset.state = view.stale && isSettled(view) ? 'stale' : view.state
    this.dataset.kind = this.block.kind
    this.classList.toggle('is-stale', view.stale)
    // A query whose table is shown by another cell has nothing to show itself.
    this.classList.toggle('is-silent', view.result?.outputs.length === 0 && view.error === null && !this.open)
    this.setAttribute('aria-busy', String(view.state === 'running'))
  }

  protected override render(): TemplateResult {
    const { block, view } = this
    const text = this.text.block
    const state = text.states[view.stale && isSettled(view) ? 'stale' : view.state]
    const took = view.ms !== null && view.state === 'fresh' ? `, ${text.took(view.ms)}` : ''
    const progress = view.progress ? `, ${text.progress(view.progress.done, view.progress.total)}` : ''
    const asking = view.estimate && text.estimate(view.estimate)
    const words = text.cell(block.id, state + took + progress + (asking ? `, ${asking}` : ''))
    return html`
      <button
        type="button"
        class="block-bar"
        lang=${this.language}
        title=${`${words}. ${this.open ? text.hideSource : text.showSource}`}
        aria-label=${`${words}. ${text.showSource}`}
        aria-expanded=${String(this.open)}
        @click=${() => {
          if (this.editing) this.dispatchEvent(new CustomEvent('vb-edit'))
          else this.open = !this.open
        }}
      ></button>
      <div class="block-body">
        ${this.open ? this.#source(words) : nothing}
        ${view.state === 'running' && view.progress ? this.#progress(view.progress) : nothing}
        ${view.state === 'running' && asking ? html`<p class="note" lang=${this.language}>${asking}</p>` : nothing}
        ${this.#content()}
      </div>
    `
  }

  #content(): unknown {
    const { view, block } = this
    const text = this.text.block
    if (view.result === null && !isSettled(view))
      return html`<div class="block-waiting" data-kind=${block.kind}></div>`
    if (view.error !== null) return cellError(view.error, block, this.text, this.language)
    if (view.state === 'skipped')
      return html`<p class="note" lang=${this.language}>${text.skipped(view.because.map(name => `«${name}»`).join(', '))}</p>`
    if (view.result === null) return html`<p class="note" lang=${this.language}>${text.cancelled}</p>`
    return renderResult(view.result.outputs, this.#context!)
  }

  /** The chart as a file, with the inputs as the address has them. */
  #chartFiles(output: Output): unknown {
    const charts = this.view.result?.outputs.filter(({ type }) => type === 'chart') ?? []
    const n = charts.indexOf(output) + 1
    // While it is edited the file may hold another chart than the one that is seen.
    if (this.notebookId === '' || this.editing || n === 0) return nothing
    const words = this.text.block
    const path = `/api/notebooks/${encodeURIComponent(this.notebookId)}/charts/${encodeURIComponent(this.block.id)}/${n}`
    return html`<p class="chart-files" lang=${this.language}>
      <span>${words.chartFiles}</span>
      ${CHART_FILES.map(([ending, name]) => html`<a href=${`${path}.${ending}${location.search}`} download>${name}</a>`)}
    </p>`
  }

  #source(words: string): TemplateResult {
    return html`<div class="block-source" lang=${this.language}>
      <p class="hint">${words}</p>
      <pre tabindex="0"><code>${this.block.body}</code></pre>
    </div>`
  }

  #progress({ done, total }: { done: number; total: number }): TemplateResult {
    return html`<progress
      class="block-progress"
      max=${total}
      .value=${done}
      aria-label=${this.text.block.progress(done, total)}
    ></progress>`
  }

  /** «Источник: VK, Директ» for a cell that repeats an input. */
  #choice(name: string): { label: string; value: string } | null {
    const spec = this.inputs.find(input => input.name === name)
    const value = this.resolved[name]
    if (!spec || value === undefined || value === null) return null
    const label = (code: string) => this.choices[name]?.find(choice => choice.value === code)?.label ?? code
    const words = Array.isArray(value)
      ? value.map(label).join(', ')
      : typeof value === 'object'
        ? `${formatDay(value.from, this.notebookLanguage)} — ${formatDay(value.to, this.notebookLanguage)}`
        : label(String(value))
    return { label: spec.label, value: words }
  }
}

define('vb-block', NotebookBlock)
