/**
 * Text -> clauses, each of which says one thing, with their places. Stops part them, and within what lies between stops
 * (all of a turn, in the unpunctuated text of speech recognition) segment.ts finds where the next one begins.
 */
import { type ClauseWord, toClauseWord } from './clause-words.ts'
import { skipLeads } from './cues.ts'
import { detectLanguage, type TextLanguage } from './detect-language.ts'
import { oddsOf, segment } from './segment.ts'
import { type Token, tokenize } from './tokens.ts'

export interface Clause {
  from: number
  to: number
  /** Its words, without punctuation; at least one. */
  tokens: Token[]
  /** The norms of its words. */
  norms: string[]
  /** What its words are to the classifiers. */
  words: ClauseWord[]
  /** The word from which it speaks to the matter; what comes before leads in. Its length when it only leads in. */
  start: number
  /** The mark it ended with: '?', '.', … or '' in unpunctuated speech. */
  end: string
  /** Log-odds that its words ask something, whatever the mark. */
  odds: number
  /** The same of all that stands between two stops with it, when that is short; otherwise as `odds`. */
  whole: number
}

interface Stretch {
  tokens: Token[]
  norms: string[]
  words: ClauseWord[]
  paused: boolean[]
  marked: boolean
  end: string
}

/** Sounds of thinking: they say nothing and belong to no clause. */
const HESITATIONS = new Set('э ээ эээ эм эмм мм ммм гм хм um uh er erm umm hmm mm'.split(' '))
const PAUSE = /^[,:—–-]$/
const STOP = /^[.?!…;]+$/
/** A short text is judged as a whole too: how much that counts up to so many words, and from how many it does not. */
const WHOLE_SHARE = 0.5
const WHOLE = 8
const TOO_LONG = 20

/** Clauses of a text, in order; every word but «э» is in exactly one. Linear time. */
export function splitClauses(text: string, language: TextLanguage = detectLanguage(text)): Clause[] {
  return toStretches(text, language).flatMap(stretch => {
    const segments = segment(stretch)
    const n = stretch.words.length
    const starts = segments.map(([from, to]) => skipLeads(stretch.norms, language, from, to))
    const odds = segments.map(([from, to, odds], i) =>
      starts[i] === from ? odds : starts[i]! < to ? oddsOf(stretch, starts[i]!, to) : NOTHING,
    )
    const said = starts.filter((start, i) => start < segments[i]![1])
    const whole = said.length > 1 && n < TOO_LONG ? oddsOf(stretch, said[0]!, n) : undefined
    return segments.map(([from, to, , gap], i) => {
      let asks = odds[i]!
      if (whole !== undefined && whole < asks && starts[i]! < to) {
        // As unsure as the cuts are, a clause asks no more than the whole.
        const sure = sigmoid(gap) * sigmoid(segments[i + 1]?.[3] ?? Infinity)
        const alone = Math.min(sure, 1 - WHOLE_SHARE * Math.min(1, (TOO_LONG - n) / (TOO_LONG - WHOLE)))
        asks = alone * asks + (1 - alone) * whole
      }
      const end = i === segments.length - 1 ? stretch.end : ''
      return toClause(stretch, from, to, { start: starts[i]! - from, odds: asks, whole: whole ?? asks, end })
    })
  })
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** Pieces of a manager's shorthand, in which every mark parts: «2к, спр про сроки; думает». */
export function splitShorthand(text: string, language: TextLanguage = detectLanguage(text)): Clause[] {
  return toStretches(text, language).flatMap(stretch => {
    const cuts = stretch.words.flatMap((_, i) => (i === 0 || stretch.paused[i] ? [i] : []))
    return cuts.map((from, k) => {
      const to = cuts[k + 1] ?? stretch.words.length
      const start = skipLeads(stretch.norms, language, from, to)
      const end = to === stretch.words.length ? stretch.end : ','
      const odds = start < to ? oddsOf(stretch, start, to) : NOTHING
      return toClause(stretch, from, to, { start: start - from, odds, whole: odds, end })
    })
  })
}

function toStretches(text: string, language: TextLanguage): Stretch[] {
  const all = tokenize(text)
  const lines = text.includes('\n')
  const stretches: Stretch[] = []
  const begin = (): Stretch => ({ tokens: [], norms: [], words: [], paused: [], marked: false, end: '' })
  let stretch = begin()
  let pause = false
  const close = (end: string) => {
    if (stretch.tokens.length > 0) {
      stretch.end = end
      stretch.marked ||= end !== ''
      stretches.push(stretch)
    }
    stretch = begin()
    pause = false
  }
  for (const [i, token] of all.entries()) {
    if (lines && i > 0 && text.slice(all[i - 1]!.to, token.from).includes('\n')) close('')
    if (HESITATIONS.has(token.norm)) continue
    if (token.kind !== 'punctuation') {
      stretch.tokens.push(token)
      stretch.norms.push(token.norm)
      stretch.words.push(toClauseWord(token.norm, language))
      stretch.paused.push(pause)
      pause = false
    } else if (STOP.test(token.text) && !isAbbreviation(all, i)) close(token.text)
    else if (PAUSE.test(token.text)) {
      pause = true
      stretch.marked ||= token.text === ','
    }
  }
  close('')
  return stretches
}

/** «т.е.», «руб.», «г.» and one letter before a point end nothing. */
function isAbbreviation(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1]
  if (tokens[i]!.text !== '.' || before === undefined || before.to !== tokens[i]!.from) return false
  const next = tokens[i + 1]
  if (next === undefined) return false
  if (before.kind === 'number') return /\p{L}$/u.test(before.text) && /^[\p{Ll}\d]/u.test(next.text)
  if (before.kind !== 'word') return false
  return (
    (before.norm.length === 1 && /^\p{Ll}/u.test(next.text)) ||
    /^(?:руб|тыс|млн|ул|кв|им|см|др|mr|mrs|dr|st)$/.test(before.norm)
  )
}

/** Log-odds taken from a clause with nothing in it that questions are made with. */
const NO_SIGN = 1
/** Log-odds of what only leads in. */
const NOTHING = -8

function toClause(
  stretch: Stretch,
  from: number,
  to: number,
  { start, odds, whole, end }: Pick<Clause, 'start' | 'odds' | 'whole' | 'end'>,
): Clause {
  const all = from === 0 && to === stretch.tokens.length
  const tokens = all ? stretch.tokens : stretch.tokens.slice(from, to)
  const words = all ? stretch.words : stretch.words.slice(from, to)
  return {
    from: tokens[0]!.from,
    to: tokens.at(-1)!.to,
    tokens,
    norms: all ? stretch.norms : stretch.norms.slice(from, to),
    words,
    start,
    end,
    odds: words.some(word => word.sign) ? odds : odds - NO_SIGN,
    whole,
  }
}
