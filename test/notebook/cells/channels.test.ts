import { expect, it } from 'vitest'
import channels from '../../../server/notebook/cells/channels.ts'
import { findingOf, loadRows, notesOf, rowsOf, runCell, wonRow } from '../../support/cells.ts'
import { eachDatabase } from '../../support/databases.ts'
import { loadDemoRows, makeDemoRows } from '../../support/demo-rows.ts'

const YEAR: [string, string] = ['2025-11-01', '2026-10-31']
const MARCH: [string, string] = ['2026-03-01', '2026-03-31']

/** The demo is the same in both databases (test/metrics/demo.test.ts): its findings are read in one. */
eachDatabase('the channels cell', (open, dialect) => {
  it.runIf(dialect === 'sqlite')(
    'names the channel that is cheap to enter and dear to win, the one without sales, and when spend pays back',
    async () => {
      const { database } = await open()
      await loadDemoRows(database, makeDemoRows())
      const result = await runCell(database, channels, 'period: :period', YEAR)
      expect(findingOf(result)).toMatch(
        /^\*\*vk\*\* — дешёвый вход.* \*\*Листовки\*\* — обращения есть, продаж почти нет: .*Расход окупается за \d+–\d+ д/,
      )
      const rows = rowsOf(result.table, 'channel', 'contacts', 'leads', 'payback') as [
        string,
        number,
        number,
        number | null,
      ][]
      const of = (name: string) => rows.find(row => row[0] === name)!
      expect(of('листовки')[1]).toBeGreaterThan(80)
      expect(of('yandex')[3]).toBeGreaterThan(0)
      expect(of('organic')[3]).toBeNull()
      const english = await runCell(database, channels, 'by: contact\nperiod: :period', YEAR, {
        language: 'en',
      })
      expect(new Set(rowsOf(english.table, 'channel').flat())).toEqual(new Set(['call', 'chat', 'form']))
    },
  )

  it('pays back on the day when revenue, times the margin, has covered the cost', async () => {
    const { database } = await open()
    await loadRows(database, {
      deals: [
        wonRow('1', 'a', '2026-03-02', '2026-03-05', 100, { source: 'vk' }),
        wonRow('2', 'b', '2026-03-02', '2026-03-12', 300, { source: 'vk' }),
        wonRow('3', 'c', '2026-03-02', '2026-03-31', 300, { source: 'vk' }),
        wonRow('4', 'd', '2026-03-02', '2026-03-04', 10, { source: 'ok' }),
      ],
      spend: [
        { row_id: '1', day: '2026-03-02', source: 'vk', cost: 150, currency: 'RUB' },
        { row_id: '2', day: '2026-03-02', source: 'ok', cost: 150, currency: 'RUB' },
      ],
    })
    const payback = async (margin: string) => {
      const result = await runCell(database, channels, `period: :period${margin}`, MARCH)
      return {
        rows: Object.fromEntries(rowsOf(result.table, 'channel', 'payback') as [string, number | null][]),
        note: notesOf(result),
      }
    }
    expect((await payback('')).rows).toEqual({ vk: 10, ok: null })
    const half = await payback('\nmargin: 0.3')
    expect(half.rows).toEqual({ vk: 29, ok: null })
    expect(half.note).toContain('на рекламу работает 30 % выручки')
  })
})
