import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raw } from '../../server/store/sql.ts'
import { freshDatabases } from '../support/databases.ts'
import { dump, runImport } from './run-import.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verbatim-options-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, ...lines: string[]): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `${lines.join('\n')}\n`)
  return path
}

describe('the import command', () => {
  const open = freshDatabases('sqlite')

  it('keeps each row that it refuses with file, line, reason and raw text, and its counts add up', async () => {
    const { database, settings } = await open()
    const path = await file(
      'mixed.csv',
      'ID;Этап;Бюджет;Дата создания',
      '1;Замер;100;01.03.2026',
      '2;Замер;100;31.02.2026',
      '3;Замер;1,234;01.03.2026',
      ';Замер;5;01.03.2026',
      '5;Замер',
      '6;"Замер;5;01.03.2026',
      '7;Замер;;02.03.2026',
      'ID;Этап;Бюджет;Дата создания',
      'Итого;;1 234;',
      '1;Замер;100;01.03.2026',
    )
    const { code, summaries } = await runImport(settings, path)
    expect(code).toBe(0)
    const [summary] = summaries
    expect(summary).toMatchObject({
      rowsRead: 8,
      rowsNew: 2,
      rowsChanged: 0,
      rowsUnchanged: 1,
      rowsRejected: 5,
    })
    expect(summary!.notes).toEqual(['Rows of totals passed over: 1', 'Repeated headers passed over: 1'])
    const rejects = [
      [3, '“31.02.2026” is not a date that exists (column “Дата создания”)', '2; Замер; 100; 31.02.2026'],
      [
        4,
        '“1,234” is not a sum that can be read in one way (column “Бюджет”)',
        '3; Замер; 1,234; 01.03.2026',
      ],
      [5, "nothing in “ID”, which a row can't do without", '; Замер; 5; 01.03.2026'],
      [6, 'the row has 2 columns, its header 4', '5; Замер'],
      [7, 'a quote is opened and never closed', '6;"Замер;5;01.03.2026'],
    ]
    const found = () =>
      database.query<{ source: string; line: number; reason: string; raw: string }>(
        raw('select source, line, reason, raw from rejects order by line'),
      )
    expect((await found()).map(row => [row.line, row.reason, row.raw])).toEqual(rejects)
    expect((await found()).every(row => row.source === 'mixed.csv')).toBe(true)
    await runImport(settings, path)
    expect(await found()).toHaveLength(5)
    expect(
      await database.query(raw('select rows_read, rows_new, rows_rejected from imports order by import_id')),
    ).toEqual([
      { rows_read: 8, rows_new: 2, rows_rejected: 5 },
      { rows_read: 8, rows_new: 0, rows_rejected: 5 },
    ])
  })

  it('columns that no field knows become attributes, and so does what another column stood before', async () => {
    const { database, settings } = await open()
    const path = await file(
      'unknown.csv',
      'ID;Этап;ID контакта;Источник;utm_source;Цвет рамы;Кто привёл;Пусто',
      '1;Замер;5;Сайт;yandex;белый;сосед;',
    )
    await runImport(settings, path)
    expect(await database.query(raw('select name, value from client_attributes order by name'))).toEqual([
      { name: 'Источник', value: 'Сайт' },
      { name: 'Кто привёл', value: 'сосед' },
      { name: 'Цвет рамы', value: 'белый' },
    ])
    expect(await database.query(raw('select source from deals'))).toEqual([{ source: 'yandex' }])
  })

  it('--dry-run says what would change and leaves nothing', async () => {
    const { database, settings } = await open()
    const path = await file('dry.csv', 'ID;Этап;Бюджет', '1;Замер;100', '2;Замер;200', '3;Замер;x')
    const dry = await runImport(settings, path, '--dry-run')
    expect(dry.summaries).toMatchObject([
      {
        kind: 'deals',
        rowsRead: 3,
        rowsNew: 2,
        rowsRejected: 1,
        rejects: [{ line: 4 }],
        preview: [
          { deal_id: 'crm:1', amount: 100 },
          { deal_id: 'crm:2', amount: 200 },
        ],
        mapping: [{ field: 'deal_id' }, { field: 'stage' }, { field: 'amount' }],
      },
    ])
    expect(await dump(database)).toEqual({})
    expect(await database.query(raw('select count(*) as n from imports'))).toEqual([{ n: 0 }])
    await runImport(settings, path)
    const later = await file('dry2.csv', 'ID;Этап;Бюджет', '1;Замер;100', '2;Замер;250', '4;Замер;1')
    expect((await runImport(settings, later, '--dry-run')).summaries).toMatchObject([
      { rowsRead: 3, rowsNew: 1, rowsChanged: 1, rowsUnchanged: 1 },
    ])
    const spend = await file('dry3.csv', 'Дата;Кампания;Расход', '01.03.2026;a;1,5', '01.03.2026;a;1,5')
    expect((await runImport(settings, spend, '--dry-run')).summaries).toMatchObject([
      { rowsRead: 2, rowsNew: 1 },
    ])
    expect(await database.query(raw('select count(*) as n from spend'))).toEqual([{ n: 0 }])
  })

  it('--as and --map read what is called otherwise; a slip in them is said', async () => {
    const { database, settings } = await open()
    const path = await file('odd.csv', 'Когда;Сколько;Где', '01.03.2026;12,5;вывеска')
    const unknown = await runImport(settings, path)
    expect(unknown).toMatchObject({ code: 1, out: '' })
    expect(unknown.err).toBe(
      "odd.csv: the columns don't look like anything known: Когда, Сколько, Где — Say what the rows are with --as (deals, clients, spend, conversations, visits, targets, pages) and name columns with --map COLUMN=FIELD.\n",
    )
    const maps = ['--map', 'Когда=day', '--map', 'Сколько=cost', '--map', 'где=campaign']
    expect((await runImport(settings, path, '--as', 'spend', ...maps)).summaries).toMatchObject([
      { rowsNew: 1 },
    ])
    expect(await database.query(raw('select day, cost, campaign from spend'))).toEqual([
      { day: '2026-03-01', cost: 12.5, campaign: 'вывеска' },
    ])
    const slips: [number, RegExp, string[]][] = [
      [2, /--as cats: one of deals/, ['--as', 'cats']],
      [2, /spend have no field “price” — Fields: source/, ['--as', 'spend', '--map', 'Сколько=price']],
      [2, /no kind of data has the fields price_of_tea/, ['--map', 'Сколько=price_of_tea']],
      [2, /write NAME=VALUE/, ['--map', 'Сколько']],
      [
        1,
        /odd.csv has no column “Почём” that --map names — Its columns: Когда, Сколько, Где/,
        ['--as', 'spend', ...maps, '--map', 'Почём=clicks'],
      ],
    ]
    for (const [code, message, args] of slips) {
      const ran = await runImport(settings, path, ...args)
      expect([ran.code, ran.out]).toEqual([code, ''])
      expect(ran.err).toMatch(message)
    }
  })

  it('--system names whose ids a file’s are, --speaker who speaks', async () => {
    const { database, settings } = await open()
    const path = await file('talk.txt', '[00:01] Вера: алло', '[00:03] Пётр: сколько стоит окно')
    const { summaries } = await runImport(
      settings,
      path,
      '--speaker',
      'Вера=agent',
      '--speaker',
      'Пётр=client',
    )
    expect(summaries[0]!.notes).toEqual([])
    expect(await database.query(raw('select speaker from utterances order by n'))).toEqual([
      { speaker: 'agent' },
      { speaker: 'client' },
    ])
    await runImport(settings, await file('sys.csv', 'ID;Этап', '1;Замер'), '--system', 'bitrix')
    expect(await database.query(raw('select deal_id from deals'))).toEqual([{ deal_id: 'bitrix:1' }])
  })

  it('of several files a bad one does not keep the others out', async () => {
    const { database, settings } = await open()
    const good = await file('good.csv', 'ID;Этап', '1;Замер')
    const bad = await file('bad.csv', '')
    const { code, err, summaries } = await runImport(settings, bad, good, join(folder, 'none.csv'))
    expect([code, summaries.length]).toEqual([1, 1])
    expect(err.split('\n').map(line => line.replace(folder, ''))).toEqual([
      'bad.csv is empty — Export it again.',
      '/none.csv: there is no such file',
      '2 of 3 files were not taken',
      '',
    ])
    expect(await database.query(raw('select count(*) as n from deals'))).toEqual([{ n: 1 }])
  })

  it('a file larger than a thread’s share is imported in one, and tells the same', async () => {
    const { database, settings } = await open()
    const text = 'а подскажите сколько стоит окно '.repeat(700)
    const lines = Array.from({ length: 1000 }, (_, i) => `${i};клиент;${text}`)
    const path = await file('large.csv', 'id звонка;кто;текст', ...lines)
    expect((await runImport(settings, path)).summaries).toMatchObject([{ rowsRead: 1000, rowsNew: 1000 }])
    expect(await database.query(raw('select count(*) as n from utterances'))).toEqual([{ n: 1000 }])
    expect((await runImport(settings, path, '--map', 'x=y')).code).toBe(2)
  })
})
