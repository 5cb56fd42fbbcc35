import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { NotebookSource } from '../../../server/api/contract.ts'
import { parseNotebook } from '../../../server/notebook/format.ts'
import { EditorSession } from '../../../web/state/editor-session.ts'
import { emptyRun, reduceRuns } from '../../../web/state/run.ts'
import type { RunController } from '../../../web/state/run-controller.ts'

const kinds = new Set(['sql', 'chart'])
const text = '# Title\n\n```sql a\nselect 1\n```\n\n```sql b\nselect 2\n```\n\n```chart\ndata: b\n```\n'
const source: NotebookSource = {
  id: 'x',
  text,
  revision: 'r1',
  bundled: false,
  blocks: parseNotebook(text, kinds).notebook.blocks,
  errors: [],
}

beforeEach(() => {
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('document', { addEventListener: () => undefined, removeEventListener: () => undefined })
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(source)))
})
afterEach(() => vi.unstubAllGlobals())

/** A session over the notebook above, and how often each watcher has been told. */
async function open() {
  const run = { view: emptyRun, renameBlocks: () => undefined } as unknown as RunController
  const session = new EditorSession('x', run)
  await session.begin()
  const [title, a, b, chart] = session.cells.map(({ key }) => key) as [number, number, number, number]
  const told = new Map<string, number>()
  const hear = (name: string) => () => told.set(name, (told.get(name) ?? 0) + 1)
  for (const [name, key] of Object.entries({ title, a, b, chart })) {
    session.cellState(key)
    session.watchCell(key, hear(name))
  }
  session.watch('order', hear('order'))
  return { session, run, told, title, a, b, chart }
}

it('tells a key typed to its own cell alone', async () => {
  const { session, told, a } = await open()
  session.type(a, 'select 11')
  session.type(a, 'select 111')
  expect(Object.fromEntries(told)).toEqual({ a: 2 })
  expect(session.cellState(a)).toMatchObject({ changed: true, cell: { body: 'select 111' } })
  session.close()
})

it('gives the same state for a cell as long as nothing of it changed', async () => {
  const { session, a, b } = await open()
  const before = session.cellState(b)
  session.type(a, 'select 3')
  session.update()
  expect(session.cellState(b)).toBe(before)
  session.close()
})

it('tells what a run brings to the cells that it concerns', async () => {
  const { session, run, told, b } = await open()
  const failed = { code: 'notebook', message: 'no', line: 8, column: 1 }
  run.view = reduceRuns(run.view, [{ type: 'block-failed', block: 'b', error: failed }])
  session.update()
  expect(Object.fromEntries(told)).toEqual({ b: 1 })
  expect(session.cellState(b).view.error).toBe(failed)
  session.close()
})

it('tells of another order, and gives cells without a name their ids anew', async () => {
  const { session, told, a, chart } = await open()
  session.choose(a)
  session.remove(a)
  expect(told.get('order')).toBe(1)
  expect(session.cells.length).toBe(3)
  expect(session.ids.get(chart)).toBe('chart-1')
  session.step('undo')
  expect(session.cells.map(({ key }) => key)).toContain(a)
  session.move(chart, -2)
  expect([session.place(chart), session.said]).toEqual([1, { what: 'moved', place: 2, of: 4 }])
  session.close()
})

it('numbers texts anew when one loses its last word', async () => {
  const { session, title } = await open()
  expect(session.ids.get(title)).toBe('text-1')
  session.type(title, ' ')
  expect(session.ids.has(title)).toBe(false)
  session.close()
})
