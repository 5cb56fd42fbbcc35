/**
 * The closed union of what a cell may show. Browser-safe: types only. A new member touches three places
 * (here, `web/outputs/`, `report/`), and the compiler names them.
 */

/** How a value is to be written; the reader's locale decides the rest (see lib/locale.ts). */
export type Format =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'percent'
  | 'day'
  | 'moment'
  | 'month'
  | 'duration'
  | 'days'

export type Scalar = string | number | null

export interface TableColumn {
  name: string
  label: string
  format: Format
  /** Names of columns holding the low and high end of an interval around this one. */
  interval?: [string, string]
}

/** What later cells read by the cell's name. */
export interface Table {
  columns: TableColumn[]
  rows: Scalar[][]
  /** Rows beyond the cap were left out. */
  truncated: boolean
}

/** `finding` is the sentence that opens a result; `note` is an aside (method, doubt, what was left out). */
export interface TextOutput {
  type: 'text'
  role: 'finding' | 'prose' | 'note'
  markdown: string
}

export interface TableOutput {
  type: 'table'
  title: string
  table: Table
  /** Folded behind a chart: «Таблица (12 строк)». */
  folded: boolean
  /** Rows (by index) to grey as «мало данных». */
  small?: number[]
}

export interface ChartOutput {
  type: 'chart'
  title: string
  /** The chart in words, for screen readers. */
  description: string
  /** A Vega-Lite spec with its data inline (`data.values`), no theme, no width. */
  spec: Record<string, unknown>
}

export interface MetricTile {
  id: string
  label: string
  value: number | null
  format: Format
  currency?: string
  /** Same metric over the previous period of equal length. */
  previous?: number | null
  /** Same metric over the same days a year before. */
  yearAgo?: number | null
  interval?: [number, number]
  /** What it was counted over. */
  n?: number
  /** Whether a rise is good news, bad news, or neither. */
  better?: 'up' | 'down'
  /** Formula and what was counted, for people. */
  definition: string
}

export interface MetricsOutput {
  type: 'metrics'
  tiles: MetricTile[]
}

/** The exact place a quote was cut from: UTF-16 units, `to` exclusive. */
export interface SpanRef {
  client_id: string
  conversation_id: string
  n: number
  from: number
  to: number
}

export interface Quote {
  ref: SpanRef
  /** Byte-equal to the stored utterance's slice; cut by the program. */
  text: string
  speaker: 'client' | 'agent' | 'note'
  /** The client's number, never a name. */
  alias: number
  conversation_kind: string
  at: string | null
  offset_ms: number | null
  deal_status: string | null
}

export type ClaimKind = 'question' | 'value' | 'objection' | 'trait' | 'idea' | 'draft' | 'answer'

/** An odds ratio with its 95 % interval; above 1, clients who bought say it more. See lib/log-odds.ts. */
export interface Contrast {
  ratio: number
  interval: [number, number]
  /** Beyond chance, after correction for all themes that were compared. */
  stands: boolean
}

/** A field of an ad platform that an idea's line is tried in: how it counts and what it forbids, see insight/ad-check.ts. */
export interface AdFit {
  platform: string
  role: 'headline' | 'text'
  max: number
  count: 'characters' | 'utf16' | 'wide'
  freeMarks?: number
  longestWord?: number
  rules: string[]
}

export interface Claim {
  id: string
  kind: ClaimKind
  text: string
  topic?: string
  /** Distinct clients behind it, out of how many. */
  clients: number
  of: number
  interval?: [number, number]
  /** Distinct clients by period, oldest first, for a sparkline. */
  trend?: { label: string; clients: number }[]
  facts: { label: string; value: Scalar; format: Format }[]
  /** How much more often those who bought say it than those who did not; absent where deals don't tell. */
  contrast?: Contrast
  quotes: Quote[]
  /** Of an idea: where it may run, for counters beside it. */
  fits?: AdFit[]
  /** Below its evidence threshold: listed, not found. */
  weak: boolean
}

export interface InsightOutput {
  type: 'insight'
  title: string
  claims: Claim[]
  /** What could not be assigned, counted. */
  coverage?: { mentions: number; assigned: number; waiting: number }
  /** What a claim needed to be no weak one: distinct clients, places in what was said. */
  least?: { clients: number; spans: number }
}

export interface InputOutput {
  type: 'input'
  name: string
}

export type Output = TextOutput | TableOutput | ChartOutput | MetricsOutput | InsightOutput | InputOutput
