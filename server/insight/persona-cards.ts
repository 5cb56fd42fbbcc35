/** Personas as people read them: who they are, what sets them apart, what they ask, value and object to, in their words. */
import { wilson } from '../lib/statistics.ts'
import type { Claim, Quote } from '../notebook/output.ts'
import { sql } from '../store/sql.ts'
import { readTraits, type Trait } from './persona-traits.ts'
import { type Query, rowsOf } from './query.ts'
import { readQuotes } from './quotes.ts'
import { LEAST_CLIENTS } from './themes.ts'

export type ThemeKind = 'question' | 'value' | 'objection'

export interface PersonaCard {
  id: string
  name: string
  pinned: boolean
  clients: number
  /** Of all clients that personas are made of. */
  of: number
  interval: [number, number]
  /** Over-represented traits beyond chance, the strongest first; themes are not among them. */
  traits: Trait[]
  /** Themes by how much more this persona raises them, then by how often; each with quotes of this persona. */
  themes: Record<ThemeKind, Claim[]>
}

export interface PersonaFilter {
  /** Ids to show; none: all that are not hidden. */
  ids: readonly string[]
  /** Themes of each kind, and personas, at most. */
  themes: number
  limit: number
}

interface PersonaRow {
  persona_id: string
  name: string
  hidden: number
  pinned: number
  alias_of: string | null
}

/** Cards, pinned ones first, then by size. Personas without clients are left out. */
export async function readPersonaCards(query: Query, filter: PersonaFilter): Promise<PersonaCard[]> {
  const [personas, sizes, labels] = await Promise.all([
    rowsOf<PersonaRow>(query, sql`select persona_id, name, hidden, pinned, alias_of from personas`),
    rowsOf<{ persona_id: string; clients: number }>(
      query,
      sql`select persona_id, count(*) as clients from client_personas group by persona_id`,
    ),
    readLabels(query),
  ])
  const rootOf = new Map(personas.map(row => [row.persona_id, row.alias_of ?? row.persona_id]))
  const size = new Map(sizes.map(row => [row.persona_id, row.clients]))
  const of = sizes.reduce((sum, row) => sum + row.clients, 0)
  const traits = await readTraits(query, id => rootOf.get(id) ?? id)
  const shown = personas
    .filter(row => row.alias_of === null && (size.get(row.persona_id) ?? 0) > 0)
    .filter(row => (filter.ids.length > 0 ? filter.ids.includes(row.persona_id) : row.hidden === 0))
    .sort(
      (a, b) =>
        b.pinned - a.pinned ||
        size.get(b.persona_id)! - size.get(a.persona_id)! ||
        (a.persona_id < b.persona_id ? -1 : 1),
    )
    .slice(0, filter.limit)
  return Promise.all(
    shown.map(async ({ persona_id: id, name, pinned }) => {
      const own = traits.get(id) ?? []
      const clients = size.get(id)!
      return {
        id,
        name,
        pinned: pinned === 1,
        clients,
        of,
        interval: wilson(clients, of),
        traits: own.filter(({ field, stands, z }) => field !== 'theme' && stands && z > 0),
        themes: await readThemeClaims(query, id, own, labels, filter.themes),
      }
    }),
  )
}

interface ThemeLabel {
  theme_id: string
  kind: ThemeKind
  label: string
  topic: string
}

async function readLabels(query: Query): Promise<Map<string, ThemeLabel>> {
  const rows = await rowsOf<ThemeLabel>(
    query,
    sql`select t.theme_id, t.kind, t.label, t.topic from themes t
      where t.hidden = 0 and t.alias_of is null and t.status <> 'dismissed'`,
  )
  return new Map(rows.map(row => [row.theme_id, row]))
}

/** What stands out comes first; then, without that claim, what is simply said most. */
async function readThemeClaims(
  query: Query,
  persona: string,
  traits: readonly Trait[],
  labels: ReadonlyMap<string, ThemeLabel>,
  limit: number,
): Promise<Record<ThemeKind, Claim[]>> {
  const said = traits.filter(
    ({ field, value, clients }) => field === 'theme' && clients > 0 && labels.has(value),
  )
  const chosen = (['question', 'value', 'objection'] as const).flatMap(kind => {
    const own = said.filter(({ value }) => labels.get(value)!.kind === kind)
    const apart = own.filter(({ stands, z }) => stands && z > 0)
    const rest = own.filter(trait => !apart.includes(trait)).sort((a, b) => b.clients - a.clients)
    return [...apart, ...rest].slice(0, limit)
  })
  const ids = chosen.map(trait => trait.value)
  const members = sql`m.client_id in (select p.client_id from client_personas p where p.persona_id = ${persona})`
  const quotes =
    ids.length === 0
      ? new Map<string, Quote[]>()
      : await readQuotes(query, { period: null, sources: [] }, ids, members)
  const claims = chosen.map(trait => toClaim(trait, labels.get(trait.value)!, quotes.get(trait.value) ?? []))
  const of = (kind: ThemeKind) => claims.filter(claim => claim.kind === kind)
  return { question: of('question'), value: of('value'), objection: of('objection') }
}

function toClaim(trait: Trait, { theme_id, kind, label, topic }: ThemeLabel, quotes: Quote[]): Claim {
  return {
    id: theme_id,
    kind,
    text: label,
    topic,
    clients: trait.clients,
    of: trait.of,
    interval: trait.interval,
    facts: [{ label: 'others', value: trait.others, format: 'percent' }],
    quotes,
    weak: trait.clients < LEAST_CLIENTS || quotes.length === 0,
  }
}

export interface Path {
  source: string | null
  landing_page: string | null
  contact_kind: string | null
  clients: number
  of: number
}

/** The most frequent way of each persona to its first deal: source, page, way of contact; of deals that tell any of it. */
export async function readPaths(query: Query): Promise<Map<string, Path>> {
  const rows = await rowsOf<Omit<Path, 'of'> & { persona_id: string }>(
    query,
    sql`select p.persona_id, d.source, d.landing_page, d.contact_kind, count(distinct d.client_id) as clients
      from deals d join client_personas p on p.client_id = d.client_id
      where d.previous_day is null and d.source is not null and d.contact_kind is not null
      group by p.persona_id, d.source, d.landing_page, d.contact_kind
      order by clients desc, d.source, d.landing_page, d.contact_kind`,
  )
  const paths = new Map<string, Path>()
  for (const { persona_id, ...row } of rows) {
    const path = paths.get(persona_id)
    if (path) path.of += row.clients
    else paths.set(persona_id, { ...row, of: row.clients })
  }
  return paths
}
