/** Text -> the weighted features by which texts are alike: words, pairs of words, concepts, n-grams of characters. */
import { detectLanguage } from '../language/detect-language.ts'
import { stem } from '../language/stems.ts'
import { tokenize } from '../language/tokens.ts'
import { conceptOf } from './concepts.ts'
import { heftOf } from './light-words.ts'
import { settings } from './settings.ts'

export interface Features {
  /** Stems, concepts, and pairs of either up to one word apart, with weights 0 … 1. */
  words: ReadonlyMap<string, number>
  /** Character n-grams of the words: typos and word forms meet here. */
  grams: ReadonlyMap<string, number>
}

const GRAMS = [3, 4, 5]
/** How far apart the words of a pair may stand. */
const REACH = 2
/** Longer texts are judged by their beginning: a turn that long is a monologue, and time must stay in proportion. */
const MOST_WORDS = 200

const gramsOf = new Map<string, readonly string[]>()
const MEMORY = 100_000

function wordGrams(norm: string): readonly string[] {
  const known = gramsOf.get(norm)
  if (known) return known
  const padded = ` ${norm} `
  const grams: string[] = []
  for (const n of GRAMS) for (let i = 0; i + n <= padded.length; i++) grams.push(padded.slice(i, i + n))
  if (gramsOf.size >= MEMORY) gramsOf.clear()
  gramsOf.set(norm, grams)
  return grams
}

/** Norms of a text's words without courtesy; with it when there is nothing else. */
function saidWords(text: string): string[] {
  const all: string[] = []
  for (const { kind, norm } of tokenize(text)) {
    if ((kind === 'word' || kind === 'unit') && all.length < MOST_WORDS) all.push(norm)
  }
  const said = all.filter(norm => heftOf(norm) !== 'silent')
  return said.length > 0 ? said : all
}

/** What a text says, without courtesy, case and punctuation: texts of one form are the same. */
export function formOf(text: string): string {
  return saidWords(text).join(' ')
}

/** Features of a text; all empty when it has no word. */
export function extractFeatures(text: string): Features {
  const norms = saidWords(text)
  const grams = new Map<string, number>()
  for (const norm of norms) for (const gram of wordGrams(norm)) raise(grams, gram, weightOf(norm))
  return { words: featuresOf(norms, text), grams }
}

/** The features of words alone, and the text's form (see formOf): at a third of the cost. */
export function extractWords(text: string): Pick<Features, 'words'> & { form: string } {
  const norms = saidWords(text)
  return { words: featuresOf(norms, text), form: norms.join(' ') }
}

const weightOf = (norm: string) => (heftOf(norm) === 'full' ? 1 : settings.lightWord)

function featuresOf(norms: readonly string[], text: string): Map<string, number> {
  const language = detectLanguage(text)
  const weights = norms.map(weightOf)
  const stems = norms.map(norm => stem(norm, language))
  const words = new Map<string, number>()
  addWords(words, stems, weights, 1)
  const ideas = stems.map(stemmed => conceptOf(stemmed) ?? stemmed)
  addWords(words, ideas, weights, settings.concept, '#')
  return words
}

/** Adds words and pairs, each by its greatest weight; only features that hold `mark`, when given. */
function addWords(
  into: Map<string, number>,
  stems: readonly string[],
  weights: readonly number[],
  scale: number,
  mark = '',
): void {
  for (let i = 0; i < stems.length; i++) {
    const a = stems[i]!
    const marked = a.includes(mark)
    if (marked) raise(into, a, weights[i]! * scale)
    for (let j = i + 1; j <= i + REACH && j < stems.length; j++) {
      const b = stems[j]!
      if (marked || b.includes(mark))
        raise(into, `${a} ${b}`, settings.pair * Math.sqrt(weights[i]! * weights[j]!) * scale)
    }
  }
}

function raise(into: Map<string, number>, feature: string, weight: number): void {
  if ((into.get(feature) ?? 0) < weight) into.set(feature, weight)
}
