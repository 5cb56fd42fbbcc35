import { expect, it } from 'vitest'
import { buildBlocks, decode } from '../../server/store/blocks.ts'
import { raw } from '../../server/store/sql.ts'
import { dealRow, loadRows, wonRow } from '../support/cells.ts'
import { eachDatabase } from '../support/databases.ts'

eachDatabase('blocks', (open, dialect) => {
  it.runIf(dialect === 'sqlite')(
    'hold what the rows say; whatever changes a row marks its month',
    async () => {
      const { database } = await open()
      const marked = async () =>
        (
          await database.query<{ month: string }>(
            raw("select month from blocks where name = '' order by month"),
          )
        ).map(row => row.month)
      await loadRows(database, {
        deals: [
          wonRow('1', 'a', '2026-03-01', '2026-03-05', 100.5),
          dealRow('2', 'b', '2026-03-02'),
          dealRow('3', 'b', '2026-04-02'),
          dealRow('4', 'c', null),
        ],
      })
      expect(await marked()).toEqual([])
      const read = async (month: string, name: string) => {
        const [row] = await database.query<{ body: string }>(
          raw(
            `select body from blocks where table_name = 'deals' and month = '${month}' and name = '${name}'`,
          ),
        )
        const { values, places, size } = decode(row!.body)
        return Array.from({ length: size }, (_, i) => values[places[i]!])
      }
      expect(await read('2026-03', 'day')).toEqual(['2026-03-01', '2026-03-02'])
      expect(await read('2026-03', 'amount')).toEqual([100.5, null])
      expect(await read('2026-03', 'client')).toEqual([null, 'b'])
      expect(await read('', 'status')).toEqual(['open'])

      await database.run(raw("update deals set day = '2026-05-01' where deal_id = '3'"))
      expect(await marked()).toEqual(['2026-04', '2026-05'])
      await database.run(raw("delete from deals where deal_id = '2'"))
      expect(await marked()).toEqual(['2026-03', '2026-04', '2026-05'])
      await buildBlocks(database)
      expect(await marked()).toEqual([])
      expect(await read('2026-03', 'day')).toEqual(['2026-03-01'])
      expect(await database.query(raw("select 1 as one from blocks where month = '2026-04'"))).toEqual([])
    },
  )

  it.runIf(dialect === 'postgres')('are kept in SQLite alone', async () => {
    const { database } = await open()
    await loadRows(database, { deals: [dealRow('1', 'a', '2026-03-01')] })
    expect(await database.query(raw('select 1 as one from blocks'))).toEqual([])
  })
})
