/**
 * Spend -> segments. What a (source, campaign, day) cost is shared over the touches that it brought, by the finest key
 * that both sides have: keyword, then content, campaign, source with its medium, source; and for that key by day, then
 * week, month, the whole period. A keyword that brought nobody is paid by its campaign's leads, since the campaign would
 * not have been cheaper without it. What no touch answers for stays apart, so that the parts add up to the total to the
 * kopeck. Pure.
 */
import { weekOf } from '../lib/dates.ts'
import { roundToSum } from './money.ts'

export interface Origin {
  source: string | null
  medium: string | null
  campaign: string | null
  content: string | null
  keyword: string | null
}

export interface SpendCell {
  /** Cells of one origin share the object. */
  origin: Origin
  day: string | null
  /** Kopecks, whole; negative where the advertiser was paid back. */
  cost: number
}

/** Touches that are alike. */
export interface TouchCell {
  origin: Origin
  day: string | null
  /** Index of the segment. */
  segment: number
  /** How many deals, or what share of one where its touches share it. */
  weight: number
}

export const keyLevels = ['keyword', 'content', 'campaign', 'medium', 'source'] as const
export const timeLevels = ['day', 'week', 'month', 'period'] as const

export interface Attribution {
  /** Kopecks, whole, by index of segment. */
  bySegment: number[]
  /** Kopecks of spend that no touch answers for. */
  unattributed: number
  /** The same by source, greatest first: where to look for marks that do not match. */
  orphans: { source: string | null; cost: number }[]
  /** Kopecks by the level at which they were shared: how fine the numbers are. */
  byKey: Record<(typeof keyLevels)[number], number>
  byTime: Record<(typeof timeLevels)[number], number>
}

interface Bucket {
  cost: number
  weight: number
}

/**
 * Touches with one key, and the spend that is shared over them, by how wide a net of time had to be cast. Wider nets are
 * made of the days only when spend falls into them.
 */
interface Node {
  days: Map<string | null, Bucket>
  nets: (Map<string, Bucket> | null)[]
  paid: boolean
}

const fold = (text: string | null) => (text === null ? '' : text.trim().toLowerCase())
const key = (...parts: (string | null)[]) => parts.map(fold).join('\0')

/** Names of an origin's keys, finest first; null where the origin has no such key. */
function keysOfTouch({ source, medium, campaign, content, keyword }: Origin): (string | null)[][] {
  const known = source !== null
  return [
    [known && keyword !== null ? key(source, campaign, keyword) : null],
    [known && content !== null ? key(source, campaign, content) : null],
    [known && campaign !== null ? key(source, campaign) : null],
    [known && medium !== null ? key(source, medium) : null],
    // A touch of another medium did not come from this spend; one of an unknown medium may have.
    known ? [key(source, 'any'), ...(medium === null ? [key(source, 'unknown')] : [])] : [],
  ]
}

function keysOfSpend({ source, medium, campaign, content, keyword }: Origin): (string | null)[] {
  const known = source !== null
  return [
    known && keyword !== null ? key(source, campaign, keyword) : null,
    known && content !== null ? key(source, campaign, content) : null,
    known && campaign !== null ? key(source, campaign) : null,
    known && medium !== null ? key(source, medium) : null,
    known ? key(source, medium === null ? 'any' : 'unknown') : null,
  ]
}

/** The nets of time in which a day lies, finest first. */
type Nets = readonly [day: string | null, week: string | null, month: string | null, period: string]

function netsOf(day: string | null): Nets {
  return day === null ? [null, null, null, ''] : [day, weekOf(day), day.slice(0, 7), '']
}

/** Shares spend over touches; all sums are exact. `segments` says how many there are. */
export function attributeSpend(
  spend: readonly SpendCell[],
  touches: readonly TouchCell[],
  segments: number,
): Attribution {
  const { rateOf, ...charged } = priceTouches(spend, touches)
  const exact = new Array<number>(segments).fill(0)
  for (const { origin, day, segment, weight } of touches) {
    if (weight > 0) exact[segment]! += rateOf(origin, day) * weight
  }
  return { ...charged, bySegment: roundToSum(exact, charged.attributed) }
}

export type Priced = Omit<Attribution, 'bySegment'> & {
  attributed: number
  /** Kopecks, not whole, that one touch of an origin on a day costs. */
  rateOf(origin: Origin, day: string | null): number
}

