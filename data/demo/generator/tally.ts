/** Counts of a company's rows that the effects are read from; one pass over its clients. */
import type { Demo } from './generate.ts'
import type { ClientRows } from './rows.ts'

interface SourceTally {
  leads: number
  won: number
  calls: number
  cost: number
  clicks: number
}

export interface Tally {
  sources: Record<string, SourceTally>
  /** Share of a manager's deals that are won. */
  managers: Record<string, number>
  managerMean(without: string): number
  /** Average won deal. */
  cities: Record<string, number>
  cityMean(without: string): number
  /** New deals by day. */
  days: Record<string, number>
  askedBefore(question: string, day: string): number
  askedSince(question: string, day: string): number
  /** Share of clients heard, of a source or (null) of all but one, who ask it. */
  askedShare(question: string, source: string | null, but?: string): number
  /** Share of deals of a status that were heard or noted in which the theme is said. */
  saidShare(theme: string, status: 'won' | 'lost'): number
}

/** A client whose own words are there: first contact, source, and the questions asked. */
interface Heard {
  day: string
  source: string | null
  asked: Set<string>
}

/** Counts all that a company's clients did and said. */
export function createTally(demo: Demo): Tally {
  const sources: Record<string, SourceTally> = {}
  const of = (key: string) => {
    sources[key] ??= { leads: 0, won: 0, calls: 0, cost: 0, clicks: 0 }
    return sources[key]
  }
  const groups = { manager: {} as Groups, city: {} as Groups }
  const days: Record<string, number> = {}
  const heard: Heard[] = []
  const said: { status: string; themes: Set<string> }[] = []
  for (const rows of demo.clients()) {
    const bySource = Map.groupBy(rows.deals, deal => deal.source)
    for (const [source, deals] of bySource) {
      if (source === null) continue
      of(source).leads++
      if (deals.some(deal => deal.status === 'won')) of(source).won++
    }
    for (const row of rows.conversations)
      if (row.kind === 'call' && row.source !== null) of(row.source).calls++
    for (const deal of rows.deals) {
      const won = deal.status === 'won'
      count(groups.manager, deal.manager, won ? 1 : 0)
      if (won) count(groups.city, rows.client.city, deal.amount!)
      const day = deal.created_at.slice(0, 10)
      days[day] = (days[day] ?? 0) + 1
    }
    const words = hear(rows)
    if (words) heard.push(words)
    said.push(...sayings(rows))
  }
  for (const { source, cost, clicks } of demo.spend()) {
    of(source).cost += cost
    of(source).clicks += clicks ?? 0
  }
  const share = (list: readonly Heard[], question: string) =>
    list.filter(({ asked }) => asked.has(`question:${question}`)).length / list.length
  return {
    sources,
    managers: means(groups.manager),
    managerMean: without => meanOf(groups.manager, without),
    cities: means(groups.city),
    cityMean: without => meanOf(groups.city, without),
    days,
    askedBefore: (question, day) =>
      share(
        heard.filter(one => one.day < day),
        question,
      ),
    askedSince: (question, day) =>
      share(
        heard.filter(one => one.day >= day),
        question,
      ),
    askedShare: (question, source, but) =>
      share(
        heard.filter(one => (source === null ? one.source !== but : one.source === source)),
        question,
      ),
    saidShare: (theme, status) => {
      const deals = said.filter(deal => deal.status === status)
      return deals.filter(deal => deal.themes.has(theme)).length / deals.length
    },
  }
}

type Groups = Record<string, { sum: number; n: number }>

function count(groups: Groups, key: string, value: number): void {
  groups[key] ??= { sum: 0, n: 0 }
  groups[key].sum += value
  groups[key].n++
}

const means = (groups: Groups) =>
  Object.fromEntries(Object.entries(groups).map(([key, { sum, n }]) => [key, sum / n]))

function meanOf(groups: Groups, without: string): number {
  const others = Object.entries(groups).filter(([key]) => key !== without)
  return others.reduce((sum, [, one]) => sum + one.sum, 0) / others.reduce((sum, [, one]) => sum + one.n, 0)
}

function hear({ conversations }: ClientRows): Heard | null {
  const spoken = conversations.filter(row => row.kind !== 'comment' && row.utterances.length > 0)
  if (spoken.length === 0) return null
  const asked = spoken.flatMap(row => row.utterances.flatMap(({ marks }) => marks.map(mark => mark.theme)))
  return { day: spoken[0]!.started_at.slice(0, 10), source: spoken[0]!.source, asked: new Set(asked) }
}

/** Themes by deal; decoys say nothing. */
function sayings({ deals, conversations }: ClientRows): { status: string; themes: Set<string> }[] {
  return deals.flatMap(deal => {
    const spoken = conversations.filter(row => row.about === deal.deal_id && row.utterances.length > 0)
    const marks = spoken.flatMap(row => row.utterances.flatMap(utterance => utterance.marks))
    const themes = marks.filter(mark => mark.kind !== 'decoy').map(mark => mark.theme)
    return spoken.length === 0 ? [] : [{ status: deal.status, themes: new Set(themes) }]
  })
}
