/** Where leads that marketing calls good are lost before sales take them, by source; and why leads are lost at each step. */
import { compareShares, falseDiscovery, wilson } from '../lib/statistics.ts'
import { readDeals } from './deals.ts'
import { bySource } from './dimensions.ts'
import { readParts } from './parts.ts'
import type { Facts, Filter } from './query.ts'
import { flags } from './tally.ts'

export interface Handover {
  source: string | null
  mql: number
  sql: number
  /** Good leads that may still be taken. */
  open: number
  conversion: number
  interval: [number, number]
  small: boolean
  /** Differs from that of the other sources, after correction for many comparisons. */
  differs: boolean
  /** The reason for which most of its leads were lost before sales took them. */
  reason: string | null
}

/** Not taken for a lead at all, not taken by sales, not sold. */
export type LostStep = 'mql' | 'sql' | 'won'

export interface Reason {
  reason: string | null
  /** The step that the leads lost for it did not take. */
  step: LostStep
  clients: number
}

const SMALL = 30

export async function readHandover(
  facts: Facts,
  filter: Filter,
): Promise<{ sources: Handover[]; reasons: Reason[] }> {
  const [parts, lost] = await Promise.all([
    readParts(facts, { filter, dimensions: [bySource], touch: null }),
    readLost(facts, filter),
  ])
  const known = parts.parts.filter(({ tally }) => tally.mql > 0)
  const [mql, sql] = [parts.total.mql, parts.total.sql]
  const tested = known.filter(({ tally }) => tally.mql >= SMALL && tally.mql < mql)
  const stand = falseDiscovery(
    tested.map(({ tally }) => compareShares(tally.sql, tally.mql, sql - tally.sql, mql - tally.mql)),
  )
  const sources = known.map(({ names, tally }, i): Handover => {
    const at = tested.indexOf(known[i]!)
    return {
      source: names[0]!,
      mql: tally.mql,
      sql: tally.sql,
      open: tally.open.mql,
      conversion: tally.sql / tally.mql,
      interval: wilson(tally.sql, tally.mql),
      small: tally.mql < SMALL,
      differs: at !== -1 && stand[at]!,
      reason: topReason(lost, names[0]!),
    }
  })
  sources.sort((a, b) => b.mql - a.mql || compareNames(a.source, b.source))
  return { sources, reasons: addReasons(lost) }
}

interface Lost {
  source: string | null
  reason: string | null
  step: LostStep
  /** Clients with no other deal in the period, and those who have one: the latter may be lost twice. */
  single: number
  several: Set<string>
}

async function readLost(facts: Facts, filter: Filter): Promise<Lost[]> {
  const lost = new Map<string, Lost>()
  await readDeals(
    facts,
    {
      filter,
      keys: { source: 'source', reason: 'loss_reason' },
      only: 'lost',
    },
    ({ size, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        const [source, reason] = [keys.source[i] as string | null, keys.reason[i] as string | null]
        const bits = keys.bits[i] as number
        const step = bits & flags.sql ? 'won' : bits & flags.mql ? 'sql' : 'mql'
        const name = `${step}\0${source ?? '\u0001'}\0${reason ?? '\u0001'}`
        const found = lost.get(name) ?? { source, reason, step, single: 0, several: new Set() }
        lost.set(name, found)
        const client = keys.client[i] as string | null
        if (client === null) found.single += counts[i]!
        else found.several.add(client)
      }
    },
  )
  return [...lost.values()]
}

const sizeOf = ({ single, several }: Pick<Lost, 'single' | 'several'>) => single + several.size

function topReason(lost: readonly Lost[], source: string | null): string | null {
  const own = lost.filter(one => one.source === source && one.step === 'sql' && one.reason !== null)
  own.sort((a, b) => sizeOf(b) - sizeOf(a) || (a.reason! < b.reason! ? -1 : 1))
  return own[0]?.reason ?? null
}

function addReasons(lost: readonly Lost[]): Reason[] {
  const reasons = new Map<string, Lost>()
  for (const one of lost) {
    const name = `${one.step}\0${one.reason ?? '\u0001'}`
    const found = reasons.get(name)
    if (!found) reasons.set(name, { ...one, several: new Set(one.several) })
    else {
      found.single += one.single
      for (const client of one.several) found.several.add(client)
    }
  }
  return [...reasons.values()]
    .map(one => ({ reason: one.reason, step: one.step, clients: sizeOf(one) }))
    .sort((a, b) => b.clients - a.clients || compareNames(a.reason, b.reason) || compareNames(a.step, b.step))
}

/** By code, as every machine does; null last. */
function compareNames(a: string | null, b: string | null): number {
  return a === b ? 0 : a === null || (b !== null && a > b) ? 1 : -1
}
