/**
 * Builds the personas: facts of clients -> classes -> personas with ids that stay, and who belongs to which. Does nothing
 * when no fact changed since; all is written in one transaction.
 */
import { CancelledError } from '../errors.ts'
import type { Language } from '../lib/locale.ts'
import type { Connection, Database } from '../store/database.ts'
import type { TableName } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { correctPersonas, readPersonaLog } from './persona-catalogue.ts'
import { countTraits, type TraitCount } from './persona-counts.ts'
import { personaNumber, replayPersonaEdits, resolvePersona } from './persona-edits.ts'
import { type PersonaFacts, readPersonaFacts } from './persona-facts.ts'
import { readHabits } from './persona-habits.ts'
import { matchPersonas } from './persona-match.ts'
import {
  type Division,
  divideAnew,
  divideOn,
  isOutgrown,
  type KeptModel,
  readModel,
  writeModel,
} from './persona-model.ts'
import { namePersonas } from './persona-names.ts'

export interface PersonaWatch {
  signal?: AbortSignal
  /** `YYYY-MM-DD HH:MM:SS` for new personas. */
  now: string
  /** Of the few words that names need beside the data's own. */
  language: Language
}

export interface PersonaReport {
  personas: number
  clients: number
}

/** With fewer clients there are no groups to speak of. */
const LEAST_CLIENTS = 60
/** What personas are made of. */
const READ: readonly TableName[] = [
  'clients',
  'client_attributes',
  'deals',
  'utterances',
  'mentions',
  'themes',
]

/** Brings the personas up to the facts. Throws CancelledError; then nothing has changed. */
export async function buildPersonas(database: Database, watch: PersonaWatch): Promise<PersonaReport> {
  const versions = await database.versions()
  const stamp = READ.map(name => versions.get(name) ?? 0).join(' ')
  const kept = await readModel(database)
  if (kept?.facts === stamp) return report(database)
  const facts = await readPersonaFacts(database.reader)
  if (facts.ids.length < LEAST_CLIENTS) return report(database)
  const plan = await divide(database, facts, kept)
  if (watch.signal?.aborted)
    throw new CancelledError('Building personas was stopped', { hint: 'Run it again to go on.' })
  const habits = await readHabits(database.reader, facts, plan.division)
  await database.transaction(connection => write(connection, facts, { ...plan, habits }, watch, stamp))
  return report(database)
}

interface Plan {
  division: Division
  /** Former persona of each class; null for a class that is new. */
  former: (string | null)[]
  /** Clients when the number of classes was chosen. */
  chosenFor: number
}

/** Goes on from the kept division; once the clients have outgrown it, divides them afresh, keeping what is pinned. */
async function divide(connection: Connection, facts: PersonaFacts, kept: KeptModel | null): Promise<Plan> {
  const n = facts.ids.length
  if (!kept) {
    const division = divideAnew(facts)
    return { division, former: new Array<null>(division.model.k).fill(null), chosenFor: n }
  }
  const on = (): Division => divideOn(facts, kept)
  if (!isOutgrown(kept, n)) return { division: on(), former: kept.personas, chosenFor: kept.chosenFor }
  const division = divideAnew(facts)
  const before = await readFormer(connection, facts)
  const former = matchPersonas(before, division.classes, division.model.k)
  const pinned = await connection.query<{ persona_id: string }>(
    sql`select persona_id from personas where pinned = 1 and alias_of is null`,
  )
  const dissolved = pinned.some(
    ({ persona_id }) => kept.personas.includes(persona_id) && !former.includes(persona_id),
  )
  return dissolved
    ? { division: on(), former: kept.personas, chosenFor: n }
    : { division, former, chosenFor: n }
}

/** The machine's persona of each client before, in the order of the facts. */
async function readFormer(connection: Connection, facts: PersonaFacts): Promise<(string | null)[]> {
  const rows = await connection.query<{ client_id: string; machine_persona_id: string }>(
    sql`select client_id, machine_persona_id from client_personas`,
  )
  const known = new Map(rows.map(row => [row.client_id, row.machine_persona_id]))
  return facts.ids.map(id => known.get(id) ?? null)
}

