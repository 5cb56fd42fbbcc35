/** Ads as the platforms' import files take them: one row an ad, columns by the platform's own headers. Pure. */
import type { Scalar, Table } from '../notebook/output.ts'
import type { AdIdea, AdSet } from './ads.ts'

/** Rows of one-of-each platforms: so many ads. */
const ADS = 8

/** The table, null when the platform's fields that an ad can't do without are not filled. */
export function toAdTable({ platform, lines }: AdSet, group: string): Table | null {
  const rows = lines.some(({ field }) => field.most > 1) ? [together(lines)] : oneByOne(lines)
  const filled = rows.filter(row => lines.every(({ field }, i) => row[i]!.length >= field.least))
  if (filled.length === 0) return null
  const columns = lines.flatMap(({ field }) =>
    field.most === 1
      ? [field.column]
      : Array.from({ length: field.most }, (_, i) => field.column.replace('#', String(i + 1))),
  )
  const own = (value: string, column: string) =>
    /групп|group|название|campaign|title/i.test(column) && value === '' ? group : value
  return {
    columns: [
      ...platform.before.map(([column]) => column),
      ...columns,
      ...platform.after.map(([column]) => column),
    ].map(column => ({ name: column, label: column, format: 'text' as const })),
    rows: filled.map((row): Scalar[] => [
      ...platform.before.map(([column, value]) => own(value, column)),
      ...lines.flatMap(({ field }, i) =>
        Array.from({ length: field.most }, (_, n) => row[i]![n]?.claim.text ?? null),
      ),
      ...platform.after.map(([, value]) => value || null),
    ]),
    truncated: false,
  }
}

/** One ad that holds all the lines. */
const together = (lines: AdSet['lines']) => lines.map(({ field, ideas }) => ideas.slice(0, field.most))

/** An ad for each headline in turn, its lines made of different phrases, what was used least before what was used. */
function oneByOne(lines: AdSet['lines']): AdIdea[][][] {
  const used = new Map<AdIdea, number>()
  const most = Math.min(ADS, lines[0]?.ideas.length ?? 0)
  return Array.from({ length: most }, (_, n) => {
    const chosen: AdIdea[] = []
    return lines.map(({ ideas }, at) => {
      const turn = at === 0 ? [ideas[n]!] : ideas.toSorted((a, b) => (used.get(a) ?? 0) - (used.get(b) ?? 0))
      const idea = turn.find(candidate =>
        chosen.every(other => !other.phrases.some(phrase => sameWords(phrase, candidate))),
      )
      if (!idea) return []
      chosen.push(idea)
      used.set(idea, (used.get(idea) ?? 0) + 1)
      return [idea]
    })
  })
}

const sameWords = ({ core }: AdIdea['phrases'][number], candidate: AdIdea) =>
  candidate.phrases.some(phrase => phrase.core.stems.some(stem => core.stems.includes(stem)))
