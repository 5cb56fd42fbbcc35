/** Text -> the features by which texts are alike: stems of words and n-grams of characters. */
import { detectLanguage } from '../language/detect-language.ts'
import { stem } from '../language/stems.ts'
import { isStopword } from '../language/stopwords.ts'
import { tokenize } from '../language/tokens.ts'

export interface Features {
  /** Stems of words that mean something, and pairs of neighbours. */
  words: string[]
  /** Character n-grams of those words' norms: typos and word forms meet here. */
  grams: string[]
}

const GRAMS = [3, 4, 5]

/** Features of a text; both empty when it holds nothing but stop words. */
export function extractFeatures(text: string): Features {
  const language = detectLanguage(text)
  const norms = tokenize(text)
    .filter(token => token.kind === 'word' || token.kind === 'unit')
    .map(token => token.norm)
  const telling = norms.filter(norm => !isStopword(norm))
  const kept = telling.length > 0 ? telling : norms
  const stems = kept.map(norm => stem(norm, language))
  const pairs = stems.slice(1).map((next, i) => `${stems[i]} ${next}`)
  const grams = kept.flatMap(norm => {
    const padded = ` ${norm} `
    return GRAMS.flatMap(n =>
      Array.from({ length: Math.max(0, padded.length - n + 1) }, (_, i) => padded.slice(i, i + n)),
    )
  })
  return { words: [...stems, ...pairs], grams }
}
