/** A text as the checks see it: words that claim something, negations, quantities, and the clauses that these stand in. */
import { detectLanguage } from '../../language/detect-language.ts'
import { stem } from '../../language/stems.ts'
import { type Token, tokenize } from '../../language/tokens.ts'
import { isNumberWord, type Quantity, readQuantities } from './quantities.ts'
import { isNegator, isReporting } from './reporting-words.ts'

export interface Word {
  from: number
  to: number
  norm: string
  stem: string
  /** `claim` needs a source; `frame` does not. */
  role: 'claim' | 'frame' | 'negator' | 'number'
  /** Which clause it stands in, from 0. */
  clause: number
  /** Which member of which clause: «оплату и доставку» are two. */
  part: number
}

export interface Reading {
  text: string
  words: Word[]
  /** With the clause that each stands in. */
  quantities: (Quantity & { from: number; to: number; clause: number; part: number })[]
  /** Clauses that a negation turns round. */
  negated: ReadonlySet<number>
}

const STOP = /^[.?!…;:()«»"“”]+$/
const PAUSE = /^[,—–-]$/
/** After a comma these carry the clause on: «не думаю, что дорого» is one thought. */
const GOES_ON = new Set(['что', 'чтобы', 'that'])
/** These join what may be said in different places. */
const JOINS = new Set(['и', 'или', 'либо', 'and', 'or'])
/** These begin another thought without a mark, as speech recognition leaves it: «не нашёл сколько ждать». */
const TURNS = new Set(
  `а но зато однако если потому поэтому сколько как где куда когда почему зачем какой какая какое какие каких кто чей
  but though however if because so how where when why which who what whether`.split(/\s+/),
)

/** Reads a text; `vocabulary` holds stems that need no source. */
export function readWords(text: string, vocabulary: ReadonlySet<string> = new Set()): Reading {
  const tokens = tokenize(text)
  const language = detectLanguage(text)
  const clauses = toClauses(tokens)
  const words = tokens.flatMap((token, i): Word[] => {
    if (token.kind !== 'word') return []
    const { from, to, norm } = token
    const stemmed = stem(norm, language)
    return [{ from, to, norm, stem: stemmed, role: roleOf(norm, stemmed, vocabulary), ...clauses[i]! }]
  })
  const quantities = readQuantities(tokens).map(quantity => ({
    ...quantity,
    from: tokens[quantity.first]!.from,
    to: tokens[quantity.end - 1]!.to,
    ...clauses[quantity.first]!,
  }))
  const negated = new Set(words.flatMap(word => (word.role === 'negator' ? [word.clause] : [])))
  return { text, words, quantities, negated }
}

function roleOf(norm: string, stemmed: string, vocabulary: ReadonlySet<string>): Word['role'] {
  if (isNegator(norm)) return 'negator'
  if (isNumberWord(norm) || /\d/.test(norm)) return 'number'
  return isReporting(norm) || vocabulary.has(stemmed) ? 'frame' : 'claim'
}

function toClauses(tokens: readonly Token[]): { clause: number; part: number }[] {
  let clause = 0
  let joined = 0
  return tokens.map(({ kind, norm, text }, i) => {
    if (kind === 'punctuation') {
      const next = tokens[i + 1]?.norm ?? ''
      if (STOP.test(text) || (PAUSE.test(text) && !GOES_ON.has(next))) clause++
    } else if (TURNS.has(norm) && !isNegator(tokens[i - 1]?.norm ?? '')) clause++
    else if (JOINS.has(norm)) joined++
    return { clause, part: clause + joined }
  })
}

/** Whether two stems are forms of one word: the same, or one beginning of at least five letters and little else. */
export function areAlike(a: string, b: string): boolean {
  if (a === b) return true
  const longer = Math.max(a.length, b.length)
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  return same >= 5 && same >= 0.75 * longer
}
