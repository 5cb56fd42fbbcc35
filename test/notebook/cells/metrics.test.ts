import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import metrics from '../../../server/notebook/cells/metrics.ts'
import { importFile } from '../../../server/sources/ingest.ts'
import {
  chartsOf,
  dealRow,
  findingOf,
  loadRows,
  notesOf,
  rowsOf,
  runCell,
  tilesOf,
  wonRow,
} from '../../support/cells.ts'
import { eachDatabase } from '../../support/databases.ts'
import { loadDemoRows, makeDemoRows } from '../../support/demo-rows.ts'

const MARCH: [string, string] = ['2026-03-01', '2026-03-31']
const spend = (id: string, day: string, cost: number, rest = {}) => ({
  row_id: id,
  day,
  source: 'vk',
  cost,
  currency: 'RUB',
  ...rest,
})

/** The demo is the same in both databases (test/metrics/demo.test.ts): its findings are read in one. */
eachDatabase('the metrics cell', (open, dialect) => {
  it.runIf(dialect === 'sqlite')(
    'tells the north star, how it grew, and shows each number’s formula with its figures',
    async () => {
      const { database } = await open()
      await loadDemoRows(database, makeDemoRows())
      const body = 'period: :period\nstar: revenue\nshow: [leads, revenue, cac, "conversion:mql:sql", cycle]'
      const result = await runCell(database, metrics, body, ['2026-08-03', '2026-10-31'])
      const { leads, revenue, cac, cycle, ...rest } = tilesOf(result)
      expect(findingOf(result)).toMatch(
        /^Выручка — \*\*[\d,]+ млн ₽\*\*: [+−]\d+ % к прошлому периоду\. Купили \d+ из \d+ лид/,
      )
      expect(revenue!.previous).toBeGreaterThan(0)
      // The demo begins in August of the year before: sales of that time lack those of earlier leads.
      expect([leads!.yearAgo! > 0, revenue!.yearAgo]).toEqual([true, null])
      expect(notesOf(result)).toContain('Данные начинаются 1 авг 2025: продаж по более ранним лидам')
      expect(leads!.definition).toContain('каждый клиент считается один раз')
      expect(cac!.definition).toMatch(
        /Расход ÷ новые клиенты: те, кто купил впервые\. \d+ \d{3} ₽ ÷ \d+\. Период: 3 авг 2026 – 31 окт 2026\. Источники: все\./,
      )
      expect(cycle!.definition).toContain('Средняя половина сделок — от')
      expect(rest['conversion:mql:sql']!.interval![0]).toBeLessThan(rest['conversion:mql:sql']!.value!)
      expect(rest['conversion:mql:sql']!.label).toBe('Конверсия: MQL → SQL')
      const [trend] = chartsOf(result)
      expect(trend!.title).toBe('Выручка')
      const values = (trend!.spec.data as { values: { series: string }[] }).values
      expect(new Set(values.map(value => value.series))).toEqual(new Set(['этот период', 'прошлый период']))
      const english = await runCell(database, metrics, body, ['2026-08-03', '2026-10-31'], { language: 'en' })
      expect(findingOf(english)).toMatch(/^Revenue \*\*₽[\d.]+m\*\*: [+−]\d+% on the period before/)
    },
  )

  it('says what is odd in the data and how it was counted', async () => {
    const { database } = await open()
    await loadRows(database, {
      deals: [
        wonRow('1', 'a', '2026-03-02', '2026-03-20', 1000, { source: 'vk' }),
        wonRow('2', 'a', '2026-03-21', '2026-03-21', -400, { source: 'vk' }),
        wonRow('3', 'b', '2026-03-05', '2026-03-01', 500, { source: 'vk' }),
        wonRow('4', 'c', '2026-03-06', '2026-03-10', null),
        dealRow('5', 'd', null),
      ],
      spend: [spend('1', '2026-03-02', 300), { row_id: '2', day: '2026-03-03', source: 'vk', clicks: 5 }],
    })
    const result = await runCell(
      database,
      metrics,
      'period: :period\nshow: [leads, won, revenue, check, cycle, clicks, cpc]',
      MARCH,
    )
    const tiles = tilesOf(result)
    expect(Object.fromEntries(Object.entries(tiles).map(([id, { value }]) => [id, value]))).toEqual({
      leads: 3,
      won: 3,
      // 1000 + 500 − 400: what was given back is off the revenue, and no purchase.
      revenue: 1100,
      check: 750,
      // Of 18, −4 and 4 days the backward one is left out.
      cycle: 11,
      clicks: 5,
      cpc: 60,
    })
    const notes = notesOf(result)
    expect(notes).toContain('Возвраты: 1 сделка; вычтены из выручки, покупками не считаются.')
    expect(notes).toContain('Выиграно раньше, чем создано: 1 сделка; в цикл сделки не входят')
    expect(notes).toContain('Выиграно без суммы: 1 сделка')
    expect(notes).toContain('Без источника 1 сделка (25 %)')
    expect(notes).toContain('Без даты создания 1 сделка: ни в какой период они не попадают.')
    expect(notes).toContain('Строк рекламы без суммы: 1')
  })

  it('never adds currencies without a rate, and does with one', async () => {
    const { database } = await open()
    await loadRows(database, {
      deals: [
        wonRow('1', 'a', '2026-03-02', '2026-03-20', 1000, { source: 'vk' }),
        wonRow('2', 'b', '2026-03-02', '2026-03-20', 30, { source: 'vk', currency: 'USD' }),
      ],
      spend: [spend('1', '2026-03-02', 100), spend('2', '2026-03-02', 7, { currency: 'EUR' })],
    })
    const body = 'period: :period\nshow: [revenue, spend, cac, romi, check]'
    const apart = await runCell(database, metrics, body, MARCH)
    const valuesOf = (result: Parameters<typeof tilesOf>[0]) =>
      Object.fromEntries(Object.entries(tilesOf(result)).map(([id, { value }]) => [id, value]))
    expect(valuesOf(apart)).toEqual({ revenue: 1000, spend: 100, cac: null, romi: null, check: 1000 })
    expect(notesOf(apart)).toContain('Не сложены с RUB, потому что курса нет: выручка 30 $; расход 7 €.')
    const together = await runCell(database, metrics, `${body}\nrates: { USD: 90, EUR: 100 }`, MARCH)
    expect(valuesOf(together)).toEqual({ revenue: 3700, spend: 800, cac: 400, romi: 2900 / 800, check: 1850 })
    expect(notesOf(together)).not.toContain('курса нет')
    expect(notesOf(together)).toContain('переведены в RUB по курсу: EUR — 100, USD — 90.')
    const settled = await runCell(database, metrics, body, MARCH, { rates: { USD: 90.5, EUR: 100 } })
    expect(valuesOf(settled)).toMatchObject({ revenue: 3715, spend: 800 })
    expect(notesOf(settled)).toContain('USD — 90,5.')
    const own = await runCell(database, metrics, `${body}\nrates: { USD: 100 }`, MARCH, {
      rates: { USD: 90 },
    })
    expect(valuesOf(own)).toMatchObject({ revenue: 4000, spend: 100 })
    const dollars = await open()
    await loadRows(dollars.database, {
      deals: [wonRow('1', 'a', '2026-03-02', '2026-03-20', 30, { currency: 'USD' })],
    })
    expect(tilesOf(await runCell(dollars.database, metrics, body, MARCH)).revenue).toMatchObject({
      value: 30,
      currency: 'USD',
    })
  })

  it('compares only with what the data cover', async () => {
    const { database } = await open()
    await loadRows(database, {
      deals: [
        wonRow('1', 'a', '2025-03-02', '2025-03-20', 500),
        wonRow('2', 'b', '2026-02-02', '2026-02-20', 1000),
        wonRow('3', 'c', '2026-03-02', '2026-03-20', 3000),
      ],
    })
    const body = 'period: :period\nshow: [leads, revenue]'
    const of = async (body: string, period: [string, string]) => {
      const result = await runCell(database, metrics, body, period)
      const { leads, revenue } = tilesOf(result)
      return {
        leads: [leads!.previous, leads!.yearAgo],
        revenue: [revenue!.previous, revenue!.yearAgo],
        note: notesOf(result),
      }
    }
    const march = await of(body, MARCH)
    expect([march.leads, march.revenue]).toEqual([
      [1, 1],
      [1000, null],
    ])
    expect(march.note).toContain('продажи того времени для сравнения не показаны')
    // By the day of the lead nothing is missing.
    expect((await of(`${body}\nview: cohort`, MARCH)).revenue).toEqual([1000, 500])
    const half = await of(body, ['2026-01-01', '2026-06-30'])
    expect(half.leads).toEqual([undefined, undefined])
    expect(half.note).toContain('Данные начинаются 2 мар 2025: более раннего времени в них почти нет')
  })

  it('shows a month with no data as zero, and a period with none in words', async () => {
    const { database } = await open()
    const empty = await runCell(database, metrics, 'period: :period', MARCH)
    expect(findingOf(empty)).toBe('За период не создано ни одной сделки.')
    expect(tilesOf(empty).spend!.value).toBeNull()
    await loadRows(database, {
      deals: [
        wonRow('1', 'a', '2025-11-02', '2025-11-20', 1000),
        wonRow('2', 'b', '2026-01-02', '2026-01-20', 2000),
        wonRow('3', 'c', '2026-03-02', '2026-03-20', 4000),
      ],
    })
    const body = 'period: :period\nstar: revenue\nshow: [revenue, conversion]'
    const result = await runCell(database, metrics, body, ['2025-11-01', '2026-03-31'])
    const trend = result.outputs.find(output => output.type === 'table')!
    expect(trend.type === 'table' && rowsOf(trend.table, 'span', 'revenue')).toEqual([
      ['2025-11', 1000],
      ['2025-12', 0],
      ['2026-01', 2000],
      ['2026-02', 0],
      ['2026-03', 4000],
    ])
    expect(tilesOf(result).revenue!.previous).toBeUndefined()
    const shares = await runCell(database, metrics, 'period: :period\nstar: conversion', [
      '2025-11-01',
      '2026-03-31',
    ])
    const course = shares.outputs.find(output => output.type === 'table')!
    expect(course.type === 'table' && rowsOf(course.table, 'conversion')).toEqual([
      [1],
      [null],
      [1],
      [null],
      [1],
    ])
  })

  it('counts a sale on its own day by calendar, on the lead’s day by cohort', async () => {
    const { database } = await open()
    await loadRows(database, {
      deals: [wonRow('1', 'a', '2026-02-20', '2026-03-05', 700), dealRow('2', 'b', '2026-03-01')],
    })
    const of = async (view: string) => {
      const { leads, won, revenue } = tilesOf(
        await runCell(
          database,
          metrics,
          `period: :period\nview: ${view}\nshow: [leads, won, revenue]`,
          MARCH,
        ),
      )
      return [leads!.value, won!.value, revenue!.value]
    }
    expect(await of('calendar')).toEqual([1, 1, 700])
    expect(await of('cohort')).toEqual([1, 0, 0])
  })

  it('a moment with a zone falls on the company’s day', async () => {
    const { database } = await open()
    const text =
      'ID;Этап;Дата создания;Бюджет;ID контакта\n1;Успешно реализовано;2026-03-31T22:30:00Z;100;7\n'
    const head = Buffer.from(text)
    await importFile(
      database,
      { name: 'deals.csv', head, size: head.length, open: () => Readable.from([head]) },
      { timeZone: 'Europe/Moscow', currency: 'RUB' },
    )
    const leads = async (period: [string, string]) =>
      tilesOf(await runCell(database, metrics, 'period: :period\nshow: [leads]', period)).leads!.value
    expect(await leads(MARCH)).toBe(0)
    expect(await leads(['2026-04-01', '2026-04-01'])).toBe(1)
  })

  it('refuses a metric that is not there, and says which are', async () => {
    const { database } = await open()
    await expect(runCell(database, metrics, 'period: :period\nshow: [profit]', MARCH)).rejects.toThrow(
      /There is no such metric.*leads/,
    )
    await expect(
      runCell(database, metrics, 'period: :period\nshow: ["conversion:won:leads"]', MARCH),
    ).rejects.toThrow(/no such metric/)
  })
})
