import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { raw } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'
import { runImport } from './run-import.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verbatim-spend-'))
})
afterAll(() => rm(folder, { recursive: true }))

const HEADER = 'Дата;Источник;Кампания;Площадка;Показы;Клики;Расход'
async function file(name: string, rows: string[], header = HEADER): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `${header}\n${rows.join('\n')}\n`)
  return path
}
const COSTS = raw(
  'select day, source, campaign, impressions, clicks, cost from spend order by day, source, campaign',
)

eachDatabase('spend', open => {
  it('rows that differ only in a column not kept are summed to the kopeck', async () => {
    const { database, settings } = await open()
    const path = await file('sum.csv', [
      '01.03.2026;yandex;поиск;сайт 1;100;3;0,10',
      '01.03.2026;yandex;поиск;сайт 2;50;;0,20',
      '01.03.2026;yandex;поиск;сайт 3;;1;',
    ])
    const { summaries } = await runImport(settings, path)
    expect(summaries).toMatchObject([{ rowsRead: 3, rowsNew: 1, rowsUnchanged: 2 }])
    expect(summaries[0]!.notes).toEqual(['Rows that differ only in columns not kept, summed: 2'])
    expect(await database.query(COSTS)).toEqual([
      { day: '2026-03-01', source: 'yandex', campaign: 'поиск', impressions: 150, clicks: 4, cost: 0.3 },
    ])
  })

  it('a later export stands in the place of the days that it covers, for its source alone', async () => {
    const { database, settings } = await open()
    await runImport(
      settings,
      await file('march.csv', [
        '01.03.2026;yandex;поиск;;10;1;100',
        '02.03.2026;yandex;поиск;;10;1;100',
        '02.03.2026;yandex;сети;;10;1;50',
        '02.03.2026;vk;ремонт;;10;1;70',
        '03.03.2026;yandex;поиск;;10;1;100',
      ]),
    )
    const later = await file('march-2.csv', [
      '02.03.2026;yandex;поиск;;12;2;110,5',
      '02.03.2026;yandex;бренд;;1;1;5',
      '03.03.2026;yandex;поиск;;10;1;100',
    ])
    const { summaries } = await runImport(settings, later)
    expect(summaries).toMatchObject([{ rowsRead: 3, rowsNew: 1, rowsChanged: 1, rowsUnchanged: 1 }])
    expect(summaries[0]!.notes).toContain('Rows of an earlier export of these days, replaced: 1')
    expect(
      (await database.query<{ day: string; source: string; campaign: string; cost: number }>(COSTS)).map(
        row => `${row.day} ${row.source} ${row.campaign} ${row.cost}`,
      ),
    ).toEqual([
      '2026-03-01 yandex поиск 100',
      '2026-03-02 vk ремонт 70',
      '2026-03-02 yandex бренд 5',
      '2026-03-02 yandex поиск 110.5',
      '2026-03-03 yandex поиск 100',
    ])
  })

  it('a file of many batches is summed over all of them and leaves nothing aside', async () => {
    const { database, settings } = await open()
    const rows = Array.from(
      { length: 3000 },
      (_, i) => `0${1 + (i % 9)}.03.2026;yandex;к${i % 100};п${i};1;1;1,01`,
    )
    const { summaries } = await runImport(settings, await file('large.csv', rows))
    expect(summaries).toMatchObject([{ rowsRead: 3000, rowsNew: 900, rowsUnchanged: 2100 }])
    expect(
      await database.query(
        raw('select count(*) as n, sum(clicks) as clicks, round(sum(cost)) as cost from spend'),
      ),
    ).toEqual([{ n: 900, clicks: 3000, cost: 3030 }])
    expect(await database.query(raw('select count(*) as n from app.spend_staging'))).toEqual([{ n: 0 }])
    const again = await runImport(settings, await file('large.csv', rows))
    expect(again.summaries).toMatchObject([{ rowsNew: 0, rowsChanged: 0, rowsUnchanged: 3000 }])
  })

  it('money in millionths, another currency, and totals below are read for what they are', async () => {
    const { database, settings } = await open()
    const micros = await file(
      'report.tsv',
      ['2026-03-01\tпоиск\t10\t1\t12340000', '2026-03-02\tпоиск\t10\t1\t990000', 'Total rows: 2'],
      'Date\tCampaignName\tImpressions\tClicks\tCost',
    )
    expect((await runImport(settings, micros)).summaries).toMatchObject([{ rowsRead: 2, rowsNew: 2 }])
    const whole = await file(
      'report-2.tsv',
      ['2026-03-03\tпоиск\t10\t1\t12.34'],
      'Date\tCampaignName\tImpressions\tClicks\tCost',
    )
    await runImport(settings, whole)
    const dollars = await file('usd.csv', ['2026-03-04,x,$1,5'], 'Day,Campaign,Cost,Clicks')
    await runImport(settings, dollars)
    expect(await database.query(raw('select day, cost, currency from spend order by day'))).toEqual([
      { day: '2026-03-01', cost: 12.34, currency: 'RUB' },
      { day: '2026-03-02', cost: 0.99, currency: 'RUB' },
      { day: '2026-03-03', cost: 12.34, currency: 'RUB' },
      { day: '2026-03-04', cost: 1, currency: 'USD' },
    ])
  })
})
