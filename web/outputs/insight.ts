/** Claims with their evidence: what, how many clients of how many, how it goes, and in whose words. */
import { html, nothing, type TemplateResult } from 'lit'
import {
  type Claim,
  type ClaimKind,
  formatPercent,
  formatScalar,
  type InsightOutput,
} from '../../server/api/contract.ts'
import { renderCounters } from './ad-counters.ts'
import type { RenderContext } from './context.ts'
import { formatInterval } from './interval.ts'
import { renderQuote } from './quote.ts'
import { renderSparkline } from './sparkline.ts'
import { wordsOf } from './words.ts'

/** Kinds whose text is a client's own wording, and so set as speech. */
const VERBATIM: ReadonlySet<ClaimKind> = new Set(['question', 'value', 'objection'])

/** Shown at once; a list of more is folded after these, so that the page stays one to be read. */
const AT_ONCE = 6
/** Fewer are not worth a fold. */
const LEAST_FOLDED = 2

export function renderInsight(output: InsightOutput, context: RenderContext): TemplateResult {
  const { insight: words } = wordsOf(context.language)
  const sure = output.claims.filter(claim => !claim.weak)
  const weak = output.claims.filter(claim => claim.weak)
  const { coverage } = output
  return html`<section class="vb-insight" aria-label=${output.title || nothing}>
    ${output.title ? html`<h3 class="vb-title">${output.title}</h3>` : nothing}
    ${output.claims.length === 0 ? html`<p class="vb-note">${words.empty}</p>` : nothing}
    ${renderSure(sure, context)}
    ${
      weak.length > 0
        ? html`<div class="vb-weak">
            <h4 class="vb-weak__title">${words.weak}</h4>
            <p class="vb-note">${words.weakWhy}${output.least ? ` ${words.least(output.least.clients, output.least.spans)}` : ''}</p>
            <ol class="vb-claims">${weak.map(claim => renderClaim(claim, context))}</ol>
          </div>`
        : nothing
    }
    ${
      coverage && coverage.mentions > 0
        ? html`<p class="vb-coverage">${words.coverage(coverage.assigned, coverage.mentions, coverage.waiting)}</p>`
        : nothing
    }
  </section>`
}

function renderSure(claims: readonly Claim[], context: RenderContext): TemplateResult | typeof nothing {
  if (claims.length === 0) return nothing
  const { insight: words } = wordsOf(context.language)
  const fold = claims.length >= AT_ONCE + LEAST_FOLDED
  const [first, rest] = fold ? [claims.slice(0, AT_ONCE), claims.slice(AT_ONCE)] : [claims, []]
  return html`${renderClaims(first, context)}
    ${
      rest.length > 0
        ? html`<details class="vb-fold vb-rest">
            <summary>${words.rest(rest.length)}</summary>
            ${renderClaims(rest, context)}
          </details>`
        : nothing
    }`
}

const renderClaims = (claims: readonly Claim[], context: RenderContext) =>
  html`<ol class="vb-claims">${claims.map(claim => renderClaim(claim, context))}</ol>`

function renderClaim(claim: Claim, context: RenderContext): TemplateResult {
  const { language } = context
  const { insight: words, topics } = wordsOf(language)
  const speech = VERBATIM.has(claim.kind) ? 'vb-claim__text vb-claim__text--speech' : 'vb-claim__text'
  const [first, ...others] = claim.quotes
  return html`<li class="vb-claim vb-kind--${claim.kind}">
    <div class="vb-claim__head">
      ${renderLine(claim, speech, context)}
      ${claim.trend ? renderSparkline(claim.trend, language) : nothing}
    </div>
    <p class="vb-claim__numbers">
      <strong>${words.clients(claim.clients)}</strong> ${renderShare(claim, context)}
      ${claim.topic ? html`<span class="vb-chip">${topics[claim.topic] ?? claim.topic}</span>` : nothing}
      ${claim.facts.map(fact => renderFact(fact, context))}
      ${renderContrast(claim, context)}
    </p>
    ${first && !claim.weak ? renderQuote(first, claim.kind, context) : nothing}
    ${renderMore(claim.weak ? claim.quotes : others, claim, context)}
  </li>`
}

/** The claim's own text; a line of an ad can be tried out where scripts run, and has its counters everywhere. */
function renderLine(claim: Claim, style: string, { interactive, language }: RenderContext): TemplateResult {
  if (!claim.fits) return html`<p class=${style}>${claim.text}</p>`
  if (interactive) return html`<vb-ad-line .claim=${claim} .language=${language}></vb-ad-line>`
  return html`<div><p class=${style}>${claim.text}</p>${renderCounters(claim.text, claim.fits, language)}</div>`
}

function renderShare(claim: Claim, { language, currency }: RenderContext): TemplateResult | typeof nothing {
  if (claim.of <= 0) return nothing
  const { insight: words } = wordsOf(language)
  const share = formatPercent(claim.clients / claim.of, language)
  const interval = claim.interval && formatInterval(claim.interval, 'percent', language, currency)
  const range = interval
    ? html` <span class="vb-range" title=${`${words.interval} ${interval}`}>(${interval})</span>`
    : nothing
  return html`<span class="vb-claim__share">${share} ${words.of(claim.of)}${range}</span>`
}

/** Said only where it stands beyond chance. */
function renderContrast({ contrast }: Claim, { language }: RenderContext): TemplateResult | typeof nothing {
  if (!contrast?.stands) return nothing
  const bought = contrast.ratio > 1
  const ratio = bought ? contrast.ratio : 1 / contrast.ratio
  const text = wordsOf(language).insight.contrast(ratio, bought)
  return html`<span class="vb-fact vb-fact--${bought ? 'won' : 'lost'}">${text}</span>`
}

function renderFact(fact: Claim['facts'][number], { language, currency }: RenderContext): TemplateResult {
  const label = wordsOf(language).insight.facts[fact.label] ?? fact.label
  return html`<span class="vb-fact vb-fact--${fact.label}">${label} <b>${formatScalar(fact.value, fact.format, language, currency)}</b></span>`
}

function renderMore(
  quotes: Claim['quotes'],
  claim: Claim,
  context: RenderContext,
): TemplateResult | typeof nothing {
  if (quotes.length === 0) return nothing
  const { insight: words } = wordsOf(context.language)
  return html`<details class="vb-more">
    <summary>${claim.weak ? words.quotes(quotes.length) : words.moreQuotes(quotes.length)}</summary>
    ${quotes.map(quote => renderQuote(quote, claim.kind, context))}
  </details>`
}
