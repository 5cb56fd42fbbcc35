/**
 * A fresh clustering beside the catalogue as it stands: what it would merge and what it would split, as edits that a person
 * takes or leaves. What people have decided is not proposed against: a merged theme is not split again, a split one not
 * merged back, a mention that was placed by hand stays. Pure.
 */
import { sha256 } from '../lib/hash.ts'
import { type Corrections, type Edit, type MentionRef, mentionKey } from './edits.ts'
import { type Candidate, chooseLabel } from './steps/name.ts'

export interface ClusteredMention {
  ref: MentionRef
  text: string
  /** Its theme now. */
  theme: string
  /** Its group in the fresh clustering, and its likeness to it. */
  group: number
  score: number
}

export interface Proposal {
  /** Hash of what it would do: the same proposal has the same id at every run. */
  id: string
  edit: Extract<Edit, { action: 'merge' } | { action: 'split' }>
  /** Distinct clients whom it concerns. */
  clients: number
  /** What would come together, or apart: label or words, clients, and a few quotes. */
  parts: { label: string; clients: number; quotes: string[] }[]
}

/** A theme is one thing with a group when so much of it falls there. */
const MOST = 0.6
/** A part worth a theme of its own: of the theme's clients, and in number. */
const LEAST_SHARE = 0.2
const LEAST_CLIENTS = 5
const QUOTES = 3

/** Proposals by falling number of clients. `labels` are the themes' names now. */
export function propose(
  mentions: readonly ClusteredMention[],
  labels: ReadonlyMap<string, string>,
  corrections: Corrections,
): Proposal[] {
  const free = mentions.filter(mention => !corrections.pins.has(mentionKey(mention.theme, mention.ref)))
  const byTheme = Map.groupBy(free, mention => mention.theme)
  return [...proposeMerges(byTheme, labels, corrections), ...proposeSplits(byTheme, corrections)].sort(
    (a, b) => b.clients - a.clients || (a.id < b.id ? -1 : 1),
  )
}

const clientsOf = (mentions: readonly ClusteredMention[]) =>
  new Set(mentions.map(mention => mention.ref.client_id)).size

/** Themes of which most falls into one and the same group. */
function proposeMerges(
  byTheme: ReadonlyMap<string, ClusteredMention[]>,
  labels: ReadonlyMap<string, string>,
  { made }: Corrections,
): Proposal[] {
  const homes = [...byTheme].flatMap(([theme, mentions]) => {
    const all = clientsOf(mentions)
    const home = [...Map.groupBy(mentions, mention => mention.group)].find(
      ([, part]) => clientsOf(part) >= MOST * all,
    )
    return home ? [{ theme, group: home[0] }] : []
  })
  return [...Map.groupBy(homes, home => home.group).values()].flatMap(together => {
    const themes = together.map(home => home.theme).filter(theme => !made.has(theme))
    if (themes.length < 2) return []
    const parts = themes.map(theme => describe(labels.get(theme) ?? theme, byTheme.get(theme)!))
    const clients = clientsOf(themes.flatMap(theme => byTheme.get(theme)!))
    return [{ ...identified({ action: 'merge', themes: themes.sort() }), clients, parts }]
  })
}

/** Themes that fall apart into groups, each large enough to be a theme. */
function proposeSplits(
  byTheme: ReadonlyMap<string, ClusteredMention[]>,
  { aliases }: Corrections,
): Proposal[] {
  const merged = new Set(aliases.values())
  return [...byTheme].flatMap(([theme, mentions]) => {
    if (merged.has(theme)) return []
    const all = clientsOf(mentions)
    const parts = [...Map.groupBy(mentions, mention => mention.group).values()]
      .filter(part => clientsOf(part) >= Math.max(LEAST_CLIENTS, LEAST_SHARE * all))
      .sort((a, b) => clientsOf(b) - clientsOf(a))
    const [stays, ...leave] = parts
    return leave.map(part => {
      const label = labelOf(part)
      const refs = part.map(mention => mention.ref)
      const edit: Edit = { action: 'split', theme, label, mentions: refs }
      return {
        ...identified(edit),
        clients: clientsOf(part),
        parts: [describe(labelOf(stays!), stays!), describe(label, part)],
      }
    })
  })
}

function labelOf(mentions: readonly ClusteredMention[]): string {
  const candidates = [...Map.groupBy(mentions, mention => mention.text.toLowerCase()).values()].map(
    (same): Candidate => ({ text: same[0]!.text, score: same[0]!.score, clients: clientsOf(same) }),
  )
  return chooseLabel(candidates).slice(0, 200)
}

function describe(label: string, mentions: readonly ClusteredMention[]): Proposal['parts'][number] {
  const best = [...mentions].sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1))
  const quotes = [...new Set(best.map(mention => mention.text))].slice(0, QUOTES)
  return { label, clients: clientsOf(mentions), quotes }
}

function identified<E extends Proposal['edit']>(edit: E): { id: string; edit: E } {
  return { id: sha256(JSON.stringify(edit)).slice(0, 8), edit }
}
