/** The body of a report: who it is about and when, then every block in order, then what the reader should know. */
import { html, nothing, type TemplateResult } from 'lit'
import { unsafeHTML } from 'lit/directives/unsafe-html.js'
import type { RenderContext } from '../../web/outputs/context.ts'
import { describeInput } from '../../web/outputs/describe-input.ts'
import { renderCancelled, renderFailure, renderSkipped } from '../../web/outputs/failure.ts'
import { renderResult } from '../../web/outputs/render-output.ts'
import { wordsOf } from '../../web/outputs/words.ts'
import type { ErrorShape } from '../errors.ts'
import { formatDay, formatMoment, type Language } from '../lib/locale.ts'
import type { Block, Notebook } from '../notebook/model.ts'
import type { Output } from '../notebook/output.ts'
import type { Outcome, RunResult } from '../notebook/run.ts'
import { drawEdition, type EditionHead } from './edition-section.ts'
import type { Mask } from './mask-output.ts'
import { drawReaderForm } from './reader-form.ts'
import type { ReaderField } from './reader-inputs.ts'

/** Charts by their spec: drawn, or why not. */
export type Drawings = ReadonlyMap<Record<string, unknown>, { svg: string } | { error: ErrorShape }>

export interface ReportFacts {
  notebook: Notebook
  run: RunResult
  /** Masked already, by block. */
  outputs: ReadonlyMap<string, Output[]>
  drawings: Drawings
  language: Language
  currency: string
  generatedAt: string
  dataTo: string | null
  mask: Mask | null
  edition: EditionHead | null
  inputs: 'locked' | 'hidden' | { fields: readonly ReaderField[] }
}

export function drawReport(facts: ReportFacts): TemplateResult {
  const { notebook, language, run } = facts
  const { report: words } = wordsOf(language)
  const failed = [...run.outcomes.values()].filter(
    outcome => outcome.state === 'failed' || outcome.state === 'skipped',
  )
  const context = contextOf(facts)
  return html`<main class="vb-report">
    <header class="vb-report__head">
      <h1>${notebook.title}</h1>
      ${notebook.description ? html`<p class="vb-report__about">${notebook.description}</p>` : nothing}
      ${renderChoices(facts)}
      ${facts.edition ? drawEdition(facts.edition, language) : nothing}
      ${failed.length > 0 ? html`<p class="vb-failure">${words.problems(failed.length)}</p>` : nothing}
    </header>
    ${notebook.blocks.map(block => renderBlock(block, facts, context))}
    <footer class="vb-report__foot">
      <p>${facts.mask ? words.masked : words.unmasked}</p>
      <p>
        ${words.made(formatMoment(facts.generatedAt, language))}${
          facts.dataTo ? `, ${words.dataTo(formatDay(facts.dataTo, language))}` : ''
        }. ${words.by}
      </p>
    </footer>
  </main>`
}

/** Period and filters, as chosen. */
function renderChoices(facts: ReportFacts): TemplateResult | typeof nothing {
  const { notebook, language, inputs } = facts
  if (inputs === 'hidden' || notebook.inputs.length === 0) return nothing
  const open = inputs === 'locked' ? [] : inputs.fields
  const shown = notebook.inputs.filter(({ name }) => !open.some(field => field.name === name))
  const form = open.length > 0 ? drawReaderForm(open, language) : nothing
  if (shown.length === 0) return html`${form}`
  return html`${form}<dl class="vb-report__choices" aria-label=${wordsOf(language).report.filters}>
    ${shown.map(({ name }) => {
      const choice = choiceOf(name, facts)!
      return html`<div><dt>${choice.label}</dt> <dd>${choice.value}</dd></div>`
    })}
  </dl>`
}

function choiceOf(name: string, { notebook, run, language, mask }: ReportFacts) {
  const spec = notebook.inputs.find(input => input.name === name)
  if (!spec) return null
  const value = describeInput(spec, run.inputs[name], run.choices[name] ?? [], language)
  return { label: spec.label, value: mask && spec.type !== 'period' ? mask(value) : value }
}

function contextOf(facts: ReportFacts): RenderContext {
  const { language, currency, drawings } = facts
  const { chart: words } = wordsOf(language)
  return {
    language,
    currency,
    interactive: false,
    linkTo: () => null,
    inputChoice: name => choiceOf(name, facts),
    drawChart: output => {
      const drawing = drawings.get(output.spec)
      if (drawing && 'svg' in drawing) return unsafeHTML(drawing.svg)
      const why = drawing ? drawing.error.message : ''
      return html`<p class="vb-note">${words.failed}. ${words.seeTable} ${why}</p>`
    },
  }
}

function renderBlock(
  block: Block,
  facts: ReportFacts,
  context: RenderContext,
): TemplateResult | typeof nothing {
  const outcome = facts.run.outcomes.get(block.id)
  const outputs = facts.outputs.get(block.id)
  if (outputs) {
    return outputs.length > 0
      ? html`<section class="vb-block">${renderResult(outputs, context)}</section>`
      : nothing
  }
  return html`<section class="vb-block">${renderTrouble(outcome, facts)}</section>`
}

function renderTrouble(outcome: Outcome | undefined, { language, mask }: ReportFacts): TemplateResult {
  if (outcome?.state === 'failed') {
    const { error } = outcome
    return renderFailure(mask ? { ...error, message: mask(error.message) } : error, language)
  }
  return outcome?.state === 'skipped' ? renderSkipped(outcome.because, language) : renderCancelled(language)
}
