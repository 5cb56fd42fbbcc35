/** «Что будет видно»: what a shared page shows, what is hidden on it, and what personal data it would leave in the open. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Exposure } from '../../server/api/contract.ts'
import type { AppText } from '../text/text.ts'
import { icon } from './icon.ts'

export function shareExposure(exposure: Exposure, text: AppText): TemplateResult {
  const words = text.shares.exposure
  const name = (kind: string, n: number) => {
    const known = words.kinds as Partial<Record<string, (n: number) => string>>
    return known[kind]?.(n) ?? words.otherKind(kind, n)
  }
  const kinds = (found: Record<string, number>) =>
    Object.entries(found)
      .map(([kind, n]) => name(kind, n))
      .join(', ')
  const hidden = kinds(exposure.hidden)
  const raw = kinds(exposure.raw)
  return html`<ul class="share-exposure">
    <li>${icon('open')}${words.quotes(exposure.quotes, exposure.clients)}</li>
    <li>
      ${icon('open')}${[words.charts(exposure.charts), words.tables(exposure.tables, exposure.rows)].join('; ')}
    </li>
    ${exposure.problems > 0 ? html`<li>${icon('alert')}${words.problems(exposure.problems)}</li>` : nothing}
    <li>${icon('check')}${hidden ? `${words.hidden}: ${hidden}` : words.nothingHidden}</li>
    ${
      raw
        ? html`<li class="bad">
            ${icon('alert')}<span><b>${words.raw}: ${raw}.</b> ${words.rawHint}</span>
          </li>`
        : html`<li>${icon('check')}${words.clean}</li>`
    }
  </ul>`
}
