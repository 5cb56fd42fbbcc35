/** A parsed notebook and what a run says of it. Browser-safe: types only. */
import type { CellResult, InputValue, Language } from './cell.ts'
import type { Output, Table } from './output.ts'

export interface InputSpec {
  name: string
  type: 'period' | 'select' | 'text' | 'number' | 'flag'
  label: string
  /** As written in the file; `last 90 days`, `2026-01-01..2026-03-31`, a value, or absent. */
  default: unknown
  multiple: boolean
  /** Fixed choices, or a query whose first column gives them (and second, where there is one, their labels). */
  options: { values: { value: string; label: string }[] } | { query: string } | null
}

/** A cell, or a stretch of prose. Prose with `{{ cell.column }}` in it is recomputed like a cell. */
export interface Block {
  /** The cell's name, or its kind and number («chart-2»); unique in the notebook and stable while it is there. */
  id: string
  /** A cell kind, or `markdown`. */
  kind: string
  /** The name by which others read it; null for prose and unnamed cells. */
  name: string | null
  body: string
  /** Line of the notebook file on which the body starts, from 1. */
  line: number
}

export interface Notebook {
  title: string
  description: string
  language: Language
  inputs: InputSpec[]
  blocks: Block[]
}

/** A fault of a notebook or a cell, as data. Line and column count from 1 in the notebook file. */
export interface CellError {
  code: string
  message: string
  hint?: string
  line: number
  column: number
}

/** `fresh` ran now, `cached` was taken as it stood, `skipped` waits on a failed cell. */
export type CellState = 'queued' | 'running' | 'fresh' | 'cached' | 'failed' | 'skipped' | 'cancelled'

export type RunEvent =
  | { type: 'run-started'; run: string; blocks: string[]; inputs: Record<string, InputValue> }
  | { type: 'block-queued' | 'block-running'; block: string }
  | { type: 'block-progress'; block: string; done: number; total: number }
  /** A language model is about to be asked: tokens and cost (null without prices) at most. */
  | { type: 'block-estimate'; block: string; tokens: number; cost: number | null; currency: string }
  | { type: 'block-done'; block: string; state: 'fresh' | 'cached'; result: CellResult; ms: number }
  | { type: 'block-failed'; block: string; error: CellError }
  | { type: 'block-skipped'; block: string; because: string[] }
  | { type: 'block-cancelled'; block: string }
  | { type: 'run-finished'; run: string; ok: boolean; ms: number }

/** What became of a block. `outputs` is empty and `table` null unless it ran or was taken from the cache. */
export interface BlockResult {
  id: string
  kind: string
  name: string | null
  /** Line of the notebook file on which its body starts. */
  line: number
  state: CellState
  outputs: Output[]
  table: Table | null
  error: CellError | null
  /** Blocks for whose sake it was skipped. */
  because: string[]
}

/** A whole run: what `run NOTEBOOK --json` prints, and what reports are made of. */
export interface NotebookResult {
  title: string
  description: string
  language: Language
  currency: string
  /** The last day that the facts know. */
  today: string
  inputs: { name: string; label: string; value: InputValue }[]
  ok: boolean
  /** Faults of the file itself. */
  errors: CellError[]
  /** In the order of the file. */
  blocks: BlockResult[]
}
