/** A whole run as Markdown: for a terminal, a file, or a message to a colleague. */
import { formatCount, formatDay, formatPercent } from '../lib/locale.ts'
import type { InputValue, Language } from '../notebook/cell.ts'
import { formatScalar } from '../notebook/format-scalar.ts'
import type { BlockResult, NotebookResult } from '../notebook/model.ts'
import type {
  Claim,
  InsightOutput,
  MetricsOutput,
  MetricTile,
  Output,
  Quote,
  TableOutput,
} from '../notebook/output.ts'

/** Rows of a table that are written out. */
const MAX_ROWS = 100

const words = {
  ru: {
    all: 'все',
    allTime: 'всё время',
    yes: 'да',
    no: 'нет',
    more: (n: number) => `… и ещё ${formatCount(n, 'ru', { one: 'строка', few: 'строки', many: 'строк' })}`,
    small: 'мало данных',
    client: 'Клиент',
    clients: { one: 'клиент', few: 'клиента', many: 'клиентов' },
    statuses: { won: 'сделка выиграна', lost: 'сделка проиграна', open: 'сделка в работе' },
    kinds: { call: 'звонок', chat: 'чат', email: 'письмо', form: 'заявка', comment: 'комментарий менеджера' },
    before: 'раньше',
    failed: 'Ошибка',
    skipped: 'Пропущено: не готово',
    cancelled: 'Остановлено',
    line: 'строка',
    coverage: (assigned: number, mentions: number) =>
      `Упоминаний ${mentions}, отнесено к темам ${assigned}, ждут темы ${mentions - assigned}.`,
  },
  en: {
    all: 'all',
    allTime: 'all time',
    yes: 'yes',
    no: 'no',
    more: (n: number) => `… and ${formatCount(n, 'en', { one: 'more row', many: 'more rows' })}`,
    small: 'little data',
    client: 'Client',
    clients: { one: 'client', many: 'clients' },
    statuses: { won: 'deal won', lost: 'deal lost', open: 'deal open' },
    kinds: { call: 'call', chat: 'chat', email: 'e-mail', form: 'form', comment: 'manager’s comment' },
    before: 'before',
    failed: 'Error',
    skipped: 'Skipped, waits for',
    cancelled: 'Stopped',
    line: 'line',
    coverage: (assigned: number, mentions: number) =>
      `Mentions ${mentions}, in themes ${assigned}, waiting ${mentions - assigned}.`,
  },
} as const

/** The run as Markdown in the notebook's language. */
export function toMarkdown(result: NotebookResult): string {
  const { title, description, language, blocks } = result
  const opens = blocks[0]?.outputs[0]
  const titled = opens?.type === 'text' && /^#\s/.test(opens.markdown)
  const parts = [
    ...(titled || title === '' ? [] : [`# ${title}`]),
    ...(description === '' ? [] : [description]),
    ...(result.inputs.length === 0
      ? []
      : [result.inputs.map(input => inputLine(input, language)).join('  \n')]),
    ...result.errors.map(
      error => `**${words[language].failed}** (${error.line}:${error.column}): ${error.message}`,
    ),
    ...blocks.flatMap(block => blockParts(block, result)),
  ]
  return `${parts.join('\n\n')}\n`
}

function inputLine({ label, value }: NotebookResult['inputs'][number], language: Language): string {
  return `${label}: ${formatInput(value, language)}`
}

function formatInput(value: InputValue, language: Language): string {
  const own = words[language]
  if (value === null || value === '') return own.all
  if (typeof value === 'boolean') return value ? own.yes : own.no
  if (Array.isArray(value)) return value.length === 0 ? own.all : value.join(', ')
  if (typeof value !== 'object') return String(value)
  if (value.from <= '0001-01-01') return own.allTime
  return `${formatDay(value.from, language)} – ${formatDay(value.to, language)}`
}

function blockParts(block: BlockResult, result: NotebookResult): string[] {
  const own = words[result.language]
  if (block.error) {
    const { line, column, message, hint } = block.error
    return [`**${own.failed}**, ${own.line} ${line}:${column}. ${message}${hint ? ` (${hint})` : ''}`]
  }
  if (block.state === 'skipped') return [`*${own.skipped}: ${block.because.join(', ')}*`]
  if (block.state === 'cancelled') return [`*${own.cancelled}*`]
  return block.outputs.flatMap(output => outputPart(output, result))
}

