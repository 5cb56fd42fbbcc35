import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { askOnce } from '../../server/notebook/ask-once.ts'
import { type CellKind, defineCell } from '../../server/notebook/cell.ts'
import { createKeptCells, type KeptCells } from '../../server/notebook/kept-cells.ts'
import { loadKinds } from '../../server/notebook/kinds.ts'
import type { NotebookResult, RunEvent } from '../../server/notebook/model.ts'
import type { Database, Reader } from '../../server/store/database.ts'
import { sql } from '../../server/store/sql.ts'
import { eachDatabase, type Fresh, freshDatabases } from '../support/databases.ts'
import { loadFacts } from '../support/facts.ts'
import { runText } from '../support/notebooks.ts'

const fence = '```'
const cell = (info: string, body: string) => `${fence}${info}\n${body}\n${fence}\n`
const notebook = [
  '---\ninputs:\n  city: { type: text, default: Тула }\n  least: { type: number, default: 0 }\n---\n',
  cell('sql towns', 'select client_id, city from clients where city = :city'),
  cell('sql won', "select count(*) as n from deals where status = 'won' and amount >= :least"),
  cell('sql count', 'select count(*) as n from towns'),
  cell('table', 'data: won'),
  cell('tally', 'of: deals'),
  'Клиентов {{ count.n }}, выиграно {{ won.n }}.',
].join('\n')

/** A kind that reads a table which its body does not name. */
const tally = defineCell({
  kind: 'tally',
  body: 'yaml',
  options: z.object({ of: z.string() }),
  example: 'of: deals',
  tables: ['deals'],
  run: async (_options, { query }) => {
    await query(sql`select count(*) as n from deals`)
    return { outputs: [], table: null }
  },
})
const kinds = new Map([...(await loadKinds()), ['tally', tally]])
const runTally: typeof runText = (text, database, options = {}) =>
  runText(text, database, { ...options, parts: { kinds, ...options.parts } })

const states = (result: NotebookResult) =>
  Object.fromEntries(result.blocks.map(({ id, state }) => [id, state]))
const freshOnes = (result: NotebookResult) =>
  result.blocks.flatMap(({ id, state }) => (state === 'fresh' ? id : [])).join(' ')

/** A fresh database with the facts in it, and a cache that is written out before the database closes. */
async function withFacts(open: () => Promise<Fresh>) {
  const { database } = await open()
  await loadFacts(database)
  const cache = createKeptCells(database)
  const { close } = database
  database.close = () => cache.flush().then(close)
  return { database, cache }
}

/** The reader with a count of what it was asked. */
function counting(reader: Reader) {
  const read = vi.fn(reader.read)
  return { reader: { dialect: reader.dialect, read }, read }
}

