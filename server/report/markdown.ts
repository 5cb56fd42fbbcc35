/** A run as Markdown: findings, numbers, tables and quotes as text; a chart is its description and the table behind it. */
import { describeInput } from '../../web/outputs/describe-input.ts'
import { formatInterval } from '../../web/outputs/interval.ts'
import { speakerOf, wordsOf } from '../../web/outputs/words.ts'
import { formatDay, formatDuration, formatMoment, formatPercent, type Language } from '../lib/locale.ts'
import { formatScalar } from '../notebook/format-scalar.ts'
import type { Block, Notebook } from '../notebook/model.ts'
import type { Claim, InsightOutput, MetricTile, Output, Quote, TableOutput } from '../notebook/output.ts'
import type { RunResult } from '../notebook/run.ts'
import { type Mask, maskOutput } from './mask-output.ts'

export interface MarkdownOptions {
  /** Default: the notebook's. */
  language?: Language
  currency: string
  generatedAt: string
  mask?: Mask
}

interface Reader {
  language: Language
  currency: string
}

/** The whole run as one Markdown text that ends in a newline. */
export function renderMarkdown(notebook: Notebook, run: RunResult, options: MarkdownOptions): string {
  const reader = { language: options.language ?? notebook.language, currency: options.currency }
  const { report } = wordsOf(reader.language)
  const mask = options.mask ?? (text => text)
  const choices = notebook.inputs.map(input => {
    const value = describeInput(input, run.inputs[input.name], run.choices[input.name] ?? [], reader.language)
    return `- ${input.label}: ${plain(input.type === 'period' ? value : mask(value))}`
  })
  const parts = [
    `# ${plain(notebook.title)}`,
    plain(notebook.description),
    choices.join('\n'),
    ...notebook.blocks.map(block => blockText(block, run, reader, mask)),
    '---',
    `${options.mask ? report.masked : report.unmasked} ${report.made(formatMoment(options.generatedAt, reader.language))}. ${report.by}`,
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function blockText(block: Block, run: RunResult, reader: Reader, mask: Mask): string {
  const { error: words } = wordsOf(reader.language)
  const outcome = run.outcomes.get(block.id)
  if (outcome && 'result' in outcome) {
    return outcome.result.outputs
      .map(output => outputText(maskOutput(output, mask), reader))
      .filter(Boolean)
      .join('\n\n')
  }
  if (outcome?.state === 'failed') {
    const { message, hint, line, column } = outcome.error
    return `> **${words.failed}.** ${plain([mask(message), hint].filter(Boolean).join('. '))} (${words.where(line, column)})`
  }
  return outcome?.state === 'skipped'
    ? `> ${words.skipped(outcome.because.join(', '))}`
    : `> ${words.cancelled}`
}

function outputText(output: Output, reader: Reader): string {
  switch (output.type) {
    case 'text':
      return withoutHtml(output.role === 'prose' ? deeper(output.markdown) : output.markdown)
    case 'table':
      return tableText(output, reader)
    case 'chart':
      return [output.title && `**${plain(output.title)}**`, plain(output.description)]
        .filter(Boolean)
        .join('\n\n')
    case 'metrics':
      return output.tiles.map(tile => tileText(tile, reader)).join('\n')
    case 'insight':
      return insightText(output, reader)
    case 'input':
      return ''
    default:
      return output satisfies never
  }
}

/** The notebook's title is the first heading: its own go one level down. */
function deeper(markdown: string): string {
  return markdown.replace(/^(#{1,5}) /gm, '#$1 ')
}

/** Tags stay text, as on our own pages. */
function withoutHtml(markdown: string): string {
  return markdown.replace(/<(?=[a-z/!?])/gi, '&lt;')
}

function tableText({ title, table, small }: TableOutput, { language, currency }: Reader): string {
  const words = wordsOf(language).table
  const bounds = new Set(table.columns.flatMap(column => column.interval ?? []))
  const shown = table.columns.flatMap((column, i) => (bounds.has(column.name) ? [] : [i]))
  const place = (name: string) => table.columns.findIndex(column => column.name === name)
  const row = (cells: readonly string[]) =>
    `| ${cells.map(cell => plain(cell).replaceAll('|', '\\|')).join(' | ')} |`
  const lines = table.rows.map((values, at) =>
    row(
      shown.map((i, first) => {
        const { format, interval } = table.columns[i]!
        const text = formatScalar(values[i] ?? null, format, language, currency)
        const [low, high] = interval?.map(name => values[place(name)]) ?? []
        const range =
          typeof low === 'number' && typeof high === 'number'
            ? ` · ${formatInterval([low, high], format, language, currency)}`
            : ''
        return `${text}${range}${first === 0 && small?.includes(at) ? ` (${words.small})` : ''}`
      }),
    ),
  )
  const head = [
    row(shown.map(i => table.columns[i]!.label)),
    `|${shown.map(i => (typeof table.rows[0]?.[i] === 'number' ? ' ---: ' : ' --- ')).join('|')}|`,
  ]
  const foot = table.truncated ? `\n\n${words.truncated(table.rows.length)}` : ''
  return `${title ? `**${plain(title)}**\n\n` : ''}${[...head, ...lines].join('\n')}${foot}`
}

function tileText(tile: MetricTile, { language, currency }: Reader): string {
  const { metrics } = wordsOf(language)
  const write = (value: number) => formatScalar(value, tile.format, language, tile.currency ?? currency)
  const asides = [
    tile.previous === null || tile.previous === undefined ? '' : metrics.before(write(tile.previous)),
    tile.yearAgo === null || tile.yearAgo === undefined ? '' : metrics.yearAgo(write(tile.yearAgo)),
    tile.n === undefined ? '' : metrics.n(tile.n),
    tile.interval
      ? `${metrics.interval} ${formatInterval(tile.interval, tile.format, language, tile.currency ?? currency)}`
      : '',
  ].filter(Boolean)
  const value = tile.value === null ? metrics.none : write(tile.value)
  return `- ${plain(tile.label)}: **${value}**${asides.length > 0 ? ` (${asides.join('; ')})` : ''}`
}

function insightText({ title, claims, coverage, least }: InsightOutput, reader: Reader): string {
  const { insight: words } = wordsOf(reader.language)
  const sure = claims.filter(claim => !claim.weak).map(claim => claimText(claim, reader))
  const weak = claims.filter(claim => claim.weak).map(claim => claimText(claim, reader))
  return [
    title && `**${plain(title)}**`,
    ...sure,
    weak.length > 0 &&
      `**${words.weak}.** ${words.weakWhy}${least ? ` ${words.least(least.clients, least.spans)}` : ''}`,
    ...weak,
    coverage && words.coverage(coverage.assigned, coverage.mentions, coverage.waiting),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function claimText(claim: Claim, { language, currency }: Reader): string {
  const { insight: words } = wordsOf(language)
  const share =
    claim.of > 0 ? [`${formatPercent(claim.clients / claim.of, language)} ${words.of(claim.of)}`] : []
  const range = claim.interval
    ? [`${words.interval} ${formatInterval(claim.interval, 'percent', language, currency)}`]
    : []
  const facts = claim.facts.map(
    fact =>
      `${words.facts[fact.label] ?? fact.label} ${formatScalar(fact.value, fact.format, language, currency)}`,
  )
  const numbers = [words.clients(claim.clients), ...share, ...range, ...facts].join(' · ')
  return [
    `- **${plain(claim.text)}** — ${plain(numbers)}`,
    ...claim.quotes.map(quote => quoteText(quote, language)),
  ].join('\n')
}

function quoteText(quote: Quote, language: Language): string {
  const { quote: words } = wordsOf(language)
  const who = speakerOf(quote, language)
  const place = [
    words.conversation[quote.conversation_kind] ?? quote.conversation_kind,
    quote.at === null ? '' : formatDay(quote.at, language),
    quote.offset_ms === null ? '' : words.into(formatDuration(quote.offset_ms / 1000)),
    quote.deal_status === null ? '' : (words.deal[quote.deal_status] ?? quote.deal_status),
  ]
  const text = plain(quote.text.trim().replace(/[ \t\r\n]+/g, ' '))
  return `  > ${words.open}${text}${words.close} — ${[who, ...place].filter(Boolean).join(', ')}`
}

/** Characters that Markdown or HTML would take for their own. */
function plain(text: string): string {
  return text.replace(/\n+/g, ' ').replace(/[\\`*_[\]<>#]/g, '\\$&')
}