/** What each touch costs: for segments that overlap, where a touch is paid for in each of them. */
export function priceTouches(
  spend: readonly SpendCell[],
  touches: readonly Omit<TouchCell, 'segment'>[],
): Priced {
  const known = new Map<string | null, Nets>()
  const nets = (day: string | null) => findOrMake(known, day, () => netsOf(day))
  // Touches of one origin on one day are charged alike, however many segments they lie in.
  const weights = new Map<Origin, Map<string | null, number>>()
  for (const { origin, day, weight } of touches) {
    if (weight <= 0) continue
    const ofOrigin = findOrMake(weights, origin, () => new Map<string | null, number>())
    ofOrigin.set(day, (ofOrigin.get(day) ?? 0) + weight)
  }
  const levels = keyLevels.map(() => new Map<string, Node>())
  const nodes = new Map([...weights.keys()].map(origin => [origin, findNodes(levels, origin)]))
  for (const [origin, ofOrigin] of weights) {
    for (const node of nodes.get(origin)!) {
      for (const [day, weight] of ofOrigin) {
        const bucket = node.days.get(day)
        if (bucket) bucket.weight += weight
        else node.days.set(day, { cost: 0, weight })
      }
    }
  }
  const result = charge(spend, levels, nets)
  const rates = new Map<Origin, Map<string | null, number>>()
  for (const [origin, ofOrigin] of weights) {
    const paid = nodes.get(origin)!.filter(node => node.paid)
    rates.set(origin, new Map([...ofOrigin.keys()].map(day => [day, rateOf(paid, nets(day))])))
  }
  const attributed = Object.values(result.byKey).reduce((sum, cost) => sum + cost, 0)
  return { ...result, attributed, rateOf: (origin, day) => rates.get(origin)?.get(day) ?? 0 }
}

function findOrMake<K, V>(map: Map<K, V>, name: K, make: () => V): V {
  let found = map.get(name)
  if (found === undefined) {
    found = make()
    map.set(name, found)
  }
  return found
}

/** Puts each cell of spend to the finest bucket that touches are in. */
function charge(
  spend: readonly SpendCell[],
  levels: readonly Map<string, Node>[],
  nets: (day: string | null) => Nets,
): Omit<Attribution, 'bySegment'> {
  const result: ReturnType<typeof charge> = {
    unattributed: 0,
    orphans: [],
    byKey: { keyword: 0, content: 0, campaign: 0, medium: 0, source: 0 },
    byTime: { day: 0, week: 0, month: 0, period: 0 },
  }
  const orphans = new Map<string | null, number>()
  const payers = new Map<Origin, { level: number; node: Node } | null>()
  for (const { origin, day, cost } of spend) {
    const payer = findOrMake(payers, origin, () => findPayer(levels, origin))
    if (!payer) {
      result.unattributed += cost
      orphans.set(origin.source, (orphans.get(origin.source) ?? 0) + cost)
      continue
    }
    const { bucket, time } = findBucket(payer.node, nets(day), nets)
    bucket.cost += cost
    payer.node.paid = true
    result.byKey[keyLevels[payer.level]!] += cost
    result.byTime[timeLevels[time]!] += cost
  }
  result.orphans = [...orphans]
    .map(([source, cost]) => ({ source, cost }))
    .sort((a, b) => b.cost - a.cost || (fold(a.source) < fold(b.source) ? -1 : 1))
  return result
}

/** The finest key of a spend's origin that touches have too. */
function findPayer(
  levels: readonly Map<string, Node>[],
  origin: Origin,
): { level: number; node: Node } | null {
  const names = keysOfSpend(origin)
  const level = names.findIndex((name, i) => name !== null && levels[i]!.has(name))
  return level === -1 ? null : { level, node: levels[level]!.get(names[level]!)! }
}

/** The finest net of a day that has touches in it. The widest has all. */
function findBucket(
  node: Node,
  at: Nets,
  nets: (day: string | null) => Nets,
): { bucket: Bucket; time: number } {
  const sameDay = at[0] === null ? undefined : node.days.get(at[0])
  if (sameDay) return { bucket: sameDay, time: 0 }
  for (const time of [1, 2]) {
    const bucket = at[time] === null ? undefined : widen(node, time, nets).get(at[time]!)
    if (bucket) return { bucket, time }
  }
  return { bucket: widen(node, 3, nets).get('')!, time: 3 }
}

/** A node's touches by week, month or all together. */
function widen(node: Node, time: number, nets: (day: string | null) => Nets): Map<string, Bucket> {
  let net = node.nets[time]
  if (!net) {
    net = new Map()
    node.nets[time] = net
    for (const [day, { weight }] of node.days) {
      const name = nets(day)[time as 1 | 2 | 3]
      if (name === null) continue
      findOrMake(net, name, () => ({ cost: 0, weight: 0 })).weight += weight
    }
  }
  return net
}

function findNodes(levels: readonly Map<string, Node>[], origin: Origin): Node[] {
  const make = (): Node => ({ days: new Map(), nets: [null, null, null, null], paid: false })
  return keysOfTouch(origin).flatMap((names, i) =>
    names.flatMap(name => (name === null ? [] : findOrMake(levels[i]!, name, make))),
  )
}

/** What one touch of an origin on a day costs, over all keys by which it was charged. */
function rateOf(paid: readonly Node[], at: Nets): number {
  let rate = 0
  for (const { days, nets } of paid) {
    const own = days.get(at[0])
    if (own && own.cost !== 0) rate += own.cost / own.weight
    for (let time = 1; time < nets.length; time++) {
      const bucket = at[time] === null ? undefined : nets[time]?.get(at[time]!)
      if (bucket && bucket.cost !== 0) rate += bucket.cost / bucket.weight
    }
  }
  return rate
}