eachDatabase('a run', open => {
  it('unchanged, asks the facts nothing, from memory and from the disk', async () => {
    const { database, cache } = await withFacts(open)
    expect(freshOnes(await runTally(notebook, database, { cache }))).toBe(
      'towns won count table-1 tally-1 text-1',
    )
    await cache.flush()
    for (const kept of [cache, createKeptCells(database)]) {
      const { reader, read } = counting(database.reader)
      const again = await runTally(notebook, database, { cache: kept, parts: { reader } })
      expect(freshOnes(again)).toBe('')
      expect(read).not.toHaveBeenCalled()
    }
  })

  it('says where the database’s own complaint points, whatever is put before it', async () => {
    const { database } = await withFacts(open)
    const text = [
      '---\ninputs: { city: { type: text, default: Тула }, day: { type: text } }\n---\n',
      cell('sql one', 'select 1 as n'),
      cell('sql', 'select :city as город,\n  nonsense\nfrom clients'),
      cell(
        'sql',
        "with a as (select 2 as n)\nselect one.n, :city as c\nfrom one, a where :city = 'ё' and nonsense = 1",
      ),
      cell('sql', 'select 1 [[ and :day = 2 ]]\n  from nowhere'),
      cell('sql', 'selec 1'),
    ].join('')
    const { blocks } = await runText(text, database)
    expect(blocks.flatMap(({ error }) => (error ? [[error.code, error.line, error.column]] : []))).toEqual([
      ['notebook', 9, 3],
      ['notebook', 15, 35],
      ['notebook', 19, 8],
      ['notebook', 22, 1],
    ])
  })

  it('the choices of a select come from the cache when nothing changed; broken ones break only themselves', async () => {
    const { database, cache } = await withFacts(open)
    const text = [
      '---\ninputs:\n  source: { type: select, query: select distinct source from deals order by 1 }',
      '  odd: { type: select, query: select nothing }\n---\n',
      cell('sql', 'select count(*) as n from deals where source = :source'),
    ].join('\n')
    const first = await runText(text, database, { cache, values: { source: 'vk', odd: 'any' } })
    expect(first.blocks[0]!.table!.rows).toEqual([[12]])
    await expect(runText(text, database, { cache, values: { source: 'none such' } })).rejects.toThrow(
      /Input “source”: there is no “none such”/,
    )
    const { reader, read } = counting(database.reader)
    await runText(text, database, { cache, values: { source: 'vk' }, parts: { reader } })
    expect(read).toHaveBeenCalledTimes(1)
  })
})

