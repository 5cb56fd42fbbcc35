/** What brought a deal or a visit: the marks that it came with, and the number by which tables name them. */
import { sha256 } from './hash.ts'

export const markNames = ['source', 'medium', 'campaign', 'content', 'keyword'] as const
export type Marks = Record<(typeof markNames)[number], string | null>

export const NO_MARKS: Marks = { source: null, medium: null, campaign: null, content: null, keyword: null }

/** The number of a (source, medium, campaign, content, keyword): the same wherever it is met. */
export function originId({ source, medium, campaign, content, keyword }: Marks): number {
  // 52 bits are kept exactly by a JavaScript number, and two of a million origins meet once in four thousand databases.
  return Number.parseInt(
    sha256(JSON.stringify([source, medium, campaign, content, keyword])).slice(0, 13),
    16,
  )
}

/** Numbers origins, remembering those met: hashing each of a batch's rows would take longer than storing it. */
export function createOrigins(): { idOf: typeof originId; rows: ({ origin_id: number } & Marks)[] } {
  const known = new Map<string, number>()
  const rows: ({ origin_id: number } & Marks)[] = []
  const idOf: typeof originId = ({ source, medium, campaign, content, keyword }) => {
    const name = [source, medium, campaign, content, keyword].join('\0')
    let id = known.get(name)
    if (id === undefined) {
      id = originId({ source, medium, campaign, content, keyword })
      known.set(name, id)
      rows.push({ origin_id: id, source, medium, campaign, content, keyword })
    }
    return id
  }
  return { idOf, rows }
}
