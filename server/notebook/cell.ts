/**
 * The contract of a cell kind. `server/notebook/cells/NAME.ts` default-exports a CellKind; its file name is its
 * kind. A kind gets a read-only query and the values it names; it imports neither `store` nor a sibling.
 */
import type { ZodType } from 'zod'
import type { ReadOptions, ReadResult } from '../store/database.ts'
import type { Sql } from '../store/sql.ts'
import type { Output, Table } from './output.ts'

/** An input's value as cells see it. A select with `multiple` and nothing chosen is an empty list: all. */
export type InputValue = string | number | boolean | null | string[] | { from: string; to: string }

export type Language = 'ru' | 'en'

export interface CellContext {
  language: Language
  /** ISO 4217; from settings. */
  currency: string
  /** The last day that the facts know: relative periods count back from here, not from the wall clock. */
  today: string
  inputs: ReadonlyMap<string, InputValue>
  /** Tables of the cells that `reads` named. */
  tables: ReadonlyMap<string, Table>
  query(statement: Sql, options?: ReadOptions): Promise<ReadResult>
  signal: AbortSignal
  /** done and total in the same unit; shown while running. */
  progress(done: number, total: number): void
}

export interface CellResult {
  outputs: Output[]
  /** What later cells read by this cell's name; null when it offers none. */
  table: Table | null
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
  /** What the source reads; called without running anything. Fact tables it always reads go in `tables`. */
  uses(body: string, options: unknown): CellUses
  /** Fact tables it reads whatever its options say: they make it stale when they change. */
  tables: readonly string[]
  run(options: Options, context: CellContext): Promise<CellResult>
}

/** Keeps the type of the options while giving the kind a plain type. */
export function defineCell<Options>(kind: CellKind<Options>): CellKind<Options> {
  return kind
}
