/** A part that could not be computed: what happened, where, and how to mend it. */
import { html, nothing, type TemplateResult } from 'lit'
import type { CellError, Language } from '../../server/api/contract.ts'
import { wordsOf } from './words.ts'

export function renderFailure(error: CellError, language: Language): TemplateResult {
  const { error: words } = wordsOf(language)
  return html`<div class="vb-failure" role="note">
    <p class="vb-failure__title">${words.failed}</p>
    <p>${error.message}</p>
    ${error.hint ? html`<p>${error.hint}</p>` : nothing}
    <p class="vb-failure__where">${words.where(error.line, error.column)}</p>
  </div>`
}

/** A part that waits for others which failed. */
export function renderSkipped(because: readonly string[], language: Language): TemplateResult {
  return html`<p class="vb-note">${wordsOf(language).error.skipped(because.join(', '))}</p>`
}

export function renderCancelled(language: Language): TemplateResult {
  return html`<p class="vb-note">${wordsOf(language).error.cancelled}</p>`
}
