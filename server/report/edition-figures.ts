/**
 * What an edition is compared by: three numbers of its period and sources, with their n, and what clients asked and said,
 * counted by distinct clients. Kept with the edition, since facts go on changing. `compareFigures` says what changed.
 */
import { compareMeans, compareShares, falseDiscovery } from '../lib/statistics.ts'
import { measure } from '../metrics/measures.ts'
import type { Filter } from '../metrics/query.ts'
import { readTotals } from '../metrics/totals.ts'
import type { InputValue } from '../notebook/cell.ts'
import type { Reader } from '../store/database.ts'
import { toObjects } from '../store/objects.ts'
import { join, raw, sql } from '../store/sql.ts'
import type { Mask } from './mask-output.ts'

export const figureIds = ['cac', 'conversion', 'check'] as const
export type FigureId = (typeof figureIds)[number]

export interface Figure {
  value: number | null
  /** New clients of CAC, leads of the conversion, purchases with a sum of the average check. */
  n: number
  interval?: [number, number]
  /** Standard error of a mean. */
  error?: number
}

export interface EditionTheme {
  id: string
  kind: 'question' | 'value' | 'objection'
  /** Masked. */
  label: string
  clients: number
}

export interface EditionFigures {
  period: { from: string; to: string } | null
  currency: string
  numbers: Record<FigureId, Figure>
  /** By falling number of clients. */
  themes: EditionTheme[]
  /** Distinct clients who spoke in the period: what shares are of. */
  clients: number
}

export interface ThemeChange extends Omit<EditionTheme, 'clients'> {
  before: number
  now: number
}

export interface EditionChanges {
  /** The number of the edition that this one is compared with, and when that was made. */
  since: number
  sinceAt: string
  /** `sure`: beyond chance. CAC has no spread to tell by, so it never is. */
  numbers: Record<FigureId, { before: Figure; now: Figure; sure: boolean }>
  /** Distinct clients who spoke. */
  clients: { before: number; now: number }
  /** Questions that nobody asked before and at least LEAST_CLIENTS ask now. */
  appeared: ThemeChange[]
  /** Questions that fewer ask, beyond chance. */
  faded: ThemeChange[]
  /** Values and objections, in clients' words, that more clients name, beyond chance. */
  rose: ThemeChange[]
}

/** Fewer clients than this are not told of. */
const LEAST_CLIENTS = 3
/** Themes kept with an edition at most. */
const MOST_THEMES = 2000
const SURE = 0.05
/** What is told of at most, of each kind of change. */
const LISTED = 12
const ALL_DAYS = { from: '0001-01-01', to: '9999-12-31' }

/** The period and the sources that a run was made for: its first input that is a period, and one named source. */
export function filterOf(inputs: Readonly<Record<string, InputValue>>): Filter & { bounded: boolean } {
  const period = Object.values(inputs).find(
    (value): value is { from: string; to: string } =>
      typeof value === 'object' && value !== null && !Array.isArray(value),
  )
  const source = inputs.source ?? inputs.sources
  const sources = Array.isArray(source) ? source : typeof source === 'string' && source ? [source] : []
  return { period: period ?? ALL_DAYS, sources, bounded: period !== undefined }
}

/** Reads the figures of a run's period and sources. */
export async function readFigures(
  reader: Reader,
  inputs: Readonly<Record<string, InputValue>>,
  currency: string,
  mask: Mask,
  signal: AbortSignal,
): Promise<EditionFigures> {
  const { bounded, ...filter } = filterOf(inputs)
  const query: Reader['read'] = (statement, options) => reader.read(statement, { signal, ...options })
  const facts = { dialect: reader.dialect, query }
  const within = (alias: string) => {
    const { from, to } = filter.period
    const days = sql`${raw(alias)}.day between ${from} and ${to}`
    const dated = bounded ? days : raw('1 = 1')
    return filter.sources.length > 0
      ? sql`${dated} and ${raw(alias)}.source in (${join(filter.sources)})`
      : dated
  }
  const [totals, themes, spoke] = await Promise.all([
    readTotals(facts, {
      filter,
      view: 'calendar',
      currency,
      rates: {},
      wanted: new Set(['leads', 'won', 'fresh', 'cac', 'conversion', 'check', 'spend']),
    }),
    query(
      sql`select t.theme_id as id, t.kind, t.label, count(distinct m.client_id) as clients
        from mentions m join themes t on t.theme_id = m.theme_id
        where t.hidden = 0 and t.kind in ('question', 'value', 'objection') and ${within('m')}
        group by t.theme_id, t.kind, t.label order by clients desc, t.theme_id limit ${MOST_THEMES}`,
    ),
    query(sql`select count(distinct c.client_id) as n from conversations c where ${within('c')}`),
  ])
  const { values, priced, interval, rule } = totals
  return {
    period: bounded ? filter.period : null,
    currency: rule.main,
    numbers: {
      cac: { value: values.cac, n: values.fresh ?? 0 },
      conversion: {
        value: values.conversion,
        n: values.leads ?? 0,
        ...(values.conversion !== null && { interval }),
      },
      check: { value: values.check, n: priced, error: measure(totals.tally, null, rule).checkError },
    },
    themes: toObjects<EditionTheme>(themes).map(theme => ({ ...theme, label: mask(theme.label) })),
    clients: toObjects<{ n: number }>(spoke)[0]!.n,
  }
}