async function write(
  connection: Connection,
  facts: PersonaFacts,
  { division, former, chosenFor, habits }: Plan & { habits: readonly TraitCount[] },
  watch: PersonaWatch,
  stamp: string,
): Promise<void> {
  const { variables, model, classes, shares } = division
  const counts = countTraits(facts, division)
  const ids = await addPersonas(connection, counts, former, watch)
  await writeTraits(connection, [...counts, ...habits], ids)
  const corrections = replayPersonaEdits(await readPersonaLog(connection))
  const rootOf = new Map(ids.map(id => [id, resolvePersona(id, corrections)]))
  const rows = facts.ids.map((client_id, i) => {
    const machine_persona_id = ids[classes[i]!]!
    const share = Math.round(shares[i]! * 1000) / 1000
    return { client_id, persona_id: rootOf.get(machine_persona_id)!, machine_persona_id, share }
  })
  await connection.upsert('client_personas', ['client_id', 'persona_id', 'machine_persona_id', 'share'], rows)
  await connection.run(
    sql`delete from client_personas
      where not exists (select 1 from clients c where c.client_id = client_personas.client_id)`,
  )
  await correctPersonas(connection, corrections)
  const given = model.given.map(table => [...table])
  await writeModel(connection, {
    variables,
    personas: ids,
    shares: [...model.shares],
    given,
    chosenFor,
    facts: stamp,
  })
}

/** Gives new classes ids, which are never reused, and names; the others keep theirs. Returns the id of each class. */
async function addPersonas(
  connection: Connection,
  counts: readonly TraitCount[],
  former: readonly (string | null)[],
  { now, language }: PersonaWatch,
): Promise<string[]> {
  const known = await connection.query<{ persona_id: string; machine_name: string }>(
    sql`select persona_id, machine_name from personas`,
  )
  let last = known.reduce((top, row) => Math.max(top, personaNumber(row.persona_id)), 0)
  const fresh = [...former.keys()].filter(c => former[c] === null)
  const taken = known.map(row => row.machine_name)
  const names = namePersonas(counts, former.length, fresh, taken, language)
  const made = fresh.map((_, i) => ({
    persona_id: `p-${++last}`,
    name: names[i]!,
    machine_name: names[i]!,
    hidden: 0,
    pinned: 0,
    created_at: now,
  }))
  if (made.length > 0)
    await connection.upsert(
      'personas',
      ['persona_id', 'name', 'machine_name', 'hidden', 'pinned', 'created_at'],
      made,
    )
  return former.map((id, c) => id ?? made[fresh.indexOf(c)]!.persona_id)
}

async function writeTraits(
  connection: Connection,
  counts: readonly TraitCount[],
  ids: readonly string[],
): Promise<void> {
  const rows = counts.flatMap(({ field, value, clients, known }) =>
    ids.map((persona_id, c) => ({ persona_id, field, value, clients: clients[c]!, known: known[c]! })),
  )
  const columns = ['persona_id', 'field', 'value', 'clients', 'known'] as const
  const keyOf = (row: { persona_id: string; field: string; value: string }) =>
    JSON.stringify([row.persona_id, row.field, row.value])
  const now = new Set(rows.map(keyOf))
  const before = await connection.query<(typeof rows)[number]>(
    sql`select persona_id, field, value from persona_traits`,
  )
  await connection.upsert('persona_traits', columns, rows)
  for (const row of before.filter(row => !now.has(keyOf(row))))
    await connection.run(
      sql`delete from persona_traits where persona_id = ${row.persona_id} and field = ${row.field} and value = ${row.value}`,
    )
}

async function report(connection: Connection): Promise<PersonaReport> {
  const [row] = await connection.query<PersonaReport>(
    sql`select count(distinct persona_id) as personas, count(*) as clients from client_personas`,
  )
  return row!
}
