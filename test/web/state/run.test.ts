import { describe, expect, it } from 'vitest'
import type { CellResult, RunEvent } from '../../../server/api/contract.ts'
import {
  blockOf,
  countRun,
  emptyRun,
  isSettled,
  markStale,
  type RunView,
  reduceRun,
} from '../../../web/state/run.ts'

const result = (words: string): CellResult => ({
  outputs: [{ type: 'text', role: 'prose', markdown: words }],
  table: null,
})
const started = (run: string): RunEvent => ({
  type: 'run-started',
  run,
  blocks: ['a', 'b'],
  inputs: { n: 1 },
})
const done = (block: string, words: string, state: 'fresh' | 'cached' = 'fresh'): RunEvent => ({
  type: 'block-done',
  block,
  state,
  result: result(words),
  ms: 5,
})
const error = { code: 'query', message: 'no such table', line: 3, column: 4 }
const finished: RunEvent = { type: 'run-finished', run: 'r1', ok: true, ms: 12 }
const play = (view: RunView, ...events: RunEvent[]) => events.reduce(reduceRun, view)
const fromStart = (...events: RunEvent[]) => play(emptyRun, ...events)

describe('a run as the page shows it', () => {
  it('goes from queued over running with progress to its result', () => {
    const queued = fromStart(started('r1'))
    expect(blockOf(queued, 'a')).toMatchObject({ state: 'queued', result: null, stale: false })
    expect(queued).toMatchObject({ run: 'r1', running: true, inputs: { n: 1 }, ms: null })
    const running = play(
      queued,
      { type: 'block-running', block: 'a' },
      { type: 'block-progress', block: 'a', done: 2, total: 8 },
    )
    expect(blockOf(running, 'a')).toMatchObject({ state: 'running', progress: { done: 2, total: 8 } })
    expect(isSettled(blockOf(running, 'a'))).toBe(false)
    const settled = play(running, done('a', 'x'), done('b', 'y', 'cached'), finished)
    expect(blockOf(settled, 'a')).toEqual({
      state: 'fresh',
      result: result('x'),
      stale: false,
      error: null,
      because: [],
      progress: null,
      estimate: null,
      ms: 5,
    })
    expect(blockOf(settled, 'b').state).toBe('cached')
    expect(settled).toMatchObject({ running: false, ms: 12 })
    expect(countRun(settled)).toEqual({ done: 2, failed: 0, cancelled: 0, stale: 0, of: 2 })
  })

  it('keeps what was seen, as stale, until its successor comes', () => {
    const first = fromStart(started('r1'), done('a', 'old'), done('b', 'same'), finished)
    const again = reduceRun(first, started('r2'))
    expect(blockOf(again, 'a')).toMatchObject({ state: 'queued', result: result('old'), stale: true })
    const settled = play(again, done('a', 'new'), done('b', 'same', 'cached'))
    expect(blockOf(settled, 'a')).toMatchObject({ result: result('new'), stale: false })
  })

  it('keeps the identity of a result that came back the same, and of no other', () => {
    const first = fromStart(started('r1'), done('a', 'same'), done('b', 'old'), finished)
    const second = play(first, started('r2'), done('a', 'same'), done('b', 'new'))
    expect(blockOf(second, 'a').result).toBe(blockOf(first, 'a').result)
    expect(blockOf(second, 'b').result).not.toBe(blockOf(first, 'b').result)
  })

  it('shows a fault in the place of an old result, and what waits for it', () => {
    const view = play(
      fromStart(started('r1'), done('a', 'old'), finished),
      started('r2'),
      { type: 'block-failed', block: 'a', error },
      { type: 'block-skipped', block: 'b', because: ['a'] },
    )
    expect(blockOf(view, 'a')).toMatchObject({ state: 'failed', error, result: null, stale: false })
    expect(blockOf(view, 'b')).toMatchObject({ state: 'skipped', because: ['a'] })
    expect(countRun(view)).toEqual({ done: 2, failed: 2, cancelled: 0, stale: 0, of: 2 })
  })

  it('leaves a cancelled block its old result, as stale', () => {
    const view = play(fromStart(started('r1'), done('a', 'old'), finished), started('r2'), {
      type: 'block-cancelled',
      block: 'a',
    })
    expect(blockOf(view, 'a')).toMatchObject({ state: 'cancelled', result: result('old'), stale: true })
    expect(countRun(view)).toEqual({ done: 1, failed: 0, cancelled: 1, stale: 1, of: 2 })
  })

  it('comes to the same when a lost connection tells all events once more', () => {
    const events: RunEvent[] = [
      started('r1'),
      done('a', 'x'),
      { type: 'block-failed', block: 'b', error },
      finished,
    ]
    const once = fromStart(...events)
    expect(play(once, ...events)).toEqual(once)
  })

  it('marks every result as stale when the data changed', () => {
    const view = markStale(fromStart(started('r1'), done('a', 'x'), finished))
    expect(blockOf(view, 'a').stale).toBe(true)
    expect(blockOf(view, 'b').stale).toBe(false)
    expect(blockOf(view, 'unknown')).toMatchObject({ state: 'idle', result: null })
  })
})
