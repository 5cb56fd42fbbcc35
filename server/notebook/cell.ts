/**
 * The contract of a cell kind. `server/notebook/cells/NAME.ts` default-exports a CellKind; its file name is its
 * kind. A kind gets a read-only query and the values it names; it imports neither `store` nor a sibling.
 */
import type { ZodType } from 'zod'
import type { Evidence } from '../insight/evidence.ts'
import type { Model } from '../llm/model.ts'
import type { Rates } from '../metrics/money.ts'
import type { Dialect, ReadOptions, ReadResult } from '../store/database.ts'
import type { Sql } from '../store/sql.ts'
import type { Output, Table } from './output.ts'

/** An input's value as cells see it. A select with `multiple` and nothing chosen is an empty list: all. */
export type InputValue = string | number | boolean | null | string[] | { from: string; to: string }

export type Language = 'ru' | 'en'

export interface CellContext {
  language: Language
  /** ISO 4217; from settings. */
  currency: string
  /** Units of the currency for one of another, from settings; none by default. */
  rates?: Rates
  /** The last day that the facts know: relative periods count back from here, not from the wall clock. */
  today: string
  inputs: ReadonlyMap<string, InputValue>
  /** Tables of the cells that `reads` named. */
  tables: ReadonlyMap<string, Table>
  dialect: Dialect
  query(statement: Sql, options?: ReadOptions): Promise<ReadResult>
  /** What must stand behind a finding, by settings. */
  evidence: Evidence
  /** Texts by how alike they are to a question, the nearest first; what shares nothing with it is left out. */
  rank(question: string, texts: readonly string[]): Promise<{ index: number; score: number }[]>
  /** A language model bound to this run, or null when none is configured: then a cell does without. */
  model: Model | null
  signal: AbortSignal
  /** done and total in the same unit; shown while running. */
  progress(done: number, total: number): void
}

export interface CellResult {
  outputs: Output[]
  /** What later cells read by this cell's name; null when it offers none. */
  table: Table | null
  /** Something failed for the moment, such as a model's endpoint: shown, but not kept for the next run. */
  passing?: boolean
}

/** A name that a cell's source mentions, with where (UTF-16 offset into the body). */
export interface NameUse {
  name: string
  offset: number
}

export interface CellUses {
  /** `:name` or `:name.part` */
  inputs: NameUse[]
  /** Bare names that may be an earlier cell or a facts table; the graph decides. */
  names: NameUse[]
}

export interface CellKind<Options = unknown> {
  kind: string
  /** Language of the body; `yaml` bodies are parsed before `options`, and `:input` in them replaced by values. */
  body: 'sql' | 'yaml'
  /** Checks and completes the body: `{ sql: text }` for sql, the YAML mapping for the rest. */
  options: ZodType<Options>
  /** A small body that works on the demo, shown as help and used by tests. */
  example: string
  /** Fact tables it reads whatever its options say: they make it stale when they change. */
  tables: readonly string[]
  /** It uses a language model where there is one: then results of one model are not taken for those of another. */
  usesModel?: boolean
  run(options: Options, context: CellContext): Promise<CellResult>
}

/** Whether a module's default export is a cell kind that calls itself as its file does. */
export function isCellKind(candidate: unknown, name: string): candidate is CellKind {
  const kind = candidate as Partial<CellKind> | null | undefined
  return kind?.kind === name && typeof kind.run === 'function' && kind.options !== undefined
}

/** Tables of upstream results, by the names of their cells. */
export function cellNames(upstream: ReadonlyMap<string, { result: CellResult }>): Map<string, Table> {
  return new Map(
    [...upstream].flatMap(([name, { result }]) => (result.table ? [[name, result.table] as const] : [])),
  )
}

/** Takes a kind's options for its own type and gives it the plain one, by which all kinds are kept together. */
export function defineCell<Options>(kind: CellKind<Options>): CellKind {
  return kind as unknown as CellKind
}
