/**
 * A text -> the FAQ entry that answers it, or none. Likeness is half the cosine of TF-IDF vectors of stems and of character
 * n-grams, weighed by what is rare among the entries, and half how well the words cover one another; an entry is as alike
 * as its wordings together make it, so every confirmed wording of clients helps. It abstains unless the best is alike,
 * apart from the second (of two entries equally near none is an answer) and above the many. Pure.
 */
import { createAlignment, readWords } from './alignment.ts'
import { extractFeatures, formOf } from './features.ts'

export interface FaqEntry {
  id: string
  text: string
  /** Ways in which clients put the same. */
  phrasings?: readonly string[] | undefined
}

export interface Match {
  /** The entry that answers, or null when it is unsure. */
  answer: string | null
  /** How likely it answers, 0 … 1; `answer` is null below `LEAST_CONFIDENCE`. */
  score: number
  /** The nearest entries with their likeness, the nearest first. */
  ranked: { answer: string; score: number }[]
}

/** Share of stems in the likeness; the rest is n-grams, where typos and word forms meet. */
const WORDS = 0.3
/** How an entry's wordings are put together: the 4-norm lies between the best one alone and the sum of all. */
const NORM = 4
/** Share of the alignment of words in the likeness, and the wordings, nearest by cosine, that are aligned. */
const ALIGNED = 0.5
const ALIGN = 24
/**
 * Log-odds that the nearest entry answers, by logistic regression over labelled sets of several kinds with half of their
 * entries removed (test/quality). `apart`: likeness times the root of how far the second is; `above`: standard deviations
 * over the mean entry; `words`: log of how many words the text has, since a few alike words of few prove little.
 */
const ODDS = { base: -4.98, apart: 16.3, above: 0.19, words: 0.855 }
/** Among many entries most share nothing with a text, and any likeness stands out. */
const MOST_ABOVE = 8
/** On those sets four of five answers above this are right. */
export const LEAST_CONFIDENCE = 0.5

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
    [entry.text, ...(entry.phrasings ?? [])].map(text => ({
      owner,
      features: extractFeatures(text),
      words: readWords(text),
    })),
  )
  const parts = [
    { share: WORDS, pick: 'words', index: buildIndex(wordings.map(wording => wording.features.words)) },
    { share: 1 - WORDS, pick: 'grams', index: buildIndex(wordings.map(wording => wording.features.grams)) },
  ] as const
  const align = createAlignment(
    wordings.map(wording => wording.words),
    wordings.map(wording => wording.owner),
  )
  const forms = entries.map(entry => formOf(entry.text))
  return (text, top = 5) => {
    const features = extractFeatures(text)
    const words = readWords(text)
    const likeness = new Float64Array(wordings.length)
    for (const { share, pick, index } of parts) {
      for (const [feature, weight] of weigh(features[pick], index.idf))
        for (const posting of index.postings.get(feature) ?? [])
          likeness[posting.wording]! += (1 - ALIGNED) * share * weight * posting.weight
    }
    const alignTo = align(words)
    const near = [...likeness.keys()].filter(i => likeness[i]! > 0)
    near.sort((a, b) => likeness[b]! - likeness[a]! || a - b)
    for (const i of near.slice(0, ALIGN)) likeness[i]! += ALIGNED * alignTo(i)
    const sums = new Float64Array(entries.length)
    for (const [i, { owner }] of wordings.entries()) sums[owner]! += likeness[i]! ** NORM
    const scores = sums.map(sum => sum ** (1 / NORM))
    const order = [...sums.keys()].filter(i => sums[i]! > 0).sort((a, b) => sums[b]! - sums[a]! || a - b)
    const ranked = order.slice(0, top).map(i => ({ answer: entries[i]!.id, score: Math.min(1, scores[i]!) }))
    const first = order[0]
    if (first === undefined) return { answer: null, score: 0, ranked }
    // The same question listed twice is no doubt about the answer.
    const second = order.find(i => forms[i] !== forms[first])
    const score = confidence(scores, scores[first]!, second === undefined ? 0 : scores[second]!, words.length)
    return { answer: score >= LEAST_CONFIDENCE ? entries[first]!.id : null, score, ranked }
  }
}

/** How likely the best of some scores is an answer. */
function confidence(scores: Float64Array, best: number, second: number, words: number): number {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  const spread = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length)
  const above = spread > 0 ? Math.min(MOST_ABOVE, (best - mean) / spread) : 0
  const apart = best * Math.sqrt(best - second)
  const odds = ODDS.base + ODDS.apart * apart + ODDS.above * above + ODDS.words * Math.log(words + 1)
  return 1 / (1 + Math.exp(-odds))
}
