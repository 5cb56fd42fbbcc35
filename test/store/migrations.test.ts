import { expect, it } from 'vitest'
import { originId } from '../../server/lib/origin.ts'
import { openDatabase } from '../../server/store/open.ts'
import { raw } from '../../server/store/sql.ts'
import { dealRow, loadRows, wonRow } from '../support/cells.ts'
import { eachDatabase } from '../support/databases.ts'

/** Takes a database back to what it was before 008; where the schema of an index is named differs. */
const before008 = (schema: string) => [
  ...['deals_day', 'deals_qualified', 'conversations_day', 'visits_client'].map(name => `drop index ${name}`),
  'alter table deals drop column is_only',
  'alter table visits drop column origin_id',
  ...['deals', 'conversations'].map(table => `create index ${schema}${table}_day on ${table} (day)`),
  `create index ${schema}deals_qualified on deals (qualified_day)`,
  "delete from app.migrations where name = '008-faster-numbers'",
]

eachDatabase('a database of an earlier version', (open, dialect) => {
  it('gets the ready columns of what stands in it', async () => {
    const { database, settings } = await open()
    const marks = { source: 'vk', medium: null, campaign: 'Лето', content: null, keyword: 'цена' }
    await loadRows(database, {
      clients: ['a', 'b'].map((client_id, i) => ({ client_id, alias: i + 1 })),
      deals: [
        dealRow('1', 'a', '2026-03-01'),
        wonRow('2', 'b', '2026-03-02', '2026-03-09', 100),
        wonRow('3', 'b', '2026-03-10', '2026-03-11', -100),
      ],
      visits: [
        { client_id: 'a', visit_id: 'v1', started_at: '2026-03-01 09:00:00', ...marks },
        { client_id: 'b', visit_id: 'v2', started_at: '2026-03-01 09:00:00' },
      ],
    })
    for (const statement of before008(dialect === 'sqlite' ? 'facts.' : ''))
      await database.run(raw(statement))
    await database.run(raw("update deals set qualified_day = '2026-03-11' where deal_id = '3'"))
    await database.run(raw('delete from origins'))

    const later = await openDatabase(settings)
    try {
      expect(
        await later.query(raw('select deal_id, is_only, qualified_day from deals order by deal_id')),
      ).toEqual([
        { deal_id: '1', is_only: 1, qualified_day: null },
        { deal_id: '2', is_only: 0, qualified_day: '2026-03-02' },
        { deal_id: '3', is_only: 0, qualified_day: null },
      ])
      const nothing = { source: null, medium: null, campaign: null, content: null, keyword: null }
      expect(
        await later.query(
          raw(`select v.visit_id, v.origin_id, o.source, o.medium, o.campaign, o.content, o.keyword
            from visits v join origins o on o.origin_id = v.origin_id order by v.visit_id`),
        ),
      ).toEqual([
        { visit_id: 'v1', origin_id: originId(marks), ...marks },
        { visit_id: 'v2', origin_id: originId(nothing), ...nothing },
      ])
    } finally {
      await later.close()
    }
  })
})
