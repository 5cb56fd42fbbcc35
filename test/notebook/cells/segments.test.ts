import { expect, it } from 'vitest'
import segments from '../../../server/notebook/cells/segments.ts'
import {
  chartsOf,
  dealRow,
  findingOf,
  loadRows,
  notesOf,
  rowsOf,
  runCell,
  wonRow,
} from '../../support/cells.ts'
import { eachDatabase } from '../../support/databases.ts'
import { loadDemoRows, makeDemoRows } from '../../support/demo-rows.ts'

const YEAR: [string, string] = ['2025-11-01', '2026-10-31']
const MARCH: [string, string] = ['2026-03-01', '2026-03-31']

/** The demo is the same in both databases (test/metrics/demo.test.ts): its findings are read in one. */
eachDatabase('the segments cell', (open, dialect) => {
  it.runIf(dialect === 'sqlite')('puts the planted effects of the demo first', async () => {
    const { database } = await open()
    await loadDemoRows(database, makeDemoRows())
    const find = async (by: string, language: 'ru' | 'en' = 'ru') =>
      findingOf(await runCell(database, segments, `by: ${by}\nperiod: :period`, YEAR, { language }))
    expect(await find('source')).toMatch(
      /^\*\*vk\*\* — дешёвый вход, но дорогой клиент: лид [\d ]+ ₽, а CAC [\d ]+ ₽, (?:вдвое|в [\d,]+ раза?) выше, чем у остальных\. \*\*Листовки\*\* — обращения есть, продаж почти нет/,
    )
    expect(await find('source', 'en')).toMatch(
      /^\*\*vk\*\*: cheap leads, costly clients: a lead costs ₽[\d,]+, but CAC is ₽[\d,]+, (?:[\d.]+ times|twice|three times) that of the others/,
    )
    expect(await find('city')).toMatch(
      /^\*\*Казань\*\* — средний чек (?:вдвое|в [\d,]+ раза?|на \d+ %) выше, чем у остальных/,
    )
    expect(await find('manager')).toContain('**Анна Белова** — покупают чаще остальных')
    const crossed = await runCell(
      database,
      segments,
      'by: [profile, source]\nperiod: :period\nlimit: 6',
      YEAR,
    )
    expect(findingOf(crossed)).toMatch(/^\*\*Новостройка · vk\*\*/)
    const [heat] = chartsOf(crossed)
    const cells = (
      heat!.spec.data as { values: { row: string; column: string; opacity: number; n: string }[] }
    ).values
    expect(new Set(cells.map(cell => cell.row)).size).toBeLessThanOrEqual(6)
    expect(cells.some(cell => cell.opacity < 1)).toBe(true)
  })

  it('says that nothing differs, and marks nothing, where chance explains it all', async () => {
    const { database } = await open()
    const deals = ['Тула', 'Орёл', 'Калуга'].flatMap((city, c) =>
      Array.from({ length: 60 }, (_, i) => {
        const client = `${city}${i}`
        return i % 5 === c % 5
          ? wonRow(`${c}-${i}`, client, '2026-03-05', '2026-03-20', 1000 + (i % 7))
          : dealRow(`${c}-${i}`, client, '2026-03-05', { status: 'lost' })
      }),
    )
    await loadRows(database, {
      clients: deals.map((deal, i) => ({
        client_id: deal.client_id!,
        alias: i + 1,
        city: deal.client_id!.replace(/\d+/, ''),
      })),
      deals,
    })
    const result = await runCell(database, segments, 'by: city\nperiod: :period', MARCH)
    expect(findingOf(result)).toBe(
      'Заметных различий нет: разница в конверсии, чеке и CAC не больше той, что даёт случай.',
    )
    expect(rowsOf(result.table, 'segment', 'leads', 'won', 'differs')).toEqual([
      ['Калуга', 60, 12, null],
      ['Орёл', 60, 12, null],
      ['Тула', 60, 12, null],
    ])
    expect(notesOf(result)).toContain('Расход за период не загружен')
  })

  it('greys little data instead of hiding it, and names what is not given', async () => {
    const { database } = await open()
    await loadRows(database, {
      deals: [
        ...Array.from({ length: 40 }, (_, i) => dealRow(`v${i}`, `v${i}`, '2026-03-05', { source: 'vk' })),
        ...Array.from({ length: 3 }, (_, i) => dealRow(`n${i}`, `n${i}`, '2026-03-05')),
      ],
    })
    const result = await runCell(database, segments, 'by: source\nperiod: :period', MARCH)
    expect(findingOf(result)).toBe('Сравнивать нечего: данных хватает меньше чем на два сегмента.')
    expect(rowsOf(result.table, 'segment', 'leads')).toEqual([
      ['vk', 40],
      ['не указано', 3],
    ])
    expect(result.outputs.find(output => output.type === 'table')).toMatchObject({ small: [1] })
    expect(notesOf(result)).toContain('Серым — сегменты, где меньше 30 лидов')
    expect(notesOf(result)).toContain('Ещё в работе 100 % лидов периода')
  })

  it('shows spend that no deal answers for in a row of its own, and says where to look', async () => {
    const { database } = await open()
    await loadRows(database, {
      deals: [wonRow('1', 'a', '2026-03-05', '2026-03-20', 900, { source: 'vk' })],
      spend: [
        { row_id: '1', day: '2026-03-05', source: 'vk', cost: 100.01, currency: 'RUB' },
        { row_id: '2', day: '2026-03-05', source: 'yandex.direct', cost: 50.5, currency: 'RUB' },
      ],
    })
    const result = await runCell(database, segments, 'by: source\nperiod: :period', MARCH)
    expect(rowsOf(result.table, 'segment', 'cost')).toEqual([
      ['vk', 100.01],
      ['не отнесено', 50.5],
    ])
    expect(notesOf(result)).toContain(
      'Не отнесено ни к одной сделке 50,5 ₽ из 151 ₽: у расхода «yandex.direct» нет лидов с тем же источником.',
    )
  })

  it('a client in several segments counts in each; of two cities the later import’s stands', async () => {
    const { database } = await open()
    await loadRows(database, {
      clients: [{ client_id: 'a', alias: 1, city: 'Тула' }],
      deals: [
        wonRow('1', 'a', '2026-03-05', '2026-03-20', 900, { product: 'окна' }),
        dealRow('2', 'a', '2026-03-08', { product: 'двери' }),
        dealRow('3', 'a', '2026-03-09', { product: 'двери' }),
      ],
      deal_tags: [
        { client_id: 'a', deal_id: '1', tag: 'срочно' },
        { client_id: 'a', deal_id: '1', tag: 'замер' },
      ],
      spend: [{ row_id: '1', day: '2026-03-05', source: 'vk', cost: 10, currency: 'RUB' }],
    })
    const of = async (by: string) =>
      rowsOf(
        (await runCell(database, segments, `by: ${by}\nperiod: :period`, MARCH)).table,
        'segment',
        'leads',
        'won',
      )
    expect((await of('product')).slice(0, 2)).toEqual([
      ['двери', 1, 0],
      ['окна', 1, 1],
    ])
    expect((await of('city'))[0]).toEqual(['Тула', 1, 1])
    const tags = await runCell(database, segments, 'by: tag\nperiod: :period', MARCH)
    expect(rowsOf(tags.table, 'segment', 'leads').slice(0, 3)).toEqual([
      ['замер', 1],
      ['срочно', 1],
      ['без тега', 1],
    ])
    expect(notesOf(tags)).toContain('Сделка может входить в несколько сегментов')
    await loadRows(database, { clients: [{ client_id: 'a', alias: 1, city: 'Орёл' }] })
    expect((await of('city'))[0]).toEqual(['Орёл', 1, 1])
  })

  it('shares spend by the last touch, the first, or all visits alike', async () => {
    const { database } = await open()
    const visit = (id: string, client: string, day: string, source: string) => ({
      client_id: client,
      visit_id: id,
      started_at: `${day} 08:00:00`,
      day,
      source,
    })
    await loadRows(database, {
      clients: [
        { client_id: 'a', alias: 1, city: 'Тула' },
        { client_id: 'b', alias: 2, city: 'Орёл' },
      ],
      deals: [
        dealRow('1', 'a', '2026-03-10', { source: 'vk' }),
        dealRow('2', 'b', '2026-03-10', { source: 'vk' }),
      ],
      visits: [
        visit('1', 'a', '2026-03-01', 'yandex'),
        visit('2', 'a', '2026-03-10', 'vk'),
        visit('3', 'a', '2026-03-20', 'late'),
      ],
      spend: [
        { row_id: '1', day: '2026-03-10', source: 'vk', cost: 90, currency: 'RUB' },
        { row_id: '2', day: '2026-03-01', source: 'yandex', cost: 40, currency: 'RUB' },
      ],
    })
    const costs = async (touch: string) =>
      Object.fromEntries(
        rowsOf(
          (await runCell(database, segments, `by: city\nperiod: :period\ntouch: ${touch}`, MARCH)).table,
          'segment',
          'cost',
        ) as [string, number][],
      )
    expect(await costs('last')).toEqual({ Тула: 45, Орёл: 45, 'не отнесено': 40 })
    // The first visit of Tula's client was from yandex; Oryol's client has no visit and keeps its own mark.
    expect(await costs('first')).toEqual({ Тула: 40, Орёл: 90 })
    // Half a touch of vk against a whole one.
    expect(await costs('linear')).toEqual({ Тула: 70, Орёл: 60 })
  })

  it('refuses a field that is not there, and says which are', async () => {
    const { database } = await open()
    await expect(runCell(database, segments, 'by: shoe size\nperiod: :period', MARCH)).rejects.toMatchObject({
      message: 'by: there is no field “shoe size”',
      hint: expect.stringContaining('attribute:NAME'),
    })
  })
})
