/**
 * A run as the page shows it: each event of the server turns one view into the next. Pure. What was seen before a rerun
 * stays until its successor comes, marked as stale; a result that came back the same keeps its identity, so that
 * nothing that shows it is drawn again. Events may be repeated from the first on (a connection that was lost).
 */
import type { CellError, CellResult, CellState, InputValue, RunEvent } from '../../server/api/contract.ts'

export interface BlockView {
  /** `idle` before any run. */
  state: CellState | 'idle'
  result: CellResult | null
  /** The result belongs to inputs or data of before. */
  stale: boolean
  error: CellError | null
  /** Blocks that it waits for and that gave nothing. */
  because: readonly string[]
  progress: { done: number; total: number } | null
  /** What a language model that is being asked will use at most. */
  estimate: { tokens: number; cost: number | null; currency: string } | null
  /** How long it took, milliseconds. */
  ms: number | null
}

export interface RunView {
  run: string | null
  running: boolean
  blocks: ReadonlyMap<string, BlockView>
  inputs: Readonly<Record<string, InputValue>>
  /** Of the whole run, milliseconds; null while it goes on. */
  ms: number | null
}

const idle: BlockView = {
  state: 'idle',
  result: null,
  stale: false,
  error: null,
  because: [],
  progress: null,
  estimate: null,
  ms: null,
}

export const emptyRun: RunView = { run: null, running: false, blocks: new Map(), inputs: {}, ms: null }

/** A block's view; idle when no run has named it. */
export function blockOf(view: RunView, id: string): BlockView {
  return view.blocks.get(id) ?? idle
}

/** Whether nothing more will come of it in this run. */
export function isSettled(block: BlockView): boolean {
  return !['idle', 'queued', 'running'].includes(block.state)
}

/** The view after some more events, which cost no more than what they say. */
export function reduceRuns(view: RunView, events: readonly RunEvent[]): RunView {
  // Copied once: the blocks of a view that somebody has seen do not change.
  let next = { ...view, blocks: new Map(view.blocks) }
  for (const event of events) next = applyEvent(next, event)
  return next
}

/** The view after one more event. */
export function reduceRun(view: RunView, event: RunEvent): RunView {
  return reduceRuns(view, [event])
}

interface OpenView extends RunView {
  blocks: Map<string, BlockView>
}

function applyEvent(view: OpenView, event: RunEvent): OpenView {
  switch (event.type) {
    case 'run-started': {
      const again = view.run === event.run
      const blocks = new Map(
        event.blocks.map(id => {
          const before = blockOf(view, id)
          const stale = again ? before.stale : before.result !== null
          return [id, { ...idle, state: 'queued' as const, result: before.result, stale }]
        }),
      )
      return { run: event.run, running: true, blocks, inputs: event.inputs, ms: null }
    }
    case 'run-finished':
      return { ...view, running: false, ms: event.ms }
    case 'block-queued':
      return changeBlock(view, event.block, { state: 'queued' })
    case 'block-running':
      return changeBlock(view, event.block, { state: 'running', progress: null, estimate: null })
    case 'block-progress':
      return changeBlock(view, event.block, { progress: { done: event.done, total: event.total } })
    case 'block-estimate': {
      const { tokens, cost, currency } = event
      return changeBlock(view, event.block, { estimate: { tokens, cost, currency } })
    }
    case 'block-done': {
      const before = blockOf(view, event.block).result
      const same = before !== null && JSON.stringify(before) === JSON.stringify(event.result)
      return changeBlock(view, event.block, {
        ...idle,
        state: event.state,
        result: same ? before : event.result,
        ms: event.ms,
      })
    }
    case 'block-failed':
      return changeBlock(view, event.block, { ...idle, state: 'failed', error: event.error })
    case 'block-skipped':
      return changeBlock(view, event.block, { ...idle, state: 'skipped', because: event.because })
    case 'block-cancelled':
      return changeBlock(view, event.block, { state: 'cancelled', progress: null, estimate: null })
  }
}

function changeBlock(view: OpenView, id: string, change: Partial<BlockView>): OpenView {
  view.blocks.set(id, { ...blockOf(view, id), ...change })
  return view
}

/** After the data changed under the page: every result seen is of before. */
export function markStale(view: RunView): RunView {
  const blocks = new Map(
    [...view.blocks].map(([id, block]) => [id, { ...block, stale: block.result !== null }] as const),
  )
  return { ...view, blocks }
}

export interface RunCounts {
  done: number
  /** Skipped ones among them. */
  failed: number
  cancelled: number
  stale: number
  of: number
}

/** How many blocks are how far. */
export function countRun(view: RunView): RunCounts {
  const blocks = [...view.blocks.values()]
  return {
    done: blocks.filter(isSettled).length,
    failed: blocks.filter(block => block.state === 'failed' || block.state === 'skipped').length,
    cancelled: blocks.filter(block => block.state === 'cancelled').length,
    stale: blocks.filter(block => block.stale).length,
    of: blocks.length,
  }
}
