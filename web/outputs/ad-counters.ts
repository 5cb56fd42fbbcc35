/** Counters of a line by platform: what it takes of each limit, and which rules it breaks; said in words, not by colour. */
import { html, nothing, type TemplateResult } from 'lit'
import { type AdFit, brokenRules, countAd, type Language } from '../../server/api/contract.ts'
import { wordsOf } from './words.ts'

export function renderCounters(text: string, fits: readonly AdFit[], language: Language): TemplateResult {
  const { ad: words } = wordsOf(language)
  return html`<ul class="vb-counters">
    ${fits.map(fit => {
      const broken = brokenRules(text, fit, fit)
      return html`<li class=${broken.length > 0 ? 'vb-counter vb-counter--broken' : 'vb-counter'}>
        <span>${fit.platform}</span> <b>${words.of(countAd(text, fit), fit.max)}</b>
        ${broken.length > 0 ? html`<em>${broken.map(rule => words.rules[rule] ?? rule).join(', ')}</em>` : nothing}
      </li>`
    })}
  </ul>`
}
