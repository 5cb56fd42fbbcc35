/** How much of what clients said stands in themes, what waits and why: always in sight above the table. */
import { html, type TemplateResult } from 'lit'
import { type CatalogueCoverage, formatPercent, type Language } from '../../server/api/contract.ts'
import { type CatalogueView, viewPath } from '../state/catalogue.ts'
import type { AppText } from '../text/text.ts'

export function coverageLine(
  own: CatalogueCoverage['kinds'][number] | undefined,
  view: CatalogueView,
  language: Language,
  { catalogue: text }: AppText,
): TemplateResult {
  // Its place is kept while it is counted, so that nothing moves.
  if (own === undefined) return html`<p class="catalogue-coverage">&nbsp;</p>`
  const { mentions, assigned, waiting, few, bare } = own
  if (mentions === 0) return html`<p class="catalogue-coverage"></p>`
  if (waiting === 0) return html`<p class="catalogue-coverage">${text.coverageAll(mentions)}</p>`
  const rest = waiting - few - bare
  const why = [
    few > 0 ? text.few(few) : '',
    bare > 0 ? text.bare(bare) : '',
    rest > 0 ? text.waiting(rest) : '',
  ].filter(Boolean)
  return html`<p class="catalogue-coverage">
    ${text.coverage(assigned, mentions)} (${formatPercent(assigned / mentions, language)}); ${why.join('; ')}.
    <a href=${viewPath({ ...view, theme: 'waiting' })} data-waiting>${text.seeWaiting}</a>
  </p>`
}
