/**
 * Where to cut a run of words without stops into clauses. A classifier says after which word a new clause is likely to
 * begin; a likely place also cuts where it parts a statement from a question. Then what can't stand alone joins its
 * neighbour: a condition its question, «расскажите» what is to be told, «это точно» what it points at.
 */
import { boundaryFeatures } from './boundary-features.ts'
import type { ClauseWord } from './clause-words.ts'
import { logOdds, readModel } from './linear-model.ts'
import { questionFeatures } from './question-features.ts'

export interface Run {
  norms: string[]
  words: ClauseWord[]
  /** Whether a comma or dash stands before the word. */
  paused: boolean[]
  /** Whether its author puts marks at all. */
  marked: boolean
  /** The mark after it, '' when there is none. */
  end: string
}

/** From word, to word (exclusive), log-odds that it asks, log-odds that it begins where it does. */
export type Segment = [from: number, to: number, odds: number, gap: number]

const boundaries = readModel('boundary-model.json', import.meta.url)
const questions = readModel('question-model.json', import.meta.url)

/** Log-odds from which a gap is a boundary by itself, and from which it may be one between a statement and a question. */
const SURE = 0.5
const POSSIBLE = -1.5
/** How much the two sides must differ, for a boundary that is only possible. */
const CONTRAST = 1
/** What a comma or dash adds, and what its lack takes in a text that has marks. */
const COMMA = 1.5
const NO_COMMA = -3
/** Gaps of a segment that are tried for contrast. */
const TRIED = 3

const set = (words: string) => new Set(words.split(/\s+/))
/** Words by which a clause is only a condition of the next. */
const CONDITIONS = set('если когда чтобы чтоб раз пока if when since while')
/** Words that ask to be told or announce a question, and those that come with them. */
const TELL =
  set(`подскажите подскажи скажите скажи расскажите расскажи уточните объясните поясните узнать уточнить спросить
  вопрос интересует интересно tell wondering question`)
const WITH_TELL =
  set(`а и ну вот еще пожалуйста мне нам вы бы хотел хотела хотели хочу хотелось можно можете такой есть у
  меня я это так про подробнее подробно please me i was had have a wanted to ask know could can you just`)
/** Words that point back at what was said before. */
const POINTERS = set('это она он оно они там так такое туда it that this they')
const POINTING_MOST = 3
/** A question of so few words, none of which says what about, asks about what was said before it. */
const IDLE_MOST = 4
const ALONE = set('почему зачем как сколько когда где куда why how when')

const THAT = set('что чтобы чтоб когда как если значит где у that when how if')
const WANTING =
  set(`важно главное хочется хотелось хотим хочу нравится понравилось ценю ценим хорошо удобно приятно здорово
  спасибо нужно надо жаль обидно выбираем like love appreciate important great good nice`)
const WANTING_MOST = 3
const TOPICAL = set('по про насчет касательно относительно about regarding for')
const TOPIC_MOST = 5
const GOING_ON = set('или либо or')

/** So many words show whether a long clause asks; the rest of it says about what. */
const HEAD = 10

/** The log-odds that words from..to ask something. */
export function oddsOf({ words }: Pick<Run, 'words'>, from: number, to: number): number {
  const all = logOdds(questions, questionFeatures(words, from, to))
  return to - from > HEAD
    ? Math.max(all, logOdds(questions, questionFeatures(words, from, from + HEAD)))
    : all
}

/** The clauses of a run, in order; they cover it. */
export function segment(run: Run): Segment[] {
  const { words, paused, marked } = run
  const cuts = [0]
  const gaps = new Float64Array(words.length)
  for (let i = 1; i < words.length; i++) {
    gaps[i] = logOdds(boundaries, boundaryFeatures(words, i)) + (paused[i] ? COMMA : marked ? NO_COMMA : 0)
    if (gaps[i]! > SURE) cuts.push(i)
  }
  const segments = cuts.flatMap((from, k) => contrast(run, gaps, from, cuts[k + 1] ?? words.length))
  return segments.length === 1 ? segments : finish(run, join(run, segments))
}

