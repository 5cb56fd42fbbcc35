/** Channels by which clients come: what each costs, brings and when it pays back. */
import { raw } from '../store/sql.ts'
import { type Dimension, dimensionOf } from './dimensions.ts'
import { readGroups } from './groups.ts'
import { paybackDays, readLags } from './payback.ts'
import { type Facts, type Filter, ofSources } from './query.ts'
import { readSegments, type Segment, type SegmentQuery, type Segments } from './segments.ts'

export interface Channel {
  segment: Segment
  /** Inbound conversations; null where they can't be told apart by this field. */
  contacts: number | null
  missed: number | null
  /** Days after which revenue, times the margin, covered the cost; null where it did not, or nothing was paid. */
  payback: number | null
}

export interface Channels {
  all: Segments
  channels: Channel[]
}

/** `margin` is the share of revenue that pays for advertising. */
export async function readChannels(
  facts: Facts,
  query: Omit<SegmentQuery, 'dimensions'>,
  field: string,
  margin: number,
): Promise<Channels> {
  const dimension = dimensionOf(field) as Dimension
  const [all, lags, talks] = await Promise.all([
    readSegments(facts, { ...query, dimensions: [dimension] }),
    readLags(facts, query.filter, dimension),
    field === 'source' || field === 'contact' ? readTalks(facts, query.filter, field) : null,
  ])
  const channels = all.segments.map((segment): Channel => {
    const name = segment.names[0]!
    return {
      segment,
      contacts: talks ? (talks.get(name)?.contacts ?? 0) : null,
      missed: talks ? (talks.get(name)?.missed ?? 0) : null,
      payback: paybackDays(lags.get(name), segment.cost, margin, all.rule),
    }
  })
  return { all, channels }
}

/** Inbound conversations by source, or by how the client got in touch. */
async function readTalks(
  facts: Facts,
  filter: Filter,
  field: 'source' | 'contact',
): Promise<Map<string | null, { contacts: number; missed: number }>> {
  const talks = new Map<string | null, { contacts: number; missed: number }>()
  await readGroups(
    facts,
    {
      table: raw('conversations c'),
      day: raw('c.day'),
      period: filter.period,
      where: [raw("c.kind <> 'comment' and coalesce(c.direction, 'in') = 'in'"), ...ofSources(filter, 'c')],
      keys: { name: raw(field === 'source' ? 'c.source' : 'c.kind'), missed: raw('c.is_missed') },
      sums: {},
    },
    ({ size, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        const name = keys.name[i] as string | null
        const found = talks.get(name) ?? { contacts: 0, missed: 0 }
        talks.set(name, found)
        found.contacts += counts[i]!
        if (keys.missed[i] === 1) found.missed += counts[i]!
      }
    },
  )
  return talks
}
