/**
 * Russian names in any case of the noun, with capitals or without: first names, their short forms, patronymics and
 * surnames. Anchors are found first (name-anchors-ru.ts); an anchor grows over the parts of the name beside it.
 */
import { is, isAnchor, isPatronymic, isPlain, isSureFirst } from './name-anchors-ru.ts'
import {
  ADJECTIVE,
  CYRILLIC,
  FIRST,
  NO_SURNAME,
  ROLE,
  SURNAME,
  SURNAME_LIKE,
  SURNAME_LIKE_SHORT,
} from './name-classes.ts'
import {
  adjacent,
  beginsSentence,
  endOfInitials,
  isCapital,
  isInitial,
  isQuoted,
  isStuck,
  isWord,
  type Scene,
} from './name-tokens.ts'
import type { Span } from './span.ts'
import type { Token } from './tokens.ts'

const TURKIC = /^(?:оглы|оглу|кызы|угли|заде)$/
const VERB = /(?:л|ла|ли|ет|ит|ут|ют|ем|им|те|ть)$/
/** Cases that nouns of speech end in as often as surnames do. */
const DOUBTFUL_CASE = /(?:ины|ине|овы|евы|ину)$/

/** Names among the tokens of a text that has Russian words. */
export function findRussianNames(scene: Scene): Span[] {
  const { tokens } = scene
  const spans: Span[] = []
  let done = 0
  for (let at = 0; at < tokens.length; at++) {
    if (at < done || !isWord(tokens[at]) || !isAnchor(scene, at)) continue
    const start = growLeft(scene, at, done)
    const end = growRight(scene, at)
    if (isQuoted(tokens, start, end) || isStuck(tokens, start) || isStuck(tokens, end - 1)) continue
    spans.push({ from: tokens[start]!.from, to: tokens[end - 1]!.to, kind: 'name' })
    done = end
  }
  return spans
}

/** A hyphen with letters on both sides: Римский-Корсаков. */
const isHyphen = (tokens: readonly Token[], at: number) =>
  tokens[at]?.plain === '-' && tokens[at]!.joined && is(tokens[at + 1], CYRILLIC) && tokens[at + 1]!.joined

function growRight(scene: Scene, at: number): number {
  const { tokens } = scene
  let end = at + 1
  for (let parts = 0; parts < 3; parts++) {
    if (isHyphen(tokens, end)) {
      end += 2
      continue
    }
    const initials = endOfInitials(tokens, end)
    if (initials > end && adjacent(tokens, end)) return initials
    if (!isWord(tokens[end]) || !adjacent(tokens, end) || !continues(scene, end)) break
    end++
  }
  return end
}

/** Whether the word at `at` goes on with the name before it. */
function continues(scene: Scene, at: number): boolean {
  const { tokens } = scene
  const token = tokens[at]!
  if (isPatronymic(scene, at) || isSureFirst(token) || TURKIC.test(token.plain)) return true
  if (isPlain(token) || !is(token, CYRILLIC)) return false
  if (is(token, SURNAME)) return true
  // A small letter behind a name with a capital is the next word of the sentence.
  if (isCapital(scene, tokens[at - 1])) return isCapital(scene, token) && !is(token, NO_SURNAME)
  return is(token, SURNAME_LIKE) && (isCapital(scene, token) || !DOUBTFUL_CASE.test(token.plain))
}

function growLeft(scene: Scene, at: number, done: number): number {
  const { tokens } = scene
  const whole = isPatronymic(scene, at) || isPatronymic(scene, at + 1)
  let start = at
  for (let parts = 0; parts < 3 && start > done; parts++) {
    const before = tokens[start - 1]
    const isInitials = before?.plain === '.' && before.joined && isInitial(tokens, start - 2)
    if (isInitials || (isHyphen(tokens, start - 1) && isWord(tokens[start - 2]) && start - 2 >= done)) {
      start -= 2
      continue
    }
    if (!isWord(before) || !adjacent(tokens, start) || isPlain(before)) break
    if (!precedes(scene, start, before, whole) && !isForeign(scene, start, before, whole)) break
    start--
  }
  return start
}

/** Whether `before` belongs to the name that begins at `start`; `whole`: a patronymic is part of it. */
function precedes(scene: Scene, start: number, before: Token, whole: boolean): boolean {
  const capital = isCapital(scene, before)
  const first = isSureFirst(scene.tokens[start])
  if (is(before, FIRST)) return isSureFirst(before) || whole || capital
  if (is(before, SURNAME)) return capital || !scene.cased || whole || first
  if (whole && is(before, ADJECTIVE | SURNAME_LIKE_SHORT)) return true
  return is(before, SURNAME_LIKE) && capital && (!beginsSentence(scene, start - 1) || first)
}

/** A surname that no rule knows, before a first name and patronymic. */
function isForeign(scene: Scene, start: number, before: Token, whole: boolean): boolean {
  const { tokens } = scene
  if (!whole || !is(tokens[start], FIRST) || is(before, ROLE)) return false
  // «хвойный сергей петрович» as the whole answer.
  if (!scene.cased) return start === 1 && /(?:ый|ий|ой|ая|яя)$/.test(before.plain)
  // «Цой Виктор Робертович»: where a sentence begins, only if all three are nominative.
  if (!isCapital(scene, before) || !isCapital(scene, tokens[start])) return false
  const nominative = /(?:ич|вна|чна)$/.test(tokens[start + 1]?.plain ?? '') && !VERB.test(before.plain)
  return !beginsSentence(scene, start - 1) || nominative
}
