/**
 * Runs a notebook: only what is stale, level by level, the blocks of a level at the same time. A result is known by the
 * hash of all that it depends on, so that the cache alone decides what runs. Emits events; never throws for a cell's
 * fault: that is data.
 */
import { CancelledError, NotebookError, toErrorShape, VerbatimError } from '../errors.ts'
import { hashOf } from '../lib/hash.ts'
import type { Reader } from '../store/database.ts'
import type { TableName } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { type CellContext, type CellKind, type CellResult, cellNames, type InputValue } from './cell.ts'
import { buildGraph } from './graph.ts'
import { resolveInput } from './inputs.ts'
import type { Block, CellError, InputSpec, Notebook, RunEvent } from './model.ts'
import { renderProse, usesOfProse } from './prose.ts'
import { lowerSql, usesOfSql } from './sql-names.ts'
import { parseOptions, usesOfYaml } from './yaml-body.ts'

/** Raised when the meaning of results changes, so that no old one is taken for new. */
const ENGINE = 1

export interface CellCache {
  get(key: string): Promise<CellResult | null>
  put(key: string, notebook: string, cell: string, result: CellResult): Promise<void>
}

export interface RunParts {
  kinds: ReadonlyMap<string, CellKind>
  reader: Reader
  versions(): Promise<ReadonlyMap<TableName, number>>
  /** The last day that the facts know. */
  today: string
  currency: string
  cache: CellCache
}

export interface RunRequest {
  id: string
  notebook: Notebook
  /** Inputs as texts, by name; absent ones take their defaults. */
  values: Readonly<Record<string, string>>
  signal: AbortSignal
  emit(event: RunEvent): void
}

export type Outcome =
  | { state: 'fresh' | 'cached'; result: CellResult; hash: string }
  | { state: 'failed'; error: CellError }
  | { state: 'skipped'; because: string[] }
  | { state: 'cancelled' }

export interface RunResult {
  inputs: Record<string, InputValue>
  choices: Record<string, { value: string; label: string }[]>
  outcomes: Map<string, Outcome>
}

interface Plan {
  block: Block
  kind: CellKind | null
  inputs: string[]
  names: string[]
}

/** Runs the notebook. Throws InputError for an input that can't be taken; everything else is in the outcomes. */
export async function runNotebook(request: RunRequest, parts: RunParts): Promise<RunResult> {
  const start = performance.now()
  const { notebook, emit } = request
  const versions = await parts.versions()
  const choices = await readChoices(notebook.inputs, parts, versions, request.signal)
  const inputs = new Map(
    notebook.inputs.map(spec => [
      spec.name,
      resolveInput(spec, request.values[spec.name], parts.today, choices.get(spec.name) ?? null),
    ]),
  )
  const plans = new Map(notebook.blocks.map(block => [block.id, planBlock(block, parts.kinds)]))
  const graph = buildGraph(
    notebook.blocks.map(block => ({
      id: block.id,
      defines: block.name,
      mentions: plans.get(block.id)!.names,
    })),
  )
  const outcomes = new Map<string, Outcome>()
  emit({
    type: 'run-started',
    run: request.id,
    blocks: notebook.blocks.map(block => block.id),
    inputs: Object.fromEntries(inputs),
  })
  const runOne = async (id: string) => {
    const plan = plans.get(id)!
    const began = performance.now()
    const outcome = await runBlock(plan, graph.parents.get(id)!, {
      request,
      parts,
      versions,
      inputs,
      outcomes,
    })
    outcomes.set(id, outcome)
    if (outcome.state === 'fresh' || outcome.state === 'cached') {
      emit({
        type: 'block-done',
        block: id,
        state: outcome.state,
        result: outcome.result,
        ms: performance.now() - began,
      })
    } else if (outcome.state === 'failed') emit({ type: 'block-failed', block: id, error: outcome.error })
    else if (outcome.state === 'skipped') emit({ type: 'block-skipped', block: id, because: outcome.because })
    else emit({ type: 'block-cancelled', block: id })
  }
  for (const level of graph.levels) await Promise.all(level.map(runOne))
  for (const id of graph.cyclic) {
    const { block } = plans.get(id)!
    const message = `“${id}” waits for itself: ${graph.cyclic.join(' → ')}`
    const error: CellError = {
      code: 'notebook',
      message,
      hint: 'Let one of them read something else.',
      line: block.line,
      column: 1,
    }
    outcomes.set(id, { state: 'failed', error })
    emit({ type: 'block-failed', block: id, error })
  }
  const ok = [...outcomes.values()].every(outcome => outcome.state === 'fresh' || outcome.state === 'cached')
  emit({ type: 'run-finished', run: request.id, ok, ms: performance.now() - start })
  return { inputs: Object.fromEntries(inputs), choices: Object.fromEntries(choices), outcomes }
}

