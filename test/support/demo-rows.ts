/** The demo company's raw rows as its generator makes them, and written straight into the tables, past every file format. */
import { committed, generateDemo } from '../../data/demo/generator/generate.ts'
import type { ClientRows, SpendRow, TargetRow } from '../../data/demo/generator/rows.ts'
import { calendarOf } from '../../server/lib/dates.ts'
import { deriveAll } from '../../server/sources/write-deals.ts'
import type { Database } from '../../server/store/database.ts'
import { type Row, type TableName, tables } from '../../server/store/schema.ts'

export interface DemoRows {
  clients: ClientRows[]
  spend: SpendRow[]
  targets: TargetRow[]
}

/** The Russian demo that is committed. */
export function makeDemoRows(): DemoRows {
  const demo = generateDemo({ ...committed.ru, language: 'ru' })
  return { clients: [...demo.clients()], spend: [...demo.spend()], targets: demo.targets }
}

const calendar = (moment: string | null) =>
  moment === null ? { day: null, week: null, month: null } : calendarOf(moment)

/** Stores the rows, without what was said, and derives what follows from them. */
export async function loadDemoRows(database: Database, rows: DemoRows): Promise<void> {
  const of: { [T in TableName]?: Row<T>[] } = {
    clients: rows.clients.map(({ client }, i) => ({
      client_id: client.client_id,
      alias: i + 1,
      kind: client.kind,
      city: client.city,
      region: client.region,
      profile: client.profile,
      consent: client.consent,
      first_seen_at: client.first_seen_at,
      ...calendar(client.first_seen_at),
    })),
    client_attributes: rows.clients.map(({ client }) => ({
      client_id: client.client_id,
      name: 'Тип дома',
      value: client.building,
    })),
    deals: rows.clients.flatMap(({ deals }) =>
      deals.map(({ tags: _tags, ...deal }) => ({ ...deal, ...calendar(deal.created_at) }) as Row<'deals'>),
    ),
    deal_tags: rows.clients.flatMap(({ deals }) =>
      deals.flatMap(({ client_id, deal_id, tags }) => tags.map(tag => ({ client_id, deal_id, tag }))),
    ),
    deal_stages: rows.clients.flatMap(({ stages }) =>
      [...Map.groupBy(stages, stage => stage.deal_id).values()].flatMap(own =>
        own.map((stage, n) => ({ ...stage, n })),
      ),
    ),
    conversations: rows.clients.flatMap(({ conversations }) =>
      conversations.map(
        ({ about: _about, utterances: _said, ...row }) =>
          ({
            ...row,
            deal_id: null,
            recording: null,
            revision: 1,
            ...calendar(row.started_at),
          }) as Row<'conversations'>,
      ),
    ),
    visits: rows.clients.flatMap(({ visits }) =>
      visits.map(({ visitor: _visitor, goals, ...visit }) => ({
        ...visit,
        goals: goals.length > 0 ? goals.join(', ') : null,
        ...calendar(visit.started_at),
        origin_id: null,
      })),
    ),
    spend: rows.spend.map((row, i) => ({ row_id: `s${i}`, medium: null, ...row, ...calendar(row.day) })),
    targets: rows.targets,
  }
  await database.transaction(async connection => {
    for (const [name, list] of Object.entries(of)) {
      const table = name as TableName
      const columns = Object.keys(tables[table].columns) as never[]
      await connection.upsert(table, columns, list as never[])
    }
  })
  await deriveAll(database)
}