describe('a run', () => {
  const open = freshDatabases('sqlite')
  const plain = (run: CellKind['run']): CellKind =>
    defineCell({
      kind: 'plain',
      body: 'yaml',
      options: z.record(z.string(), z.unknown()),
      example: '',
      tables: [],
      run,
    })
  const parts = async (run: CellKind['run']) => ({
    kinds: new Map([...(await loadKinds()), ['table', plain(run)] as const]),
  })

  type Change = (database: Database) => Promise<unknown>
  const nothing: Change = async () => {}
  const cases: [
    what: string,
    change: Change,
    values: Record<string, string>,
    text: (text: string) => string,
    fresh: string,
  ][] = [
    ['nothing', nothing, {}, text => text, ''],
    ['an input', nothing, { city: 'Орёл' }, text => text, 'towns count text-1'],
    ['an input whose change changes no table', nothing, { least: '1' }, text => text, 'won text-1'],
    ['prose', nothing, {}, text => text.replace('Клиентов', 'Людей'), ''],
    [
      'a cell’s text',
      nothing,
      {},
      text => text.replace('select client_id, city', 'select city'),
      'towns count text-1',
    ],
    ['a cell’s name', nothing, {}, text => text.replaceAll('towns', 'places'), 'count text-1'],
    [
      'a table that it reads',
      database => database.run(sql`update deals set amount = amount + 1 where deal_id = 'crm:d0'`),
      {},
      text => text,
      'won tally-1 text-1',
    ],
    [
      'a table that nothing reads',
      database =>
        database.upsert(
          'pages',
          ['page_id', 'kind', 'position', 'text'],
          [{ page_id: 'p', kind: 'faq', position: 0, text: 'x' }],
        ),
      {},
      text => text,
      '',
    ],
    [
      'a cell put before',
      nothing,
      {},
      text => text.replace(fence, `${cell('sql', 'select 1 as x')}${fence}`),
      'sql-1',
    ],
  ]
  it.each(cases)(
    'after a change of %s runs only what depends on it',
    async (_what, change, values, edit, fresh) => {
      const { database, cache } = await withFacts(open)
      await runTally(notebook, database, { cache })
      await change(database)
      expect(freshOnes(await runTally(edit(notebook), database, { cache, values }))).toBe(fresh)
    },
  )

  it('another version of the program takes nothing from the cache', async () => {
    const { database, cache } = await withFacts(open)
    await runTally(notebook, database, { cache })
    const result = await runTally(notebook, database, { cache, parts: { engine: 'newer' } })
    expect(freshOnes(result)).toBe('towns won count table-1 tally-1 text-1')
  })

  it('goes on beside a failed cell, skips what reads it and says why', async () => {
    const { database } = await open()
    const text = [
      cell('sql bad', 'select x from nowhere'),
      cell('sql behind', 'select * from bad'),
      cell('sql further', 'select * from behind, good'),
      cell('sql good', 'select 1 as n'),
      '{{ bad.x }}\n',
    ].join('')
    const result = await runText(text, database)
    expect(states(result)).toEqual({
      bad: 'failed',
      behind: 'skipped',
      further: 'skipped',
      good: 'fresh',
      'text-1': 'skipped',
    })
    expect(result.blocks.map(block => block.because)).toEqual([[], ['bad'], ['behind'], [], ['bad']])
    expect(result.ok).toBe(false)
  })

  it('a programmer’s fault fails its cell alone and gives nothing away', async () => {
    const { database } = await open()
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue()
    const result = await runText(`${cell('table', 'a: 1')}${cell('sql', 'select 1 as n')}`, database, {
      parts: await parts(async () => {
        throw new TypeError('secret inner words')
      }),
    })
    expect(states(result)).toEqual({ 'table-1': 'failed', 'sql-1': 'fresh' })
    expect(result.blocks[0]!.error).toEqual({
      code: 'internal',
      message: 'Internal error',
      line: 2,
      column: 1,
    })
    expect(warned).toHaveBeenCalledOnce()
    warned.mockRestore()
  })

  it('starts a cell as soon as what it reads is done, though others of its level are not', async () => {
    const { database } = await open()
    const order: string[] = []
    let release = () => {}
    const slow = new Promise<void>(resolve => {
      release = resolve
    })
    const text = `${cell('table', 'a: 1')}${cell('sql one', 'select 1 as n')}${cell('sql two', 'select n from one')}`
    await runText(text, database, {
      parts: await parts(async () => {
        await slow
        return { outputs: [], table: null }
      }),
      emit: event => {
        if (event.type !== 'block-done') return
        order.push(event.block)
        if (event.block === 'two') release()
      },
    })
    expect(order).toEqual(['one', 'two', 'table-1'])
  })

  it('when cancelled ends soon, keeps what was done, and the rest is cancelled', async () => {
    const { database } = await open()
    const stop = new AbortController()
    const endless =
      'with recursive a(x) as (select 1 union all select x + 1 from a) select max(x) as m from a'
    const text = `${cell('sql quick', 'select 1 as n')}${cell('sql long', endless)}${cell('sql later', 'select m from long')}`
    const result = await runText(text, database, {
      signal: stop.signal,
      emit: event => {
        if (event.type === 'block-done') stop.abort()
      },
    })
    expect(states(result)).toEqual({ quick: 'fresh', long: 'cancelled', later: 'cancelled' })
  })

  it('tells what happens, in order', async () => {
    const { database } = await open()
    const events: RunEvent[] = []
    const text = `${cell('sql one', 'select 1 as n')}${cell('table', 'data: none')}{{ one.n }}`
    await runText(text, database, { emit: event => events.push(event) })
    expect(events.map(event => ('block' in event ? `${event.type} ${event.block}` : event.type))).toEqual([
      'run-started',
      'block-running one',
      'block-running table-1',
      'block-failed table-1',
      'block-done one',
      'block-done text-1',
      'run-finished',
    ])
  })
})

