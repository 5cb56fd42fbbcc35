/** Words of a conversation, as said: in the quote's face, with who, where, when, and a way to the moment. */
import { html, nothing, type TemplateResult } from 'lit'
import { type ClaimKind, formatDay, formatDuration, type Quote } from '../../server/api/contract.ts'
import type { RenderContext } from './context.ts'
import { speakerOf, wordsOf } from './words.ts'

export function renderQuote(quote: Quote, kind: ClaimKind, context: RenderContext): TemplateResult {
  const { quote: words } = wordsOf(context.language)
  const who = speakerOf(quote, context.language)
  const when = quote.at === null ? '' : formatDay(quote.at, context.language)
  const moment = quote.offset_ms === null ? '' : words.into(formatDuration(quote.offset_ms / 1000))
  const deal = quote.deal_status === null ? '' : (words.deal[quote.deal_status] ?? quote.deal_status)
  const href = context.linkTo(quote.ref)
  // «Комментарий в CRM» says the kind already.
  const kindOf =
    quote.speaker === 'note' && quote.conversation_kind === 'comment'
      ? ''
      : (words.conversation[quote.conversation_kind] ?? quote.conversation_kind)
  const place = [kindOf, when, moment].filter(Boolean).join(', ')
  return html`<figure class="vb-quote vb-kind--${kind}">
    <blockquote>${words.open}${quote.text.trim()}${words.close}</blockquote>
    <figcaption>
      <span class="vb-quote__who">${who}</span>
      ${href === null ? html`<span>${place}</span>` : html`<a href=${href} title=${words.moment}>${place}</a>`}
      ${deal ? html`<span class="vb-deal vb-deal--${quote.deal_status}">${deal}</span>` : nothing}
    </figcaption>
  </figure>`
}
