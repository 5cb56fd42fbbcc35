/** What to talk about and when to call: by rule, each with the words or counts that it follows from. Pure. */
import type { Claim } from '../notebook/output.ts'
import type { BriefTalk } from './brief-history.ts'
import type { Similar } from './brief-similar.ts'

export interface Topic {
  /**
   * Why: `objection` was raised, `open` was asked and the site has no good answer, `asked`, `valued` by this client, or
   * `similar` clients who bought valued it.
   */
  why: 'objection' | 'open' | 'asked' | 'valued' | 'similar'
  theme: string
  text: string
}

/** The best hours, `to` exclusive; `hits` of `of` contacts (or clients) fall into them. */
export interface CallTime {
  from: number
  to: number
  hits: number
  of: number
  basis: 'client' | 'similar'
}

const MOST = { objection: 3, open: 3, asked: 2, valued: 2, similar: 2 } as const

interface Said {
  asked: readonly Claim[]
  valued: readonly Claim[]
  objected: readonly Claim[]
  similar: Similar | null
  open: ReadonlySet<string>
}

/** What stopped the client first, then what it could not find out, then what it wants, then what its likes wanted. */
export function chooseTopics({ asked, valued, objected, similar, open }: Said): Topic[] {
  const own = new Set([...asked, ...valued, ...objected].map(claim => claim.id))
  const topics = (why: Topic['why'], claims: readonly Claim[]): Topic[] =>
    claims.slice(0, MOST[why]).map(({ id, text }) => ({ why, theme: id, text }))
  return [
    ...topics('objection', objected),
    ...topics(
      'open',
      asked.filter(claim => open.has(claim.id)),
    ),
    ...topics(
      'asked',
      asked.filter(claim => !open.has(claim.id)),
    ),
    ...topics('valued', valued),
    ...topics(
      'similar',
      (similar?.valued ?? []).filter(claim => !own.has(claim.id) && !claim.weak),
    ),
  ]
}

/** Width of the window, in hours, and the hours in which people may be called. */
const WIDTH = 3
const [EARLIEST, LATEST] = [9, 21]
/** Fewer contacts than this say nothing of a client's day. */
const LEAST_OWN = 3
const LEAST_SIMILAR = 20

/** By the client's own talks when there are three, else by clients like it; null when neither tells. */
export function chooseCallTime(
  talks: readonly BriefTalk[],
  similar: readonly { hour: number; clients: number; known: number }[],
): CallTime | null {
  const own = talks.filter(talk => !talk.missed && talk.direction === 'in' && talk.at !== null)
  if (own.length >= LEAST_OWN) {
    const hours = own.map(talk => ({ hour: Number(talk.at!.slice(11, 13)), n: 1 }))
    return { ...bestWindow(hours), of: own.length, basis: 'client' }
  }
  const of = similar[0]?.known ?? 0
  if (of < LEAST_SIMILAR) return null
  const window = bestWindow(similar.map(({ hour, clients }) => ({ hour, n: clients })))
  // A client who called at two hours of the window is one client.
  return { ...window, hits: Math.min(window.hits, of), of, basis: 'similar' }
}

function bestWindow(hours: readonly { hour: number; n: number }[]): {
  from: number
  to: number
  hits: number
} {
  let best = { from: EARLIEST, to: EARLIEST + WIDTH, hits: -1 }
  for (let from = EARLIEST; from + WIDTH <= LATEST; from++) {
    const hits = hours.reduce((sum, { hour, n }) => sum + (hour >= from && hour < from + WIDTH ? n : 0), 0)
    if (hits > best.hits) best = { from, to: from + WIDTH, hits }
  }
  return best
}
