/** What was chosen for an input. */
import { html, nothing, type TemplateResult } from 'lit'
import type { InputOutput } from '../../server/api/contract.ts'
import type { RenderContext } from './context.ts'

export function renderInput(output: InputOutput, context: RenderContext): TemplateResult | typeof nothing {
  const choice = context.inputChoice(output.name)
  if (!choice) return nothing
  return html`<p class="vb-input"><span class="vb-input__label">${choice.label}</span> ${choice.value}</p>`
}
