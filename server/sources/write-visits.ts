/** Visits -> their table, with the number of what brought each: questions of first and all touches join by it. */
import { createOrigins, markNames, NO_MARKS } from '../lib/origin.ts'
import type { Connection } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { originColumns, type Row as Stored } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import type { RowFacts } from './facts.ts'
import { type Counts, NOTHING, type Owned, upsertLoose } from './upserts.ts'

type Visit = Owned<NonNullable<RowFacts['visit']>>

/** Stores a batch's visits. A mark that a file has no column for stays what it was. */
export async function writeVisits(connection: Connection, visits: readonly Visit[]): Promise<Counts> {
  if (visits.length === 0) return NOTHING
  const standing = await readStanding(connection, visits)
  const origins = createOrigins()
  const rows = visits.map(visit => ({
    ...visit,
    origin_id: origins.idOf({ ...NO_MARKS, ...standing.get(nameOf(visit)), ...visit }),
  }))
  await connection.upsert('origins', originColumns, origins.rows)
  return upsertLoose(connection, 'visits', rows)
}

const nameOf = ({ client_id, visit_id }: Pick<Visit, 'client_id' | 'visit_id'>) => `${client_id}\0${visit_id}`

/** Marks that stand of visits whose rows do not tell all of theirs. */
async function readStanding(connection: Connection, visits: readonly Visit[]) {
  const partial = visits.filter(visit => markNames.some(mark => visit[mark] === undefined))
  const rows = await connection.query<Stored<'visits'>>(
    sql`select * from visits where client_id in ${inList(connection, [...new Set(partial.map(visit => visit.client_id))])}`,
  )
  return new Map(
    rows.map(({ source, medium, campaign, content, keyword, ...row }) => [
      nameOf(row),
      { source, medium, campaign, content, keyword },
    ]),
  )
}
