/** What clients are, do and say, as columns by client: what personas are made of. */
import type { Connection } from '../store/database.ts'
import { sql } from '../store/sql.ts'

/** Fields of a client, of its first deal, and of its purchases, whose values are texts. */
export const textFields = ['kind', 'profile', 'city', 'product', 'source', 'contact', 'repeat'] as const
/** Fields whose values are parted into bands. */
export const numberFields = ['check', 'cycle'] as const
export type TextField = (typeof textFields)[number]
export type NumberField = (typeof numberFields)[number]

/** All columns are as long as `ids`, in their order. */
export interface PersonaFacts {
  ids: string[]
  /** `attribute:NAME` stands beside the fields above. */
  texts: Map<string, (string | null)[]>
  /** Units of money, days. */
  numbers: Map<NumberField, (number | null)[]>
  /** 1 for clients of whom any words are known: of the others nobody knows what they did not say. */
  spoke: Uint8Array
  /** Clients (by place) who said a theme, by theme. */
  said: Map<string, Int32Array>
}

/** Themes said by fewer clients than this, or than a hundredth of all, part nobody. */
const LEAST_SAID = 10
const LEAST_SHARE = 0.01
/** Themes of each kind at most, the most frequent first. */
const MOST_THEMES = { question: 24, value: 16, objection: 12 } as const
/** Attributes that part clients: a few values, known of many. */
const MOST_VALUES = 12
const LEAST_KNOWN = 0.3

interface DealRow {
  client_id: string
  product: string | null
  amount: number | null
  cycle_days: number | null
  source: string | null
  contact_kind: string | null
  purchase_n: number | null
}

/** Reads them all. Memory: some 200 bytes a client and 4 a theme said. */
export async function readPersonaFacts(connection: Connection): Promise<PersonaFacts> {
  const clients = await connection.query<{
    client_id: string
    kind: string | null
    profile: string | null
    city: string | null
  }>(sql`select client_id, kind, profile, city from clients order by client_id`)
  const ids = clients.map(client => client.client_id)
  const places = new Map(ids.map((id, i) => [id, i]))
  const texts = new Map<string, (string | null)[]>(
    textFields.map(field => [
      field,
      field === 'kind' || field === 'profile' || field === 'city'
        ? clients.map(client => client[field])
        : new Array<string | null>(ids.length).fill(null),
    ]),
  )
  const numbers = new Map(numberFields.map(field => [field, new Array<number | null>(ids.length).fill(null)]))
  await readDeals(connection, places, texts, numbers)
  await readAttributes(connection, places, texts)
  const spoke = new Uint8Array(ids.length)
  for (const { client_id } of await connection.query<{ client_id: string }>(
    sql`select distinct client_id from utterances`,
  )) {
    const place = places.get(client_id)
    if (place !== undefined) spoke[place] = 1
  }
  return { ids, texts, numbers, spoke, said: await readSaid(connection, places) }
}

/** The first deal says what a client came for; later ones would move clients about. */
async function readDeals(
  connection: Connection,
  places: ReadonlyMap<string, number>,
  texts: Map<string, (string | null)[]>,
  numbers: Map<NumberField, (number | null)[]>,
): Promise<void> {
  const rows = await connection.query<DealRow>(
    sql`select client_id, product, amount, cycle_days, source, contact_kind, purchase_n
      from deals order by client_id, created_at, deal_id`,
  )
  const put = (field: TextField, at: number, value: string | null) => {
    const column = texts.get(field)!
    column[at] ??= value === '' ? null : value
  }
  for (const row of rows) {
    const at = places.get(row.client_id)
    if (at === undefined) continue
    put('product', at, row.product)
    put('source', at, row.source)
    put('contact', at, row.contact_kind)
    const [check, cycle] = [numbers.get('check')!, numbers.get('cycle')!]
    check[at] ??= row.amount !== null && row.amount > 0 ? row.amount : null
    cycle[at] ??= row.cycle_days
    // Only of who bought it is known whether they came back.
    if (row.purchase_n !== null) texts.get('repeat')![at] = row.purchase_n > 1 ? 'yes' : 'no'
  }
}

async function readAttributes(
  connection: Connection,
  places: ReadonlyMap<string, number>,
  texts: Map<string, (string | null)[]>,
): Promise<void> {
  const names = await connection.query<{ name: string }>(
    sql`select name from client_attributes where value <> '' group by name
      having count(distinct value) between 2 and ${MOST_VALUES} and count(*) >= ${Math.ceil(places.size * LEAST_KNOWN)}
      order by name`,
  )
  for (const { name } of names) {
    const column = new Array<string | null>(places.size).fill(null)
    const rows = await connection.query<{ client_id: string; value: string }>(
      sql`select client_id, value from client_attributes where name = ${name} and value <> ''`,
    )
    for (const { client_id, value } of rows) {
      const at = places.get(client_id)
      if (at !== undefined) column[at] = value
    }
    texts.set(`attribute:${name}`, column)
  }
}

async function readSaid(
  connection: Connection,
  places: ReadonlyMap<string, number>,
): Promise<Map<string, Int32Array>> {
  const themes = await connection.query<{
    theme_id: string
    kind: keyof typeof MOST_THEMES
    clients: number
  }>(
    sql`select t.theme_id, t.kind, count(distinct m.client_id) as clients
      from mentions m join themes t on t.theme_id = m.theme_id where t.hidden = 0
      group by t.theme_id, t.kind order by clients desc, t.theme_id`,
  )
  const least = Math.max(LEAST_SAID, places.size * LEAST_SHARE)
  const said = new Map<string, Int32Array>()
  for (const kind of ['question', 'value', 'objection'] as const) {
    const chosen = themes.filter(theme => theme.kind === kind && theme.clients >= least)
    for (const { theme_id } of chosen.slice(0, MOST_THEMES[kind])) {
      const rows = await connection.query<{ client_id: string }>(
        sql`select distinct client_id from mentions where theme_id = ${theme_id} order by client_id`,
      )
      said.set(theme_id, Int32Array.from(rows.flatMap(row => places.get(row.client_id) ?? [])))
    }
  }
  return said
}
