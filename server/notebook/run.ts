/**
 * Runs a notebook: only what is stale, each block as soon as those that it reads are done. A result is known by the hash
 * of all that it depends on (source, inputs, tables of upstream cells, versions of facts tables, the program itself), so
 * that the cache alone decides what runs. Emits events; never throws for a cell's fault: that is data.
 */
import { CancelledError, NotebookError } from '../errors.ts'
import { type Evidence, LEAST_EVIDENCE } from '../insight/evidence.ts'
import { hashOf } from '../lib/hash.ts'
import type { Model, ModelService } from '../llm/model.ts'
import type { Rates } from '../metrics/money.ts'
import type { Reader } from '../store/database.ts'
import type { TableName } from '../store/schema.ts'
import { askOnce } from './ask-once.ts'
import { type CellContext, type CellKind, type CellResult, cellNames, type InputValue } from './cell.ts'
import type { CellCache } from './cell-cache.ts'
import { toCellError } from './cell-error.ts'
import { readChoices } from './choices.ts'
import { buildGraph } from './graph.ts'
import { resolveInput } from './inputs.ts'
import type { Block, CellError, Notebook, RunEvent } from './model.ts'
import { type Plan, planBlock } from './plan.ts'
import { presentQuery } from './present.ts'
import { renderProse } from './prose.ts'
import { parseOptions } from './yaml-body.ts'

