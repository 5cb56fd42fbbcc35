/** The tables of a report, one a sheet: those of its cells, its metrics, its findings, and the quotes under them. */
import { wordsOf } from '../../web/outputs/words.ts'
import type { Claim, Format, MetricTile, Scalar, Table } from '../notebook/output.ts'
import { type ExportFacts, exportWords } from './export-facts.ts'

export interface SheetCell {
  value: Scalar
  format: Format
}

export interface Sheet {
  /** For people, unique in the report. */
  title: string
  columns: string[]
  rows: SheetCell[][]
  /** Rows, by index, on little data. */
  small: ReadonlySet<number>
  /** Rows beyond the cell's cap were left out. */
  truncated: boolean
}

export function toSheets(facts: ExportFacts): Sheet[] {
  const words = exportWords(facts.language)
  const outputs = facts.parts.map(({ output }) => output)
  const tiles = outputs.flatMap(output => (output.type === 'metrics' ? output.tiles : []))
  const claims = outputs.flatMap(output => (output.type === 'insight' ? output.claims : []))
  const sheets: Sheet[] = []
  if (tiles.length > 0) sheets.push(ofTiles(tiles, facts))
  let count = 0
  for (const { output, name } of facts.parts) {
    if (output.type !== 'table') continue
    count += 1
    sheets.push(
      ofTable(output.title || (/-\d+$/.test(name) ? words.table(count) : name), output.table, output.small),
    )
  }
  if (claims.length > 0) sheets.push(ofClaims(claims, facts), ofQuotes(claims, facts))
  return withUniqueTitles(sheets.filter(({ rows }) => rows.length > 0))
}

function ofTable(title: string, table: Table, small: readonly number[] = []): Sheet {
  return {
    title,
    columns: table.columns.map(({ label }) => label),
    rows: table.rows.map(row => row.map((value, i) => ({ value, format: table.columns[i]!.format }))),
    small: new Set(small),
    truncated: table.truncated,
  }
}

const text = (value: string | null | undefined): SheetCell => ({ value: value ?? null, format: 'text' })
const whole = (value: number | undefined): SheetCell => ({ value: value ?? null, format: 'integer' })

function ofTiles(tiles: readonly MetricTile[], { language }: ExportFacts): Sheet {
  const { metrics: title, columns: words } = exportWords(language)
  return {
    title,
    columns: [words.metric, words.value, words.previous, words.low, words.high, words.n, words.definition],
    rows: tiles.map(({ label, value, previous, interval, n, definition, format }) => [
      text(label),
      ...[value, previous, interval?.[0], interval?.[1]].map(number => ({ value: number ?? null, format })),
      whole(n),
      text(definition),
    ]),
    small: new Set(),
    truncated: false,
  }
}

function ofClaims(claims: readonly Claim[], { language }: ExportFacts): Sheet {
  const words = exportWords(language)
  const { kinds, insight, topics } = wordsOf(language)
  const labels = [...new Set(claims.flatMap(claim => claim.facts.map(fact => fact.label)))]
  return {
    title: words.findings,
    columns: [
      words.columns.kind,
      words.columns.text,
      words.columns.topic,
      words.columns.clients,
      words.columns.of,
      words.columns.share,
      words.columns.low,
      words.columns.high,
      ...labels.map(label => insight.facts[label] ?? label),
      words.columns.doubt,
    ],
    rows: claims.map(claim => [
      text(kinds[claim.kind]),
      text(claim.text),
      text(claim.topic === undefined ? null : (topics[claim.topic] ?? claim.topic)),
      whole(claim.clients),
      whole(claim.of),
      ...[claim.of > 0 ? claim.clients / claim.of : null, claim.interval?.[0], claim.interval?.[1]].map(
        (value): SheetCell => ({ value: value ?? null, format: 'percent' }),
      ),
      ...labels.map((label): SheetCell => claim.facts.find(fact => fact.label === label) ?? text(null)),
      text(claim.weak ? words.yes : null),
    ]),
    small: new Set(claims.flatMap((claim, i) => (claim.weak ? [i] : []))),
    truncated: false,
  }
}

function ofQuotes(claims: readonly Claim[], { language }: ExportFacts): Sheet {
  const { quotes: title, columns: words } = exportWords(language)
  const { quote: said } = wordsOf(language)
  const who = { agent: said.agent, note: said.note } as const
  return {
    title,
    columns: [words.text, words.quote, words.client, words.when, words.talk, words.deal],
    rows: claims.flatMap(claim =>
      claim.quotes.map(quote => [
        text(claim.text),
        text(quote.text),
        text(quote.speaker === 'client' ? said.client(quote.alias) : who[quote.speaker]),
        { value: quote.at, format: 'moment' as const },
        text(said.conversation[quote.conversation_kind] ?? quote.conversation_kind),
        text(quote.deal_status === null ? null : (said.deal[quote.deal_status] ?? quote.deal_status)),
      ]),
    ),
    small: new Set(),
    truncated: false,
  }
}

function withUniqueTitles(sheets: readonly Sheet[]): Sheet[] {
  const taken = new Map<string, number>()
  return sheets.map(sheet => {
    const key = sheet.title.toLowerCase()
    const n = (taken.get(key) ?? 0) + 1
    taken.set(key, n)
    return n === 1 ? sheet : { ...sheet, title: `${sheet.title} ${n}` }
  })
}
