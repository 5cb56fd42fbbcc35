/** A turn's text cut at the ends of what is marked in it, so that overlapping marks can be shown. Pure. */
import type { Turn } from '../../server/api/contract.ts'

export interface Stretch {
  text: string
  /** Kinds of the marks over it, each once, in their order. */
  kinds: string[]
  /** Labels of their themes. */
  themes: string[]
  /** Belongs to the quote that was opened. */
  quoted: boolean
}

/** Stretches that together are the whole text. Offsets are UTF-16 units, `to` exclusive; what lies outside is cut off. */
export function markText(
  text: string,
  marks: Turn['marks'],
  quote: { from: number; to: number } | null,
): Stretch[] {
  const within = (offset: number) => Math.max(0, Math.min(text.length, offset))
  const spans = [...marks, ...(quote ? [quote] : [])]
  const cuts = new Set([0, text.length, ...spans.flatMap(({ from, to }) => [within(from), within(to)])])
  const ordered = [...cuts].sort((a, b) => a - b)
  return ordered.slice(0, -1).map((from, i) => {
    const to = ordered[i + 1]!
    const over = marks.filter(mark => mark.from <= from && mark.to >= to)
    return {
      text: text.slice(from, to),
      kinds: [...new Set(over.map(mark => mark.kind))],
      themes: [...new Set(over.flatMap(mark => (mark.theme === null ? [] : [mark.theme])))],
      quoted: quote !== null && quote.from <= from && quote.to >= to,
    }
  })
}
