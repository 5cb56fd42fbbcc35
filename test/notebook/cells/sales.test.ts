import { expect, it } from 'vitest'
import sales from '../../../server/notebook/cells/sales.ts'
import {
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

const talk = (id: string, client: string, at: string, rest = {}) => ({
  client_id: client,
  conversation_id: id,
  kind: 'call',
  direction: 'in',
  started_at: at,
  day: at.slice(0, 10),
  is_missed: 0,
  revision: 1,
  ...rest,
})

/** The demo is the same in both databases (test/metrics/demo.test.ts): its findings are read in one. */
eachDatabase('the sales cell', (open, dialect) => {
  it.runIf(dialect === 'sqlite')(
    'names the strong manager of the demo and the one who sells least',
    async () => {
      const { database } = await open()
      await loadDemoRows(database, makeDemoRows())
      const result = await runCell(database, sales, 'period: :period', ['2025-11-01', '2026-10-31'])
      expect(findingOf(result)).toMatch(
        /План по выручке выполнен на \*\*\d+ %\*\*.* Лучше всех продаёт \*\*Анна Белова\*\*: конверсия \d+ % против \d+ % у остальных/,
      )
      expect(findingOf(result)).toMatch(/Пропущено \d+ звонк/)
      const english = await runCell(database, sales, 'period: :period', ['2025-11-01', '2026-10-31'], {
        language: 'en',
      })
      expect(findingOf(english)).toContain('**Анна Белова** sells best')
    },
  )

  it('carries the month on at its pace, against the plan of the whole company or of its managers', async () => {
    const { database } = await open()
    await loadRows(database, {
      deals: [
        wonRow('1', 'a', '2026-02-02', '2026-02-20', 900, { manager: 'Анна' }),
        wonRow('2', 'b', '2026-03-02', '2026-03-05', 600, { manager: 'Анна' }),
        wonRow('3', 'c', '2026-02-02', '2026-03-08', 400, { manager: 'Игорь' }),
        dealRow('4', 'd', '2026-03-03', { manager: 'Игорь' }),
      ],
      targets: [
        { month: '2026-02', manager: '', metric: 'revenue', value: 1000 },
        { month: '2026-02', manager: 'Анна', metric: 'revenue', value: 700 },
        { month: '2026-03', manager: 'Анна', metric: 'revenue', value: 2000 },
        { month: '2026-03', manager: 'Игорь', metric: 'revenue', value: 2000 },
        { month: '2026-04', manager: '', metric: 'revenue', value: 9000 },
      ],
    })
    const result = await runCell(database, sales, 'period: :period', ['2026-02-01', '2026-04-30'], {
      today: '2026-03-10',
    })
    const plan = result.outputs.find(output => output.type === 'table')!
    expect(plan.type === 'table' && rowsOf(plan.table, 'month', 'plan', 'fact', 'forecast')).toEqual([
      ['2026-02', 1000, 900, 900],
      // 1000 in ten days of thirty-one.
      ['2026-03', 4000, 1000, 3100],
    ])
    expect(findingOf(result)).toContain(
      'мар 2026: продано на **1000 ₽** из 4000 ₽ по плану; таким темпом месяц закроется на 3100 ₽ (78 % плана).',
    )
    expect(tilesOf(result).forecast!.value).toBe(3100)
    expect(tilesOf(result).plan!.value).toBe(1900 / 5000)
    expect(rowsOf(result.table, 'manager', 'plan', 'done')).toEqual([
      ['Анна', 2700, 1500 / 2700],
      ['Игорь', 2000, 400 / 2000],
    ])
  })

  it('counts calls missed and lost, and how long others waited for a talk', async () => {
    const { database } = await open()
    await loadRows(database, {
      deals: [
        dealRow('1', 'a', '2026-03-02'),
        dealRow('2', 'b', '2026-03-02'),
        dealRow('3', 'c', '2026-03-02'),
        dealRow('4', 'd', '2026-03-02'),
      ],
      conversations: [
        talk('1', 'a', '2026-03-02 10:00:00', { wait_s: 8 }),
        talk('2', 'b', '2026-03-02 10:00:00', { is_missed: 1 }),
        talk('3', 'b', '2026-03-02 11:30:00', { direction: 'out' }),
        talk('4', 'c', '2026-03-02 10:00:00', { is_missed: 1 }),
        talk('5', 'd', '2026-03-02 10:00:00', { kind: 'form' }),
        talk('6', 'd', '2026-03-02 12:30:00', { direction: 'out' }),
      ],
    })
    const result = await runCell(database, sales, 'period: :period', ['2026-03-01', '2026-03-31'])
    const { missed, lost, wait, new_leads: fresh } = tilesOf(result)
    expect([missed!.value, lost!.value, wait!.value, wait!.n, fresh!.value]).toEqual([2, 1, 2, 2, 4])
    expect(wait!.label).toBe('Ожидание первого разговора, ч')
    expect(wait!.definition).toContain('Ещё не поговорили с 1 из 4 обратившихся.')
    expect(findingOf(result)).toContain('Пропущено 2 звонка, из них 1 потерян')
    expect(findingOf(result)).toContain('ждали разговора 2 ч (медиана)')
    expect(notesOf(result)).toContain('План на эти месяцы не загружен.')
  })
})
