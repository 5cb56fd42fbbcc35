/**
 * A text -> the FAQ entry that answers it, or none. Likeness is the cosine of TF-IDF vectors of stems and of character
 * n-grams, weighed by what is rare among the entries; an entry is as alike as its wordings together make it, so every
 * confirmed wording of clients helps. It abstains unless the best is both alike and apart from the second: of two
 * entries equally near none is an answer. Pure.
 */
import { extractFeatures } from './features.ts'

export interface FaqEntry {
  id: string
  text: string
  /** Ways in which clients put the same. */
  phrasings?: readonly string[] | undefined
}

export interface Match {
  /** The entry that answers, or null when it is unsure. */
  answer: string | null
  /** How sure, 0 … 1; `answer` is null below `LEAST_CONFIDENCE`. */
  score: number
  /** The nearest entries with their likeness, the nearest first. */
  ranked: { answer: string; score: number }[]
}

/** Share of stems in the likeness; the rest is n-grams, where typos and word forms meet. */
const WORDS = 0.3
/** How an entry's wordings are put together: the 4-norm lies between the best one alone and the sum of all. */
const NORM = 4
/** On labelled FAQ sets with half of the entries removed, four of five answers above this are right (test/quality). */
export const LEAST_CONFIDENCE = 0.136

interface Posting {
  wording: number
  weight: number
}

/** What one kind of feature knows: which wordings hold it, and how rare it is. */
interface Index {
  postings: Map<string, Posting[]>
  idf(feature: string): number
}

type Weights = ReadonlyMap<string, number>

function buildIndex(rows: readonly Weights[]): Index {
  const frequency = new Map<string, number>()
  for (const row of rows)
    for (const feature of row.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1)
  const idf = (feature: string) => Math.log((rows.length + 1) / ((frequency.get(feature) ?? 0) + 1)) + 1
  const postings = new Map<string, Posting[]>()
  for (const [wording, row] of rows.entries()) {
    for (const [feature, weight] of weigh(row, idf)) {
      const known = postings.get(feature)
      if (known) known.push({ wording, weight })
      else postings.set(feature, [{ wording, weight }])
    }
  }
  return { postings, idf }
}

/** Weight · idf, of unit length. */
function weigh(row: Weights, idf: (feature: string) => number): [feature: string, weight: number][] {
  const weighed = [...row].map(([feature, weight]): [string, number] => [feature, weight * idf(feature)])
  const length = Math.sqrt(weighed.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1
  return weighed.map(([feature, weight]) => [feature, weight / length])
}

/** Learns the entries once; the function it returns answers one text, with its `top` nearest entries. */
export function createMatcher(entries: readonly FaqEntry[]): (text: string, top?: number) => Match {
  const wordings = entries.flatMap((entry, owner) =>
    [entry.text, ...(entry.phrasings ?? [])].map(text => ({ owner, features: extractFeatures(text) })),
  )
  const parts = [
    { share: WORDS, pick: 'words', index: buildIndex(wordings.map(wording => wording.features.words)) },
    { share: 1 - WORDS, pick: 'grams', index: buildIndex(wordings.map(wording => wording.features.grams)) },
  ] as const
  return (text, top = 5) => {
    const features = extractFeatures(text)
    const likeness = new Float64Array(wordings.length)
    for (const { share, pick, index } of parts) {
      for (const [feature, weight] of weigh(features[pick], index.idf))
        for (const posting of index.postings.get(feature) ?? [])
          likeness[posting.wording]! += share * weight * posting.weight
    }
    const sums = new Float64Array(entries.length)
    for (const [i, { owner }] of wordings.entries()) sums[owner]! += likeness[i]! ** NORM
    const order = [...sums.keys()].filter(i => sums[i]! > 0).sort((a, b) => sums[b]! - sums[a]! || a - b)
    const ranked = order
      .slice(0, Math.max(2, top))
      .map(i => ({ answer: entries[i]!.id, score: sums[i]! ** (1 / NORM) }))
    const [first, second] = ranked
    const score = first ? Math.min(1, first.score * Math.sqrt(first.score - (second?.score ?? 0))) : 0
    return {
      answer: first && score >= LEAST_CONFIDENCE ? first.answer : null,
      score,
      ranked: ranked.slice(0, top),
    }
  }
}