export interface RunParts {
  kinds: ReadonlyMap<string, CellKind>
  reader: Reader
  versions(): Promise<ReadonlyMap<TableName, number>>
  /** The last day that the facts know. */
  today: string
  currency: string
  /** Units of the currency for one of another; none by default. */
  rates?: Rates
  cache: CellCache
  /** Tells one version of the program from another, so that no result of an older one is taken for its own. */
  engine: string
  rank: CellContext['rank']
  /** What must stand behind a finding; LEAST_EVIDENCE by default. */
  evidence?: Evidence | undefined
  /** A language model; null when none is configured. */
  model: ModelService | null
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
  | { state: 'fresh' | 'cached'; result: CellResult; tableHash: string }
  | { state: 'failed'; error: CellError }
  | { state: 'skipped'; because: string[] }
  | { state: 'cancelled' }

export interface RunResult {
  inputs: Record<string, InputValue>
  choices: Record<string, { value: string; label: string }[]>
  /** By block. */
  outcomes: Map<string, Outcome>
}

/** Runs the notebook. Throws InputError for an input that can't be taken; everything else is in the outcomes. */
export async function runNotebook(request: RunRequest, parts: RunParts): Promise<RunResult> {
  const start = performance.now()
  const { notebook, emit, signal } = request
  const versions = await parts.versions()
  const choices = await readChoices(notebook.inputs, { ...parts, versions, signal })
  const inputs = new Map(
    notebook.inputs.map(spec => [
      spec.name,
      resolveInput(spec, request.values[spec.name], parts.today, choices.known.get(spec.name) ?? null),
    ]),
  )
  const plans = notebook.blocks.map(block => planBlock(block, parts.kinds))
  const graph = buildGraph(
    plans.map(({ block, names }) => ({
      id: block.id,
      defines: block.name,
      mentions: names.map(use => use.name),
    })),
  )
  const outcomes = new Map<string, Outcome>()
  emit({
    type: 'run-started',
    run: request.id,
    blocks: notebook.blocks.map(block => block.id),
    inputs: Object.fromEntries(inputs),
  })
  const state: RunState = {
    request,
    versions,
    inputs,
    outcomes,
    model: parts.model?.open({ signal }) ?? null,
    parts: { ...parts, reader: askOnce(parts.reader) },
  }
  const planOf = new Map(plans.map(plan => [plan.block.id, plan]))
  const readersOf = (id: string) =>
    plans.flatMap(({ block }) => (graph.parents.get(block.id)!.includes(id) ? block.kind : []))
  const finish = (block: string, outcome: Outcome, began: number) => {
    const isQuery = planOf.get(block)!.block.kind === 'sql'
    const shown =
      isQuery && isDone(outcome)
        ? { ...outcome, result: presentQuery(outcome.result, readersOf(block)) }
        : outcome
    outcomes.set(block, shown)
    emit(toEvent(block, shown, performance.now() - began))
  }
  for (const { block } of plans.filter(plan => graph.cyclic.includes(plan.block.id)))
    finish(block.id, { state: 'failed', error: cycleError(block, graph.cyclic) }, performance.now())
  for (const id of graph.behind) {
    const because = graph.parents
      .get(id)!
      .filter(parent => [...graph.cyclic, ...graph.behind].includes(parent))
    finish(id, { state: 'skipped', because }, performance.now())
  }
  const running = new Map<string, Promise<void>>()
  // By levels, so that the promises of all parents are there before anyone waits for them.
  for (const id of graph.levels.flat()) {
    const parents = graph.parents.get(id)!
    const ready = Promise.all(parents.map(parent => running.get(parent)))
    running.set(
      id,
      ready.then(async () => {
        const began = performance.now()
        finish(id, await runBlock(planOf.get(id)!, parents, state), began)
      }),
    )
  }
  await Promise.all(running.values())
  const ok = [...outcomes.values()].every(outcome => outcome.state === 'fresh' || outcome.state === 'cached')
  emit({ type: 'run-finished', run: request.id, ok, ms: performance.now() - start })
  return { inputs: Object.fromEntries(inputs), choices: Object.fromEntries(choices.known), outcomes }
}

function toEvent(block: string, outcome: Outcome, ms: number): RunEvent {
  switch (outcome.state) {
    case 'failed':
      return { type: 'block-failed', block, error: outcome.error }
    case 'skipped':
      return { type: 'block-skipped', block, because: outcome.because }
    case 'cancelled':
      return { type: 'block-cancelled', block }
    default:
      return { type: 'block-done', block, state: outcome.state, result: outcome.result, ms }
  }
}

function cycleError(block: Block, cyclic: readonly string[]): CellError {
  return {
    code: 'notebook',
    message: `“${block.id}” waits for itself: ${cyclic.join(', ')} read one another`,
    hint: 'Let one of them read something else.',
    line: block.line,
    column: 1,
  }
}

interface RunState {
  request: RunRequest
  parts: RunParts
  versions: ReadonlyMap<TableName, number>
  inputs: ReadonlyMap<string, InputValue>
  outcomes: ReadonlyMap<string, Outcome>
  /** One budget for the whole run. */
  model: Model | null
}

type Done = Extract<Outcome, { result: CellResult }>
const isDone = (outcome: Outcome | undefined): outcome is Done =>
  outcome?.state === 'fresh' || outcome?.state === 'cached'

async function runBlock(plan: Plan, parents: readonly string[], state: RunState): Promise<Outcome> {
  const { block, kind } = plan
  const { request, parts, inputs, outcomes } = state
  if (request.signal.aborted) return { state: 'cancelled' }
  const because = parents.filter(parent => !isDone(outcomes.get(parent)))
  if (because.length > 0) return { state: 'skipped', because }
  const upstream = new Map(parents.map(id => [id, outcomes.get(id) as Done]))
  const context = {
    ...toContext(state, upstream),
    progress: progressOf(block, request),
    model: state.model && tellingModel(state.model, block, request),
  }
  try {
    // Text is written anew each time: that is cheaper than asking whether it is known.
    if (!kind) {
      const known = [...upstream.values()].every(outcome => outcome.state === 'cached')
      return { state: known ? 'cached' : 'fresh', result: renderProse(block.body, context), tableHash: '' }
    }
    const key = keyOf(plan, upstream, state)
    const cached = await parts.cache.get(key)
    if (cached) return { state: 'cached', ...cached }
    request.emit({ type: 'block-running', block: block.id })
    if (kind.body === 'yaml') requireTables(plan, context)
    const result = await kind.run(parseOptions(kind, block.body, inputs), context)
    const tableHash = hashOf(result.table)
    if (!result.passing)
      parts.cache.put(key, { notebook: request.notebook.title, cell: block.id, result, tableHash })
    return { state: 'fresh', result, tableHash }
  } catch (error) {
    if (error instanceof CancelledError || request.signal.aborted) return { state: 'cancelled' }
    return { state: 'failed', error: toCellError(error, block) }
  }
}

/** Cells that options name must be there: said at the name. */
function requireTables({ names }: Plan, { tables }: Pick<CellContext, 'tables'>): void {
  const missing = names.find(use => !tables.has(use.name))
  if (missing)
    throw new NotebookError(`There is no cell “${missing.name}” with a table`, {
      hint: 'Name a cell of this notebook that gives one.',
      details: { offset: missing.offset },
    })
}

/** The run's model, telling what this block is about to use of it. */
const tellingModel = (model: Model, block: Block, request: RunRequest): Model => ({
  ...model,
  write: task =>
    model.write(task, ({ tokens, cost, currency }) =>
      request.emit({ type: 'block-estimate', block: block.id, tokens, cost, currency }),
    ),
})

const progressOf = (block: Block, request: RunRequest) => (done: number, total: number) =>
  request.emit({ type: 'block-progress', block: block.id, done, total })

function toContext(
  state: RunState,
  upstream: ReadonlyMap<string, Done>,
): Omit<CellContext, 'progress' | 'model'> {
  const { request, parts, inputs } = state
  const { signal } = request
  return {
    language: request.notebook.language,
    currency: parts.currency,
    rates: parts.rates ?? {},
    today: parts.today,
    inputs,
    tables: cellNames(upstream),
    query: (statement, options) => parts.reader.read(statement, { ...options, signal }),
    dialect: parts.reader.dialect,
    evidence: parts.evidence ?? LEAST_EVIDENCE,
    rank: parts.rank,
    signal,
  }
}

function keyOf(plan: Plan, upstream: ReadonlyMap<string, Done>, state: RunState): string {
  const { parts, inputs, request } = state
  return hashOf({
    engine: parts.engine,
    kind: plan.block.kind,
    body: plan.block.body,
    inputs: plan.inputs.map(name => [name, inputs.get(name) ?? null]),
    upstream: [...upstream].map(([id, outcome]) => [id, outcome.tableHash]),
    read: [...state.versions].filter(([name]) => plan.tables.has(name)).sort(),
    today: parts.today,
    language: request.notebook.language,
    currency: parts.currency,
    rates: parts.rates ?? {},
    dialect: parts.reader.dialect,
    evidence: parts.evidence ?? LEAST_EVIDENCE,
    ...(plan.kind?.usesModel && { model: parts.model?.name ?? null }),
  })
}