function planBlock(block: Block, kinds: ReadonlyMap<string, CellKind>): Plan {
  const kind = kinds.get(block.kind) ?? null
  const uses =
    kind === null
      ? usesOfProse(block.body)
      : kind.body === 'sql'
        ? usesOfSql(block.body)
        : usesOfYaml(block.body)
  return { block, kind, inputs: uses.inputs.map(use => use.name), names: uses.names.map(use => use.name) }
}

interface RunState {
  request: RunRequest
  parts: RunParts
  versions: ReadonlyMap<TableName, number>
  inputs: ReadonlyMap<string, InputValue>
  outcomes: ReadonlyMap<string, Outcome>
}

async function runBlock(plan: Plan, parents: readonly string[], state: RunState): Promise<Outcome> {
  const { block, kind } = plan
  const { request, parts, inputs, outcomes } = state
  if (request.signal.aborted) return { state: 'cancelled' }
  const because = parents.filter(parent => !['fresh', 'cached'].includes(outcomes.get(parent)?.state ?? ''))
  if (because.length > 0) return { state: 'skipped', because }
  const upstream = new Map(
    parents.map(id => {
      const outcome = outcomes.get(id) as Extract<Outcome, { result: CellResult }>
      return [id, outcome]
    }),
  )
  const tables = new Set<string>([...plan.names, ...(kind?.tables ?? [])])
  const read = [...state.versions].filter(([name]) => tables.has(name))
  const key = hashOf({
    ENGINE,
    kind: block.kind,
    body: block.body,
    inputs: plan.inputs.map(name => [name, inputs.get(name) ?? null]),
    upstream: [...upstream].map(([id, outcome]) => [id, outcome.hash]),
    read,
    today: parts.today,
    language: request.notebook.language,
    currency: parts.currency,
    dialect: parts.reader.dialect,
  })
  const cached = await parts.cache.get(key)
  if (cached) return { state: 'cached', result: cached, hash: key }
  request.emit({ type: 'block-running', block: block.id })
  try {
    const context: CellContext = {
      language: request.notebook.language,
      currency: parts.currency,
      today: parts.today,
      inputs,
      tables: cellNames(upstream),
      query: (statement, options) => parts.reader.read(statement, { ...options, signal: request.signal }),
      dialect: parts.reader.dialect,
      signal: request.signal,
      progress: (done, total) => request.emit({ type: 'block-progress', block: block.id, done, total }),
    }
    const result = kind
      ? await kind.run(parseOptions(kind, block.body, inputs), context)
      : renderProse(block.body, context)
    await parts.cache.put(key, request.notebook.title, block.id, result)
    return { state: 'fresh', result, hash: key }
  } catch (error) {
    if (error instanceof CancelledError || request.signal.aborted) return { state: 'cancelled' }
    return { state: 'failed', error: toCellError(error, block) }
  }
}

/** A fault with its line and column in the notebook file; offsets count from the block's body. */
function toCellError(error: unknown, block: Block): CellError {
  const { code, message, hint, details } = toErrorShape(error)
  if (!(error instanceof VerbatimError)) process.emitWarning(error as Error)
  const offset =
    typeof details?.offset === 'number' ? Math.max(0, Math.min(details.offset, block.body.length)) : 0
  const before = block.body.slice(0, offset).split('\n')
  return {
    code,
    message,
    ...(hint !== undefined && { hint }),
    line: block.line + before.length - 1,
    column: before.at(-1)!.length + 1,
  }
}

/** What each select offers: fixed, or by its query (kept in the cache like a cell's result). */
async function readChoices(
  specs: readonly InputSpec[],
  parts: RunParts,
  versions: ReadonlyMap<TableName, number>,
  signal: AbortSignal,
): Promise<Map<string, { value: string; label: string }[]>> {
  const choices = new Map<string, { value: string; label: string }[]>()
  for (const { name, options } of specs) {
    if (!options) continue
    if ('values' in options) {
      choices.set(name, options.values)
      continue
    }
    const names = new Set(usesOfSql(options.query).names.map(use => use.name))
    const key = hashOf({
      ENGINE,
      options,
      read: [...versions].filter(([table]) => names.has(table)),
      dialect: parts.reader.dialect,
    })
    const known = await parts.cache.get(key)
    const rows = known?.table?.rows ?? (await queryChoices(options.query, name, parts, signal))
    choices.set(
      name,
      rows
        .filter(row => row[0] !== null)
        .map(row => ({ value: String(row[0]), label: String(row[1] ?? row[0]) })),
    )
    const columns = [{ name: 'value', label: 'value', format: 'text' as const }]
    if (!known)
      await parts.cache.put(key, '', name, { outputs: [], table: { columns, rows, truncated: false } })
  }
  return choices
}

async function queryChoices(query: string, name: string, parts: RunParts, signal: AbortSignal) {
  const { statement } = lowerSql(query, new Map(), new Map(), parts.reader.dialect)
  try {
    return (await parts.reader.read(sql`${statement}`, { maxRows: 1000, signal })).rows
  } catch (error) {
    throw new NotebookError(`The choices of input “${name}” can't be read: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
