import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type {
  CatalogueCoverage,
  EditMade,
  ErrorResponse,
  LoggedEdit,
  TableTheme,
  ThemeEdit,
  ThemeMention,
  ThemeTable,
} from '../../server/api/contract.ts'
import { createService } from '../../server/api/service.ts'
import { readConfig } from '../../server/config.ts'
import { sql } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'
import { loadFacts } from '../support/facts.ts'

eachDatabase('the catalogue', open => {
  const closers: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })

  /** A service over the facts: 16 clients ask q-1, 8 each raise q-2, q-3, v-1 and o-1; every third client bought. */
  async function serve({ facts = true } = {}) {
    const { database } = await open()
    if (facts) await loadFacts(database)
    const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-themes-'))
    closers.push(() => rm(dataDir, { recursive: true, force: true }))
    const service = createService(readConfig({ VERBATIM_DATA: dataDir }), database)
    closers.push(service.close)
    const ask = async (path: string, init?: RequestInit) => service.app.request(`/api/themes${path}`, init)
    const read = async <T>(path: string) => (await (await ask(path)).json()) as T
    const post = (edit: unknown) =>
      ask('/edits', {
        method: 'POST',
        body: JSON.stringify(edit),
        headers: { 'content-type': 'application/json' },
      })
    const edit = async (wanted: ThemeEdit) => (await (await post(wanted)).json()) as EditMade
    const undo = (id: number | string) => ask(`/edits/${id}`, { method: 'DELETE' })
    const table = async (query: string) => {
      const { total, themes } = await read<ThemeTable>(`/table?${query}`)
      return [total, ...themes.map(theme => `${theme.theme_id} ${theme.clients}`)]
    }
    return { database, ask, read, post, edit, undo, table }
  }

  /** The place of a theme's mention, as edits name it. */
  const placeOf = ({ ref: { client_id, conversation_id, n, from } }: ThemeMention) => ({
    client_id,
    conversation_id,
    n,
    from,
  })

  it('a table of one kind: clients, outcome and trend of each theme', async () => {
    const { read, table } = await serve()
    const { total, themes } = await read<ThemeTable>('/table?kind=question')
    expect(total).toBe(3)
    const { trend, ...first } = themes[0]!
    expect(first).toEqual({
      theme_id: 'q-1',
      kind: 'question',
      label: 'монтаж входит в цену?',
      machine_label: 'монтаж входит в цену?',
      topic: 'price',
      status: 'new',
      hidden: false,
      alias_of: null,
      faq: null,
      clients: 16,
      mentions: 16,
      first_day: '2026-01-05',
      last_day: '2026-06-10',
      won: 8,
      lost: 8,
    })
    expect(trend.map(point => point.label)).toEqual([
      '2026-01',
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-05',
      '2026-06',
    ])
    expect(trend.reduce((sum, point) => sum + point.clients, 0)).toBe(16)
    expect(themes.map(theme => [theme.theme_id, theme.won, theme.lost])).toEqual([
      ['q-1', 8, 8],
      ['q-2', 0, 0],
      ['q-3', 8, 0],
    ])
    expect(await table('kind=value')).toEqual([1, 'v-1 8'])
  })

  it('is filtered, sorted and paged', async () => {
    const { database, table } = await serve()
    await database.upsert(
      'gaps',
      ['theme_id', 'state', 'clients', 'asked_after', 'faded'],
      [{ theme_id: 'q-2', state: 'missing', clients: 8, asked_after: 0, faded: 0 }],
    )
    expect(await table('kind=question&topic=terms')).toEqual([1, 'q-2 8'])
    expect(await table('kind=question&status=answered')).toEqual([0])
    expect(await table('kind=question&faq=missing')).toEqual([1, 'q-2 8'])
    expect(await table('kind=question&faq=none')).toEqual([2, 'q-1 16', 'q-3 8'])
    expect(await table(`kind=question&search=${encodeURIComponent('ЦЕНУ  монтаж')}`)).toEqual([1, 'q-1 16'])
    expect(await table(`kind=question&search=${encodeURIComponent('ждать тихо')}`)).toEqual([0])
    expect(await table('kind=question&sort=won')).toEqual([3, 'q-1 16', 'q-3 8', 'q-2 8'])
    expect(await table('kind=question&sort=lost&reverse=true')).toEqual([3, 'q-2 8', 'q-3 8', 'q-1 16'])
    expect(await table('kind=question&sort=label')).toEqual([3, 'q-2 8', 'q-1 16', 'q-3 8'])
    expect(await table('kind=question&limit=1&offset=1')).toEqual([3, 'q-2 8'])
    expect(await table('kind=question&offset=100')).toEqual([3])
  })

  it('sorts by growth: clients of the last three months against the three before', async () => {
    const { database, table, read } = await serve()
    const { themes } = await read<ThemeTable>('/table?kind=question&sort=growth')
    const growth = ({ trend }: TableTheme) =>
      trend.slice(3).reduce((sum, point) => sum + point.clients, 0) -
      trend.slice(0, 3).reduce((sum, point) => sum + point.clients, 0)
    expect(themes.map(growth)).toEqual(themes.map(growth).sort((a, b) => b - a))
    // Nobody asked q-3 before April any more: it grows most.
    await database.run(sql`update mentions set month = '2026-05', day = '2026-05-10' where theme_id = 'q-3'`)
    expect((await table('kind=question&sort=growth'))[1]).toBe('q-3 8')
  })

  it('shows an edit at once, and its undoing', async () => {
    const { edit, undo, table, read } = await serve()
    expect(await table('kind=question')).toEqual([3, 'q-1 16', 'q-2 8', 'q-3 8'])
    const merge = await edit({ action: 'merge', themes: ['q-3', 'q-2'] })
    expect(merge).toEqual({ id: 1, theme: 'q-2' })
    expect(await table('kind=question')).toEqual([2, 'q-1 16', 'q-2 16'])
    expect((await read<TableTheme>('/q-3')).alias_of).toBe('q-2')
    expect((await undo(1)).status).toBe(204)
    expect(await table('kind=question')).toEqual([3, 'q-1 16', 'q-2 8', 'q-3 8'])

    await edit({ action: 'rename', theme: 'q-1', label: 'Входит ли установка' })
    await edit({ action: 'status', theme: 'q-1', status: 'in_work' })
    await edit({ action: 'topic', theme: 'q-1', topic: 'service' })
    expect(
      await table(`kind=question&topic=service&status=in_work&search=${encodeURIComponent('установка')}`),
    ).toEqual([1, 'q-1 16'])
    await edit({ action: 'hide', theme: 'q-1', hidden: true })
    expect(await table('kind=question')).toEqual([2, 'q-2 8', 'q-3 8'])
    expect(await table('kind=question&hidden=true')).toEqual([1, 'q-1 16'])
    expect((await read<TableTheme>('/q-1')).hidden).toBe(true)
  })

  it('splits, moves, and puts a waiting mention into a theme', async () => {
    const { database, edit, undo, table, read } = await serve()
    const mentions = await read<ThemeMention[]>(`/q-1/mentions?search=${encodeURIComponent('УЖЕ в цене')}`)
    expect(mentions).toHaveLength(8)
    expect(mentions[0]).toEqual({
      ref: { client_id: 'crm:001', conversation_id: 'call:1', n: 1, from: 9, to: 27 },
      text: 'монтаж уже в цене?',
      speaker: 'client',
      alias: 2,
      conversation_kind: 'call',
      at: '2026-02-11 11:15:00',
      offset_ms: 4000,
      deal_status: 'lost',
      day: '2026-02-11',
      score: 0.9,
    })
    const split = await edit({
      action: 'split',
      theme: 'q-1',
      label: 'уже в цене',
      mentions: mentions.map(placeOf),
    })
    expect(split.theme).toBe('q-4')
    expect(await table('kind=question')).toEqual([4, 'q-1 8', 'q-2 8', 'q-3 8', 'q-4 8'])
    const move = await edit({ action: 'move', mention: placeOf(mentions[0]!), from: 'q-4', to: 'q-2' })
    expect(await table('kind=question')).toEqual([4, 'q-2 9', 'q-1 8', 'q-3 8', 'q-4 7'])
    await undo(move.id)
    await undo(split.id)
    expect((await read<ThemeMention[]>('/q-1/mentions')).length).toBe(16)

    await database.run(
      sql`update mentions set theme_id = null, machine_theme_id = null, waits = 'few' where theme_id = 'q-3'`,
    )
    const waiting = await read<ThemeMention[]>('/waiting-question/mentions?limit=3')
    expect(waiting).toHaveLength(3)
    await edit({ action: 'move', mention: placeOf(waiting[0]!), from: null, to: 'q-3' })
    expect(await table('kind=question&sort=label')).toEqual([3, 'q-2 8', 'q-1 16', 'q-3 1'])
    expect((await read<CatalogueCoverage>('/coverage')).kinds[0]).toEqual({
      kind: 'question',
      mentions: 32,
      assigned: 25,
      waiting: 7,
      // What a person placed no longer counts among them.
      few: 7,
      bare: 0,
      themes: 3,
      hidden: 0,
    })
  })

  it('says how much is in themes, also when there is nothing', async () => {
    const { edit, read } = await serve()
    await edit({ action: 'hide', theme: 'v-1', hidden: true })
    const counts = { assigned: 8, mentions: 8, waiting: 0, few: 0, bare: 0 }
    expect(await read<CatalogueCoverage>('/coverage')).toEqual({
      clients: 48,
      kinds: [
        { ...counts, kind: 'question', assigned: 32, mentions: 32, themes: 3, hidden: 0 },
        { ...counts, kind: 'value', themes: 0, hidden: 1 },
        { ...counts, kind: 'objection', themes: 1, hidden: 0 },
      ],
    })
    const empty = await serve({ facts: false })
    expect(await empty.table('kind=question&sort=growth')).toEqual([0])
    expect((await empty.read<CatalogueCoverage>('/coverage')).kinds.map(kind => kind.mentions)).toEqual([
      0, 0, 0,
    ])
  })

  it('logs every edit with its time and the names of themes', async () => {
    const { edit, undo, read } = await serve()
    await edit({ action: 'rename', theme: 'q-1', label: 'Входит ли монтаж' })
    await edit({ action: 'merge', themes: ['q-1', 'q-2'] })
    await undo(1)
    const log = await read<LoggedEdit[]>('/edits')
    expect(log.map(({ madeAt, ...line }) => line)).toEqual([
      {
        id: 2,
        edit: { action: 'merge', themes: ['q-1', 'q-2'] },
        undone: false,
        author: null,
        labels: { 'q-1': 'монтаж входит в цену?', 'q-2': 'можно ли в рассрочку' },
      },
      {
        id: 1,
        edit: { action: 'rename', theme: 'q-1', label: 'Входит ли монтаж' },
        undone: true,
        author: null,
        labels: { 'q-1': 'монтаж входит в цену?' },
      },
    ])
    expect(log[0]!.madeAt).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  })

  it('refuses what it can’t do, in the one shape of errors', async () => {
    const { ask, post, undo, edit } = await serve()
    const told = async (asked: Promise<Response>) => {
      const response = await asked
      const { error } = (await response.json()) as ErrorResponse
      return [response.status, error.code]
    }
    expect(await told(ask('/table'))).toEqual([422, 'bad_input'])
    expect(await told(ask('/table?kind=question&sort=luck'))).toEqual([422, 'bad_input'])
    expect(await told(ask('/table?kind=question&limit=501'))).toEqual([422, 'bad_input'])
    expect(await told(ask('/q-99'))).toEqual([404, 'not_found'])
    expect(await told(ask('/q-1%00/mentions'))).toEqual([404, 'not_found'])
    expect(await told(ask('/waiting-wish/mentions'))).toEqual([404, 'not_found'])
    expect(await told(post({ action: 'rename', theme: 'q-1', label: ' ' }))).toEqual([422, 'bad_input'])
    expect(await told(post({ action: 'merge', themes: ['q-1', 'q-99'] }))).toEqual([404, 'not_found'])
    expect(await told(post({ action: 'merge', themes: ['q-1', 'v-1'] }))).toEqual([422, 'bad_input'])
    expect(await told(ask('/edits', { method: 'POST', body: '{}' }))).toEqual([400, 'usage'])
    expect(await told(undo('x'))).toEqual([404, 'not_found'])
    expect(await told(undo(7))).toEqual([404, 'not_found'])
    await edit({ action: 'hide', theme: 'q-1', hidden: true })
    await undo(1)
    expect(await told(undo(1))).toEqual([409, 'conflict'])
  })

  it('keeps its numbers until the facts change, whoever changes them', async () => {
    const { database, table } = await serve()
    expect(await table('kind=question')).toEqual([3, 'q-1 16', 'q-2 8', 'q-3 8'])
    const asked: string[] = []
    const { reader } = database
    const read = reader.read.bind(reader)
    reader.read = (statement, options) => {
      asked.push(statement.strings.join('?'))
      return read(statement, options)
    }
    await table('kind=question&sort=label')
    expect(asked).toEqual([])
    await database.run(sql`update mentions set theme_id = 'q-2' where theme_id = 'q-3'`)
    expect(await table('kind=question')).toEqual([3, 'q-1 16', 'q-2 16', 'q-3 0'])
  })
})
