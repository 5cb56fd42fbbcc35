/** What briefs tell of clients like this one: themes of those who bought, and the hours at which they get in touch. */
import type { Reader } from '../store/database.ts'
import { sql } from '../store/sql.ts'
import type { TraitCount } from './persona-counts.ts'
import { type PersonaFacts, rowsOf } from './persona-facts.ts'
import type { Division } from './persona-model.ts'

/** Counts by class, as `won:theme` and `hour` of persona_traits. */
export async function readHabits(
  reader: Reader,
  facts: PersonaFacts,
  { classes, model }: Division,
): Promise<TraitCount[]> {
  const places = new Map(facts.ids.map((id, i) => [id, i]))
  const zeros = () => new Array<number>(model.k).fill(0)
  const won = await rowsOf<[string]>(reader, sql`select distinct client_id from deals where status = 'won'`)
  const bought = new Uint8Array(facts.ids.length)
  const spoken = zeros()
  for (const [id] of won) {
    const at = places.get(id)
    if (at === undefined || facts.spoke[at] === 0) continue
    bought[at] = 1
    spoken[classes[at]!]!++
  }
  const themes = [...facts.said].map(([value, clients]): TraitCount => {
    const counts = zeros()
    for (const i of clients) counts[classes[i]!]! += bought[i]!
    return { field: 'won:theme', value, clients: counts, known: spoken }
  })
  const rows = await rowsOf<[string, string]>(
    reader,
    sql`select distinct client_id, substr(started_at, 12, 2) as hour from conversations
      where direction = 'in' and kind in ('call', 'chat', 'messenger') and started_at is not null`,
  )
  const callers = zeros()
  const hours = new Map<string, number[]>()
  const counted = new Uint8Array(facts.ids.length)
  for (const [id, hour] of rows) {
    const at = places.get(id)
    if (at === undefined || !/^\d\d$/.test(hour)) continue
    const c = classes[at]!
    if (counted[at] === 0) {
      counted[at] = 1
      callers[c]!++
    }
    const counts = hours.get(hour) ?? zeros()
    hours.set(hour, counts)
    counts[c]!++
  }
  const habits = [...hours].map(
    ([value, clients]): TraitCount => ({ field: 'hour', value, clients, known: callers }),
  )
  return [...themes, ...habits]
}
