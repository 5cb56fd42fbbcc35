/** What clients are, do and say, as columns by client: what personas are made of. */
import type { Reader } from '../store/database.ts'
import { type Sql, sql } from '../store/sql.ts'

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

type Texts = Map<string, (string | null)[]>
type Cell = string | number | null

/** Rows as lists: a million objects would cost three times as much. */
export async function rowsOf<T extends Cell[]>(reader: Reader, statement: Sql): Promise<T[]> {
  const { rows } = await reader.read(statement, { maxRows: 100_000_000, timeoutMs: 600_000 })
  return rows as T[]
}

/** Reads them all. Memory: some 200 bytes a client and 4 a theme said. */
export async function readPersonaFacts(reader: Reader): Promise<PersonaFacts> {
  const clients = await rowsOf<[string, string | null, string | null, string | null]>(
    reader,
    sql`select client_id, kind, profile, city from clients order by client_id`,
  )
  const ids = clients.map(client => client[0])
  const places = new Map(ids.map((id, i) => [id, i]))
  const blank = () => new Array<null>(ids.length).fill(null)
  const texts: Texts = new Map(textFields.map(field => [field, blank()]))
  for (const [i, field] of (['kind', 'profile', 'city'] as const).entries())
    texts.set(
      field,
      clients.map(client => client[i + 1] || null),
    )
  const numbers = new Map<NumberField, (number | null)[]>(numberFields.map(field => [field, blank()]))
  await readDeals(reader, places, texts, numbers)
  await readAttributes(reader, places, texts)
  const spoke = new Uint8Array(ids.length)
  for (const [id] of await rowsOf<[string]>(reader, sql`select distinct client_id from utterances`)) {
    const place = places.get(id)
    if (place !== undefined) spoke[place] = 1
  }
  return { ids, texts, numbers, spoke, said: await readSaid(reader, places) }
}

/** The first deal says what a client came for; later ones would move clients about. */
async function readDeals(
  reader: Reader,
  places: ReadonlyMap<string, number>,
  texts: Texts,
  numbers: ReadonlyMap<NumberField, (number | null)[]>,
): Promise<void> {
  const rows = await rowsOf<
    [string, string | null, string | null, string | null, number | null, number | null, number | null]
  >(
    reader,
    sql`select client_id, product, source, contact_kind, amount, cycle_days, purchase_n
      from deals order by client_id, created_at, deal_id`,
  )
  const columns = (['product', 'source', 'contact'] as const).map(field => texts.get(field)!)
  const repeat = texts.get('repeat')!
  const [check, cycle] = [numbers.get('check')!, numbers.get('cycle')!]
  for (const [id, product, source, contact, amount, cycleDays, purchase] of rows) {
    const at = places.get(id)
    if (at === undefined) continue
    for (const [i, value] of [product, source, contact].entries()) columns[i]![at] ??= value || null
    check[at] ??= amount !== null && amount > 0 ? amount : null
    cycle[at] ??= cycleDays
    // Only of who bought it is known whether they came back.
    if (purchase !== null) repeat[at] = purchase > 1 ? 'yes' : 'no'
  }
}

async function readAttributes(
  reader: Reader,
  places: ReadonlyMap<string, number>,
  texts: Texts,
): Promise<void> {
  const names = await rowsOf<[string]>(
    reader,
    sql`select name from client_attributes where value <> '' group by name
      having count(distinct value) between 2 and ${MOST_VALUES} and count(*) >= ${Math.ceil(places.size * LEAST_KNOWN)}
      order by name`,
  )
  for (const [name] of names) {
    const column = new Array<string | null>(places.size).fill(null)
    const rows = await rowsOf<[string, string]>(
      reader,
      sql`select client_id, value from client_attributes where name = ${name} and value <> ''`,
    )
    for (const [id, value] of rows) {
      const at = places.get(id)
      if (at !== undefined) column[at] = value
    }
    texts.set(`attribute:${name}`, column)
  }
}

async function readSaid(
  reader: Reader,
  places: ReadonlyMap<string, number>,
): Promise<Map<string, Int32Array>> {
  const themes = await rowsOf<[string, keyof typeof MOST_THEMES, number]>(
    reader,
    sql`select t.theme_id, t.kind, count(distinct m.client_id) as clients
      from mentions m join themes t on t.theme_id = m.theme_id where t.hidden = 0
      group by t.theme_id, t.kind order by clients desc, t.theme_id`,
  )
  const least = Math.max(LEAST_SAID, places.size * LEAST_SHARE)
  const said = new Map<string, Int32Array>()
  for (const kind of ['question', 'value', 'objection'] as const) {
    const chosen = themes.filter(([, own, clients]) => own === kind && clients >= least)
    for (const [theme] of chosen.slice(0, MOST_THEMES[kind])) {
      const rows = await rowsOf<[string]>(
        reader,
        sql`select distinct client_id from mentions where theme_id = ${theme} order by client_id`,
      )
      said.set(theme, Int32Array.from(rows.flatMap(([id]) => places.get(id) ?? [])))
    }
  }
  return said
}