/**
 * What changed between two editions. `mergedInto` says where a theme went that was merged since. Shares of all themes are
 * compared together, and at most one in twenty of those told of may be chance (Benjamini and Hochberg); where the periods
 * overlap, the same clients stand in both and a difference has to be larger still.
 */
export function compareFigures(
  before: EditionFigures & { number: number; madeAt: string },
  now: EditionFigures,
  mergedInto: ReadonlyMap<string, string> = new Map(),
): EditionChanges {
  const was = new Map<string, EditionTheme>()
  for (const theme of before.themes) {
    const id = mergedInto.get(theme.id) ?? theme.id
    // Of two that became one the greater stands: who named both can't be told any more.
    if ((was.get(id)?.clients ?? -1) < theme.clients) was.set(id, { ...theme, id })
  }
  const is = new Map(now.themes.map(theme => [theme.id, theme]))
  const pairs = [...new Set([...is.keys(), ...was.keys()])].map((id): ThemeChange => {
    const { kind, label } = is.get(id) ?? was.get(id)!
    return { id, kind, label, before: was.get(id)?.clients ?? 0, now: is.get(id)?.clients ?? 0 }
  })
  const ps = pairs.map(pair => compareShares(pair.before, before.clients, pair.now, now.clients))
  const stands = falseDiscovery(ps)
  const share = (pair: ThemeChange) => pair.now / now.clients - pair.before / before.clients
  const moved = (keep: (pair: ThemeChange, stands: boolean) => boolean) =>
    pairs
      .filter((pair, i) => keep(pair, stands[i]!))
      .sort((a, b) => Math.abs(share(b)) - Math.abs(share(a)) || (a.id < b.id ? -1 : 1))
      .slice(0, LISTED)
  const number = (id: FigureId) => ({ before: before.numbers[id], now: now.numbers[id] })
  const [conversion, check] = [number('conversion'), number('check')]
  return {
    since: before.number,
    sinceAt: before.madeAt,
    clients: { before: before.clients, now: now.clients },
    numbers: {
      cac: { ...number('cac'), sure: false },
      conversion: { ...conversion, sure: differs(conversion) },
      check: { ...check, sure: differs(check) },
    },
    appeared: moved(({ kind, before, now }) => kind === 'question' && before === 0 && now >= LEAST_CLIENTS),
    faded: moved(
      (pair, stands) => pair.kind === 'question' && pair.before >= LEAST_CLIENTS && stands && share(pair) < 0,
    ),
    rose: moved(
      (pair, stands) => pair.kind !== 'question' && pair.now >= LEAST_CLIENTS && stands && share(pair) > 0,
    ),
  }
}

/** Whether two shares or means differ beyond chance; what has neither an n of trials nor a spread can't be told. */
function differs({ before, now }: { before: Figure; now: Figure }): boolean {
  if (before.value === null || now.value === null) return false
  if (before.error !== undefined && now.error !== undefined)
    return compareMeans(before.value, before.error, now.value, now.error) < SURE
  // By calendar more may be won in a period than leads came in it: then the share is no share.
  if (before.value > 1 || now.value > 1) return false
  return compareShares(before.value * before.n, before.n, now.value * now.n, now.n) < SURE
}
