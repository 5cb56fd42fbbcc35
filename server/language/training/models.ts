/** The classifiers of questions and of clause boundaries, from the project's own sentences. */
import { createRandom } from '../../lib/random.ts'
import { BOUNDARY_BITS, boundaryFeatures } from '../boundary-features.ts'
import { type ClauseWord, toClauseWord } from '../clause-words.ts'
import type { LinearModelFile } from '../linear-model.ts'
import { QUESTION_BITS, questionFeatures } from '../question-features.ts'
import { tokenize } from '../tokens.ts'
import { addressed, readCorpus, readLeads, readTurns, type Sentence } from './corpus.ts'
import { type Example, train } from './logistic.ts'

/** Written questions are fewer than statements and shorter than spoken ones: the odds are set even again. */
const QUESTION_PRIOR = 0.3
/** Chains of sentences for the boundaries, by language, and how many sentences one has at most. */
const CHAINS = 12_000
const LONGEST_CHAIN = 5
const LEAST_WORDS = 3

/** What a turn weighs that was written whole, against a chain that was put together. */
const TURN_WEIGHT = 12

const wordsOf = ({ text, language }: Pick<Sentence, 'text' | 'language'>): ClauseWord[] =>
  tokenize(text)
    .filter(token => token.kind !== 'punctuation')
    .map(token => toClauseWord(token.norm, language))

function questionExamples(sentences: readonly Sentence[]): Example[] {
  return sentences.map(sentence => ({
    features: questionFeatures(wordsOf(sentence)).slice(),
    label: sentence.question ? 1 : 0,
    weight: sentence.weight,
  }))
}

function boundaryExamples(sentences: readonly Sentence[]): Example[] {
  const random = createRandom(11)
  return (['ru', 'en'] as const).flatMap(language => {
    // A fragment may be part of anything: it would teach to cut before every noun.
    const own = sentences.filter(
      ({ language: of, text }) => of === language && text.split(' ').length >= LEAST_WORDS,
    )
    const hand = own.filter(({ weight }) => weight === 1)
    const trade = own.filter(sentence => sentence.trade)
    const leads = readLeads(language)
    const sources = [
      leads,
      leads,
      hand,
      trade.length > 0 ? trade : hand,
      hand,
      trade.length > 0 ? trade : hand,
    ]
    const chains = Array.from({ length: CHAINS }, () =>
      Array.from({ length: 1 + random.integer(LONGEST_CHAIN) }, () =>
        wordsOf(random.pick(random.pick(sources))),
      ),
    )
    const turns = readTurns(language).map(parts => parts.map(text => wordsOf({ text, language })))
    return [...chains.flatMap(chain => gapsOf(chain, 1)), ...turns.flatMap(turn => gapsOf(turn, TURN_WEIGHT))]
  })
}

/** An example for every gap between words; where a clause begins it is a boundary. */
function gapsOf(clauses: readonly ClauseWord[][], weight: number): Example[] {
  const words = clauses.flat()
  const starts = new Set<number>()
  let at = 0
  for (const clause of clauses) {
    starts.add(at)
    at += clause.length
  }
  return words.slice(1).map((_, i) => ({
    features: boundaryFeatures(words, i + 1).slice(),
    label: starts.has(i + 1) ? 1 : 0,
    weight,
  }))
}

/** Tells clauses that ask from clauses that do not. Always the same model; a few seconds. */
export function trainQuestions(): LinearModelFile {
  const corpus = readCorpus()
  return train(questionExamples([...corpus, ...addressed(corpus)]), {
    bits: QUESTION_BITS,
    prior: QUESTION_PRIOR,
  })
}

/** Tells after which word of running speech a new clause begins. Always the same model; a few seconds. */
export function trainBoundaries(): LinearModelFile {
  return train(boundaryExamples(readCorpus()), { bits: BOUNDARY_BITS, epochs: 4, rate: 0.05 })
}
