import { expect, it } from 'vitest'
import funnel from '../../../server/notebook/cells/funnel.ts'
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

const MARCH: [string, string] = ['2026-03-01', '2026-03-31']
const lost = (id: string, reason: string, rest = {}) =>
  dealRow(id, `c${id}`, '2026-03-05', { status: 'lost', loss_reason: reason, source: 'vk', ...rest })

/** The demo is the same in both databases (test/metrics/demo.test.ts): its findings are read in one. */
eachDatabase('the funnel cell', (open, dialect) => {
  it('follows leads from impression to a second purchase, and says where most are lost and whose step it is', async () => {
    const { database } = await open()
    await loadRows(database, {
      deals: [
        wonRow('1', 'a', '2026-03-02', '2026-03-20', 1000, { source: 'vk' }),
        wonRow('2', 'a', '2026-05-02', '2026-05-20', 1000),
        ...['3', '4', '5', '6'].map(id => lost(id, 'Недозвон')),
        lost('7', 'Спам'),
        lost('8', 'Дорого', { qualified_at: '2026-03-06 10:00:00' }),
        dealRow('9', 'o', '2026-03-06', { source: 'vk' }),
      ],
      deal_stages: [
        { client_id: 'a', deal_id: '1', n: 0, stage: 'Замер', entered_at: '2026-03-05 10:00:00' },
        { client_id: 'c8', deal_id: '8', n: 0, stage: 'Замер', entered_at: '2026-03-07 10:00:00' },
      ],
      visits: [
        {
          client_id: 'a',
          visit_id: '1',
          day: '2026-03-01',
          started_at: '2026-03-01 10:00:00',
          goals: 'Калькулятор, Звонок',
        },
        {
          client_id: 'a',
          visit_id: '2',
          day: '2026-03-02',
          started_at: '2026-03-02 10:00:00',
          goals: 'Звонок',
        },
      ],
      spend: [
        {
          row_id: '1',
          day: '2026-03-02',
          source: 'vk',
          cost: 10,
          currency: 'RUB',
          impressions: 1000,
          reach: 700,
          clicks: 20,
        },
        {
          row_id: '2',
          day: '2026-03-02',
          source: 'ya',
          cost: 10,
          currency: 'RUB',
          impressions: 1000,
          clicks: 30,
        },
      ],
    })
    const result = await runCell(database, funnel, 'period: :period\nstages: [Замер]\ngoals: 2', MARCH)
    expect(rowsOf(result.table, 'step', 'owner', 'count', 'lost', 'open')).toEqual([
      ['Показы', 'маркетинг', 2000, null, null],
      ['Охват', 'маркетинг', 700, null, null],
      ['Клики', 'маркетинг', 50, null, null],
      ['Визиты', 'маркетинг', 2, null, null],
      ['Звонок (цель)', 'маркетинг', 2, null, null],
      ['Калькулятор (цель)', 'маркетинг', 1, null, null],
      ['Лиды', 'маркетинг', 8, null, null],
      ['Целевые лиды (MQL)', 'маркетинг', 7, 1, 0],
      ['Приняты в продажи (SQL)', 'продажи', 2, 4, 1],
      ['Замер (этап)', 'продажи', 2, null, null],
      ['Купили', 'продажи', 1, 1, 0],
      ['Купили ещё раз', 'продажи', 1, null, null],
    ])
    // Reach is compared with the impressions that have it; eight leads are no share of two visits.
    const conversions = Object.fromEntries(
      rowsOf(result.table, 'step', 'conversion') as [string, number | null][],
    )
    expect(conversions).toMatchObject({
      Охват: 0.7,
      Клики: 0.025,
      Лиды: null,
      'Целевые лиды (MQL)': 7 / 8,
      'Замер (этап)': 2 / 8,
    })
    expect(findingOf(result)).toBe(
      'Больше всего клиентов теряется на шаге **MQL → SQL** (отвечает отдел продаж): 4 из 7, 57 %, чаще всего по причине «Недозвон». До покупки дошёл 1 из 8 лидов (13 %), ещё 1 в работе.',
    )
    expect(notesOf(result)).toContain('Охват сообщают не все площадки: с ним 50 % показов')
    const reasons = result.outputs.filter(output => output.type === 'table').at(-1)!
    expect(reasons.type === 'table' && reasons.table.rows).toEqual([
      ['Недозвон', 4, 'не приняты в продажи'],
      ['Дорого', 1, 'не куплено после SQL'],
      ['Спам', 1, 'нецелевые'],
    ])
  })

  it('shows cohorts beside the calendar', async () => {
    const { database } = await open()
    await loadRows(database, {
      deals: [
        wonRow('1', 'a', '2026-01-10', '2026-01-20', 100),
        wonRow('2', 'b', '2026-01-10', '2026-03-02', 200),
        dealRow('3', 'c', '2026-01-11', { status: 'lost' }),
        wonRow('4', 'd', '2026-03-01', '2026-03-03', 400),
      ],
    })
    const result = await runCell(database, funnel, 'period: :period\ncohorts: true', [
      '2026-01-01',
      '2026-03-31',
    ])
    const table = result.outputs.findLast(output => output.type === 'table')!
    expect(
      table.type === 'table' &&
        rowsOf(table.table, 'month', 'leads', 'won', 'revenue', 'sold_won', 'sold_revenue'),
    ).toEqual([
      ['2026-01', 3, 2, 300, 1, 100],
      ['2026-03', 1, 1, 400, 2, 600],
    ])
    const heat = chartsOf(result).at(-1)!
    const values = (heat.spec.data as { values: { month: string; age: string; share: number }[] }).values
    expect(values.filter(value => value.month.startsWith('янв')).map(value => value.share)).toEqual([
      1 / 3,
      1 / 3,
      2 / 3,
    ])
  })

  it.runIf(dialect === 'sqlite')(
    'on the demo finds the step and reason at which most deals are lost',
    async () => {
      const { database } = await open()
      await loadDemoRows(database, makeDemoRows())
      const result = await runCell(database, funnel, 'period: :period', ['2025-11-01', '2026-10-31'])
      expect(findingOf(result)).toMatch(
        /^Больше всего клиентов теряется на шаге \*\*SQL → покупка\*\* \(отвечает отдел продаж\): \d+ из \d+, \d+ %, чаще всего по причине «Дорого»/,
      )
      const handover = chartsOf(result).find(chart => chart.title === 'MQL → SQL по источникам')!
      const differing = (
        handover.spec.data as { values: { source: string; differs: number }[] }
      ).values.filter(value => value.differs === 1)
      expect(differing.map(value => value.source)).toEqual(expect.arrayContaining(['vk', 'листовки']))
    },
  )

  it('says so where there is nothing', async () => {
    const { database } = await open()
    expect(findingOf(await runCell(database, funnel, 'period: :period', MARCH))).toBe(
      'За период не создано ни одной сделки.',
    )
  })
})
