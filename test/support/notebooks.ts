/** Running notebooks in tests. */
import { rank } from '../../server/jobs/rank.ts'
import type { CellCache } from '../../server/notebook/cell-cache.ts'
import { noCache } from '../../server/notebook/cell-cache.ts'
import { type Parsed, parseNotebook } from '../../server/notebook/format.ts'
import { loadKinds } from '../../server/notebook/kinds.ts'
import { readNotebook } from '../../server/notebook/library.ts'
import type { NotebookResult, RunEvent } from '../../server/notebook/model.ts'
import { toResult } from '../../server/notebook/result.ts'
import { type RunParts, runNotebook } from '../../server/notebook/run.ts'
import type { Database } from '../../server/store/database.ts'
import { LAST_DAY } from './facts.ts'

export interface RunOptions {
  values?: Record<string, string>
  cache?: CellCache
  signal?: AbortSignal
  emit?: (event: RunEvent) => void
  /** Stands in the place of some parts. */
  parts?: Partial<RunParts>
}

/** Runs a parsed notebook. */
export async function runParsed(
  parsed: Parsed,
  database: Database,
  options: RunOptions = {},
): Promise<NotebookResult> {
  const { values = {}, cache = noCache, signal = new AbortController().signal, emit = () => {} } = options
  const parts: RunParts = {
    kinds: await loadKinds(),
    reader: database.reader,
    versions: () => database.versions(),
    today: LAST_DAY,
    currency: 'RUB',
    engine: 'test',
    cache,
    rank,
    model: null,
    ...options.parts,
  }
  const run = await runNotebook({ id: 'test', notebook: parsed.notebook, values, signal, emit }, parts)
  return toResult(parsed, run, parts)
}

/** Runs a notebook's text. */
export async function runText(
  text: string,
  database: Database,
  options?: RunOptions,
): Promise<NotebookResult> {
  const kinds = options?.parts?.kinds ?? (await loadKinds())
  return runParsed(parseNotebook(text, new Set(kinds.keys())), database, options)
}

/** Runs a file; numbers are rounded to 12 digits, since databases add floats in different orders. */
export async function runFile(
  path: string,
  database: Database,
  options?: RunOptions,
): Promise<NotebookResult> {
  const result = await runParsed(await readNotebook(path), database, options)
  return JSON.parse(
    JSON.stringify(result, (_key, value: unknown) =>
      typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(12)) : value,
    ),
  ) as NotebookResult
}