/** A question mark belongs to the sentence: «могу ли я, если у меня нет карты?» is asked by its first part. */
function finish(run: Run, segments: Segment[]): Segment[] {
  if (!run.end.includes('?')) return segments
  const last = segments.at(-1)!
  const before = segments.at(-2)
  if (!before || last[2] > 0 || before[2] < last[2]) return segments
  return [...segments.slice(0, -2), merge(run, before, last)]
}

function merge(run: Run, before: Segment, after: Segment): Segment {
  return [before[0], after[1], oddsOf(run, before[0], after[1]), before[3]]
}

/** Parts a segment once more where a statement meets a question. */
function contrast(run: Run, gaps: Float64Array, from: number, to: number): Segment[] {
  const likely: number[] = []
  for (let i = from + 1; i < to; i++) if (gaps[i]! > POSSIBLE) likely.push(i)
  if (likely.length > 1) likely.sort((a, b) => gaps[b]! - gaps[a]!)
  for (const at of likely.slice(0, TRIED)) {
    const left = oddsOf(run, from, at)
    const right = oddsOf(run, at, to)
    const differ = Math.min(Math.abs(left), Math.abs(right))
    if (left > 0 !== right > 0 && differ > CONTRAST && gaps[at]! + differ > CONTRAST)
      return [...contrast(run, gaps, from, at), ...contrast(run, gaps, at, to)]
  }
  return [[from, to, oddsOf(run, from, to), from === 0 ? Infinity : gaps[from]!]]
}

function join(run: Run, segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = []
  for (const segment of segments) {
    const before = joined.at(-1)
    if (before && belongTogether(run, before, segment))
      joined[joined.length - 1] = merge(run, before, segment)
    else joined.push(segment)
  }
  return joined
}

function belongTogether(run: Run, before: Segment, after: Segment): boolean {
  return (
    isCondition(run, before) ||
    onlyAsksToBeTold(run, before) ||
    onlyAsksToBeTold(run, after) ||
    pointsBack(run, before, after) ||
    wantsMore(run, before, after) ||
    namesTopic(run, before, after) ||
    goesOn(run, before, after)
  )
}

/** «а если заказать сегодня»: what is asked comes after it. */
function isCondition({ norms }: Run, [from, to, odds]: Segment): boolean {
  if (odds > 1) return false
  for (let i = from; i < Math.min(from + 4, to - 1); i++) {
    const norm = norms[i]!
    if (norm === 'если' || norm === 'if') return true
    if (i <= from + 1 && CONDITIONS.has(norm)) return true
  }
  return false
}

/** «ценю», «хотим», «хорошо»: what is meant comes with «что», «когда», «чтобы». */
function wantsMore({ norms }: Run, [from, to]: Segment, [next]: Segment): boolean {
  if (to - from > WANTING_MOST || !THAT.has(norms[next]!)) return false
  return WANTING.has(norms[to - 1]!) || WANTING.has(norms[from]!)
}

/** «а по гарантии», «насчёт доставки»: what the question after it is about. */
function namesTopic({ norms }: Run, [from, to]: Segment, [, , odds]: Segment): boolean {
  if (odds <= 0 || to - from > TOPIC_MOST) return false
  for (let i = from; i < to - 1; i++) if (TOPICAL.has(norms[i]!)) return i < from + 3
  return false
}

/** «или отдельно», «то есть с монтажом»: goes on with the question before it. */
function goesOn({ norms }: Run, [, , odds]: Segment, [from]: Segment): boolean {
  return odds > 0 && GOING_ON.has(norms[from]!)
}

function onlyAsksToBeTold({ norms }: Run, [from, to]: Segment): boolean {
  let tells = false
  for (let i = from; i < to; i++) {
    if (TELL.has(norms[i]!)) tells = true
    else if (!WITH_TELL.has(norms[i]!)) return false
  }
  return tells
}

/** «на сайте написано скидка», «это правда»: nothing is asked before, and the question has no subject of its own. */
function pointsBack({ norms, words, end }: Run, before: Segment, [from, to, odds]: Segment): boolean {
  const asked = odds > 0 || (to === words.length && end.includes('?'))
  if (!asked || before[2] > 0) return false
  if (from >= 3 && to - from <= IDLE_MOST && words.slice(from, to).every(word => word.idle)) return true
  if (to - from === 1) return ALONE.has(norms[from]!)
  return to - from <= POINTING_MOST && POINTERS.has(norms[from]!)
}
