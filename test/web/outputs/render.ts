/** A template as text, without lit's markers and the templates' own indentation. */
import { render } from '@lit-labs/ssr'
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js'
import { html } from 'lit'
import type { RenderContext } from '../../../web/outputs/context.ts'

export function htmlOf(template: unknown): string {
  return collectResultSync(render(html`${template}`))
    .replace(/<!--\/?lit-(?:part|node)[^>]*-->|<\?>/g, '')
    .replace(/[ \n]+/g, ' ')
    .replace(/> </g, '><')
    .replace(/ >/g, '>')
    .trim()
}

/** What a reader sees: no tags, one space between words, no-break spaces as `_`, narrow ones as `'`. */
export function wordsIn(template: unknown): string {
  return htmlOf(template)
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('\u00a0', '_')
    .replaceAll('\u202f', "'")
    .replace(/ +/g, ' ')
    .trim()
}

export function testContext(more: Partial<RenderContext> = {}): RenderContext {
  return {
    language: 'ru',
    currency: 'RUB',
    interactive: false,
    drawChart: output => `[${output.title}]`,
    linkTo: ref => `/conversations/${ref.client_id}`,
    inputChoice: () => null,
    ...more,
  }
}
