/** What sets personas apart: each trait of each against the clients of all other personas, corrected for all of them. */
import { contrastEach } from '../lib/log-odds.ts'
import { wilson } from '../lib/statistics.ts'
import { sql } from '../store/sql.ts'
import { type Query, rowsOf } from './query.ts'

export interface Trait {
  /** See persona_traits in schema.ts. */
  field: string
  value: string
  /** Clients of the persona with it, out of how many of whom the field is known. */
  clients: number
  of: number
  interval: [number, number]
  /** Share among the clients of other personas. */
  others: number
  /** Odds against the others with 95 % interval, and whether that is beyond chance. */
  ratio: number
  ratioInterval: [number, number]
  z: number
  stands: boolean
}

interface CountRow {
  persona_id: string
  field: string
  value: string
  clients: number
  known: number
}

/** Traits of each persona, what is most over-represented first. `rootOf` leads merged personas to the one that stands. */
export async function readTraits(
  query: Query,
  rootOf: (persona: string) => string,
): Promise<Map<string, Trait[]>> {
  const rows = await rowsOf<CountRow>(
    query,
    sql`select persona_id, field, value, clients, known from persona_traits
      where field not in ('won:theme', 'hour') order by persona_id, field, value`,
  )
  const sums = new Map<string, CountRow>()
  const totals = new Map<string, { clients: number; known: number }>()
  for (const row of rows) {
    const persona_id = rootOf(row.persona_id)
    add(sums, JSON.stringify([persona_id, row.field, row.value]), { ...row, persona_id })
    add(totals, JSON.stringify([row.field, row.value]), row)
  }
  const all = [...sums.values()]
  const raised = all.map(({ field, value, clients, known }) => {
    const total = totals.get(JSON.stringify([field, value]))!
    return { inA: clients, ofA: known, inB: total.clients - clients, ofB: total.known - known }
  })
  const contrasts = contrastEach(raised)
  const traits = all.map(({ persona_id, field, value, clients, known }, i) => {
    const { inB, ofB } = raised[i]!
    const { logOdds, interval, z, stands } = contrasts[i]!
    const trait: Trait = {
      field,
      value,
      clients,
      of: known,
      interval: wilson(clients, known),
      others: ofB > 0 ? inB / ofB : 0,
      ratio: Math.exp(logOdds),
      ratioInterval: [Math.exp(interval[0]), Math.exp(interval[1])],
      z,
      stands,
    }
    return { persona_id, trait }
  })
  const byPersona = Map.groupBy(
    traits.sort((a, b) => b.trait.z - a.trait.z),
    row => row.persona_id,
  )
  return new Map([...byPersona].map(([id, list]) => [id, list.map(row => row.trait)]))
}

function add<T extends { clients: number; known: number }>(into: Map<string, T>, key: string, row: T): void {
  const sum = into.get(key)
  if (!sum) into.set(key, { ...row })
  else {
    sum.clients += row.clients
    sum.known += row.known
  }
}