function outputPart(output: Output, result: NotebookResult): string[] {
  switch (output.type) {
    case 'text':
      return [output.role === 'note' ? `*${output.markdown}*` : output.markdown]
    case 'table':
      return tablePart(output, result)
    case 'chart':
      // Its numbers follow in the table.
      return output.title === '' ? [] : [`### ${output.title}`]
    case 'metrics':
      return [metricsPart(output, result)]
    case 'insight':
      return insightParts(output, result)
    case 'input':
      return []
  }
}

const inCell = (text: string) => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')

function tablePart({ title, table, folded, small }: TableOutput, result: NotebookResult): string[] {
  const { language, currency } = result
  const hidden = new Set(table.columns.flatMap(column => column.interval ?? []))
  const shown = table.columns
    .map((column, i) => ({ column, i }))
    .filter(({ column }) => !hidden.has(column.name))
  const isNumber = ({ format }: (typeof table.columns)[number]) =>
    !['text', 'day', 'moment', 'month'].includes(format)
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const lines = [
    row(shown.map(({ column }) => inCell(column.label))),
    row(shown.map(({ column }) => (isNumber(column) ? '---:' : '---'))),
    ...table.rows.slice(0, MAX_ROWS).map((values, at) =>
      row(
        shown.map(({ column, i }, place) => {
          const text = inCell(formatScalar(values[i] ?? null, column.format, language, currency))
          return place === 0 && small?.includes(at) ? `${text} (${words[language].small})` : text
        }),
      ),
    ),
  ]
  const left = table.rows.length - MAX_ROWS
  return [
    ...(title === '' || folded ? [] : [`### ${title}`]),
    lines.join('\n'),
    ...(left > 0 ? [words[language].more(left)] : []),
  ]
}

function metricsPart({ tiles }: MetricsOutput, { language, currency }: NotebookResult): string {
  const write = (tile: MetricTile, value: number | null | undefined) =>
    formatScalar(value ?? null, tile.format, language, tile.currency ?? currency)
  return tiles
    .map(tile => {
      const { interval, n, previous } = tile
      const asides = [
        ...(interval ? [`${write(tile, interval[0])} – ${write(tile, interval[1])}`] : []),
        ...(n === undefined ? [] : [`n = ${formatScalar(n, 'integer', language, currency)}`]),
        ...(previous === undefined ? [] : [`${words[language].before} ${write(tile, previous)}`]),
      ]
      return `- ${tile.label}: **${write(tile, tile.value)}**${asides.length > 0 ? ` (${asides.join('; ')})` : ''}`
    })
    .join('\n')
}

function insightParts({ title, claims, coverage }: InsightOutput, result: NotebookResult): string[] {
  const list = claims.map((claim, i) => claimPart(claim, i + 1, result)).join('\n')
  return [
    ...(title === '' ? [] : [`### ${title}`]),
    ...(list === '' ? [] : [list]),
    ...(coverage ? [`*${words[result.language].coverage(coverage.assigned, coverage.mentions)}*`] : []),
  ]
}

function claimPart(claim: Claim, place: number, { language }: NotebookResult): string {
  const share = claim.of > 0 ? `, ${formatPercent(claim.clients / claim.of, language)}` : ''
  const weak = claim.weak ? ` (${words[language].small})` : ''
  const head = `${place}. **${claim.text}** — ${formatCount(claim.clients, language, words[language].clients)}${share}${weak}`
  return [head, ...claim.quotes.map(quote => `   > ${quoteLine(quote, language)}`)].join('\n')
}

function quoteLine(quote: Quote, language: Language): string {
  const own = words[language]
  const text = quote.text.replace(/\s*\n\s*/g, ' ')
  const who =
    quote.speaker === 'client'
      ? `${own.client} ${quote.alias}`
      : `${own.client} ${quote.alias}, ${own.kinds.comment}`
  const about = [
    who,
    ...(quote.speaker === 'client' && quote.conversation_kind in own.kinds
      ? [own.kinds[quote.conversation_kind as keyof typeof own.kinds]]
      : []),
    ...(quote.at ? [formatDay(quote.at, language)] : []),
    ...(quote.deal_status && quote.deal_status in own.statuses
      ? [own.statuses[quote.deal_status as keyof typeof own.statuses]]
      : []),
  ]
  return `${language === 'ru' ? `«${text}»` : `“${text}”`} — ${about.join(', ')}`
}
