/** The catalogue as a table of one kind: filtered, sorted and counted as a whole, with the evidence of one page of it. */
import { NotFoundError } from '../errors.ts'
import type { Count, Evidence, Kind, ThemeFigures, ThemeRow } from './theme-figures.ts'

/** What the table can be sorted by: each from the greatest down, `label` by the alphabet. */
export const themeSorts = ['clients', 'won', 'lost', 'growth', 'last', 'label'] as const
export type ThemeSort = (typeof themeSorts)[number]

export interface TableFilter {
  kind: Kind
  topic?: string | undefined
  status?: string | undefined
  /** answered, poor, missing, unsure; `none` for what mining has not compared with pages. */
  faq?: string | undefined
  /** Words all of which the label holds, or the machine's own label. */
  search?: string | undefined
  /** Only hidden ones; without it only the others. */
  hidden?: boolean | undefined
  sort?: ThemeSort | undefined
  /** The other way round. */
  reverse?: boolean | undefined
  limit?: number | undefined
  offset?: number | undefined
}

export type TableLine = Omit<ThemeRow, 'hidden'> & Count & Evidence & { hidden: boolean }

const nothing: Count = { clients: 0, mentions: 0, first_day: null, last_day: null }

/** A page of the table and how many there are on all of them. Merged themes are never among them. */
export async function readThemeTable(
  figures: ThemeFigures,
  filter: TableFilter,
): Promise<{ total: number; lines: TableLine[] }> {
  const { kind, sort = 'clients', limit = 100, offset = 0 } = filter
  const [themes, counts] = await Promise.all([figures.themes(), figures.counts(kind)])
  const matches = matcher(filter)
  const found = [...themes.values()].filter(
    theme => theme.kind === kind && theme.alias_of === null && matches(theme),
  )
  found.sort(await orderOf(figures, kind, sort, filter.reverse ?? false, counts))
  const shown = found.slice(offset, offset + limit)
  return { total: found.length, lines: await withEvidence(figures, kind, shown) }
}

/** One theme, merged and hidden ones too. Throws NotFoundError. */
export async function readThemeLine(figures: ThemeFigures, id: string): Promise<TableLine> {
  const theme = (await figures.themes()).get(id)
  if (!theme) throw new NotFoundError(`There is no theme ${id}`)
  const [line] = await withEvidence(figures, theme.kind, [theme])
  return line!
}

async function withEvidence(
  figures: ThemeFigures,
  kind: Kind,
  themes: readonly ThemeRow[],
): Promise<TableLine[]> {
  const ids = themes.map(theme => theme.theme_id)
  const [counts, evidence] = await Promise.all([figures.counts(kind), figures.evidence(kind, ids)])
  return themes.map(theme => ({
    ...theme,
    hidden: theme.hidden === 1,
    ...(counts.get(theme.theme_id) ?? nothing),
    ...evidence.get(theme.theme_id)!,
  }))
}

/** Case, ё and е, and the words' order do not matter. */
const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е')

function matcher({ topic, status, faq, search, hidden }: TableFilter): (theme: ThemeRow) => boolean {
  const words = plain(search ?? '')
    .split(/\s+/)
    .filter(Boolean)
  return theme => {
    if ((theme.hidden === 1) !== (hidden ?? false)) return false
    if (topic !== undefined && theme.topic !== topic) return false
    if (status !== undefined && theme.status !== status) return false
    if (faq !== undefined && (theme.faq ?? 'none') !== faq) return false
    if (words.length === 0) return true
    const text = `${plain(theme.label)} ${plain(theme.machine_label)} ${theme.theme_id}`
    return words.every(word => text.includes(word))
  }
}

type Order = (a: ThemeRow, b: ThemeRow) => number

async function orderOf(
  figures: ThemeFigures,
  kind: Kind,
  sort: ThemeSort,
  reverse: boolean,
  counts: ReadonlyMap<string, Count>,
): Promise<Order> {
  const of = (theme: ThemeRow) => counts.get(theme.theme_id) ?? nothing
  const first = await primaryOrder(figures, kind, sort, of)
  const byClients: Order = (a, b) => of(b).clients - of(a).clients || of(b).mentions - of(a).mentions
  const byAge: Order = (a, b) => Number(a.theme_id.slice(2)) - Number(b.theme_id.slice(2))
  return (a, b) => (reverse ? first(b, a) : first(a, b)) || byClients(a, b) || byAge(a, b)
}

async function primaryOrder(
  figures: ThemeFigures,
  kind: Kind,
  sort: ThemeSort,
  of: (theme: ThemeRow) => Count,
): Promise<Order> {
  if (sort === 'label') {
    const { compare } = new Intl.Collator('ru', { numeric: true })
    return (a, b) => compare(a.label, b.label)
  }
  if (sort === 'last') {
    return (a, b) =>
      (of(a).last_day ?? '') < (of(b).last_day ?? '')
        ? 1
        : (of(a).last_day ?? '') > (of(b).last_day ?? '')
          ? -1
          : 0
  }
  if (sort === 'clients') return (a, b) => of(b).clients - of(a).clients
  if (sort === 'growth') {
    const growth = await figures.growth(kind)
    return (a, b) => (growth.get(b.theme_id) ?? 0) - (growth.get(a.theme_id) ?? 0)
  }
  const outcomes = await figures.outcomes(kind)
  return (a, b) => (outcomes.get(b.theme_id)?.[sort] ?? 0) - (outcomes.get(a.theme_id)?.[sort] ?? 0)
}