describe('kept results', () => {
  const open = freshDatabases('sqlite')
  const result = (text: string) => ({
    result: { outputs: [{ type: 'text' as const, role: 'prose' as const, markdown: text }], table: null },
    tableHash: text,
  })
  const put = (cells: KeptCells, key: string, text = key) =>
    cells.put(key, { notebook: 'n', cell: 'c', ...result(text) })

  it('are there for another process, and are asked for together', async () => {
    const { database } = await open()
    const cells = createKeptCells(database)
    put(cells, 'a')
    put(cells, 'b')
    await cells.flush()
    const query = vi.spyOn(database, 'query')
    const others = createKeptCells(database)
    const found = await Promise.all(['a', 'b', 'c', 'a'].map(key => others.get(key)))
    expect(found).toEqual([result('a'), result('b'), null, result('a')])
    expect(query).toHaveBeenCalledOnce()
    expect([others.hits, others.misses]).toEqual([3, 1])
  })

  it('that are broken are missed', async () => {
    const { database } = await open()
    for (const [i, text] of ['', '{', 'null', '[]', '{"result":{}}', '{"result":{"outputs":[]}}'].entries()) {
      const row = {
        cache_key: `k${i}`,
        notebook: '',
        cell: '',
        made_at: '',
        used_at: '',
        bytes: 1,
        result: text,
      }
      await database.upsert('cell_cache', Object.keys(row) as never, [row])
    }
    const cells = createKeptCells(database)
    expect(await Promise.all([0, 1, 2, 3, 4, 5].map(i => cells.get(`k${i}`)))).toEqual(Array(6).fill(null))
  })

  it('go by last use when they are too many; a day’s use is noted once', async () => {
    const { database } = await open()
    let day = 1
    const cells = createKeptCells(database, {
      maxBytes: 5000,
      memoryBytes: 0,
      now: () => `2026-01-0${day} 12:00:00`,
    })
    for (const key of ['a', 'b', 'c']) {
      put(cells, key, 'x'.repeat(600))
      await cells.flush()
      day++
    }
    await cells.get('a')
    await cells.flush()
    const used = () => database.query(sql`select cache_key, used_at from app.cell_cache order by cache_key`)
    expect(await used()).toEqual([
      { cache_key: 'a', used_at: '2026-01-04 12:00:00' },
      { cache_key: 'b', used_at: '2026-01-02 12:00:00' },
      { cache_key: 'c', used_at: '2026-01-03 12:00:00' },
    ])
    // A new process measures at its first write: of four, the three used last fit into four fifths.
    const later = createKeptCells(database, { maxBytes: 5000, now: () => '2026-01-05 12:00:00' })
    put(later, 'd', 'x'.repeat(600))
    await later.flush()
    expect((await used()).map(row => row.cache_key)).toEqual(['a', 'c', 'd'])
  })

  it('a database that fails costs the cache, not the run', async () => {
    const { database } = await open()
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue()
    const failing = {
      ...database,
      query: () => Promise.reject(new Error('disk')),
      transaction: () => Promise.reject(new Error('disk')),
    } as unknown as Database
    const cells = createKeptCells(failing, { memoryBytes: 0 })
    put(cells, 'a')
    await cells.flush()
    expect(await cells.get('a')).toBeNull()
    expect(warned).toHaveBeenCalledOnce()
    warned.mockRestore()
  })
})

describe('cells that ask the same', () => {
  it('share one answer, but not a failure that is over, nor a large one', async () => {
    let asked = 0
    const reader = askOnce({
      dialect: 'sqlite',
      read: async (statement, { maxRows = 1 } = {}) => {
        asked++
        await new Promise(setImmediate)
        if (statement.strings[0] === 'bad') throw new Error('bad')
        return { columns: ['a'], rows: Array.from({ length: maxRows }, () => [1]), truncated: false }
      },
    })
    const ask = (text: string, maxRows?: number) =>
      reader.read(sql`${{ strings: [text], values: [] }}`, maxRows === undefined ? {} : { maxRows })
    const [one, two] = await Promise.all([ask('x'), ask('x')])
    expect([one === two, asked]).toEqual([true, 1])
    await ask('x')
    expect(asked).toBe(1)
    await ask('x', 2)
    await ask('y')
    expect(asked).toBe(3)
    await Promise.allSettled([ask('bad'), ask('bad')])
    await ask('bad').catch(() => {})
    expect(asked).toBe(5)
    await ask('x', 2000)
    await ask('x', 2000)
    expect(asked).toBe(7)
  })
})
