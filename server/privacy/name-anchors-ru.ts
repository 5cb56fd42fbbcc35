/** Words that are names in their place: by the dictionary, or by the words around them («меня зовут», «мастер»). */
import {
  CALLED,
  CITY,
  CYRILLIC,
  FIRST,
  FIRST_OR_WORD,
  GREETING,
  NAMED,
  PATRONYMIC,
  PATRONYMIC_LIKE,
  PLAIN,
  ROLE,
  SAYS,
  SURNAME,
  SURNAME_LIKE,
} from './name-classes.ts'
import {
  adjacent,
  beginsSentence,
  endOfInitials,
  isCapital,
  isInitial,
  isWord,
  type Scene,
} from './name-tokens.ts'
import { isNumeral } from './numerals.ts'
import type { Token } from './tokens.ts'
import { MONTH } from './word-classes.ts'

/** Endings of verbs and adjectives that no name has. */
const NO_NAME = /(?:те|ть|ться|ешь|ишь|ое|ые|ого|ому|ах|ях|лось|ем|им|тся)$/
/** «меня зовут …» and the like. */
const OBJECT = /^(?:меня|ее|его)$/
/** What clients say that they did. */
const DID = /^(?:звонил|заказывал|оставлял|обращал|приходил|писал|покупал)\p{L}*$/u
/** Longer words are no names, and no work for patterns. */
const LONGEST = 40

/** Whether a token has one of the bits of name-classes.ts. */
export const is = (token: Token | undefined, bits: number): boolean =>
  token !== undefined && (token.names & bits) !== 0

export const isSureFirst = (token: Token | undefined) => is(token, FIRST) && !is(token, FIRST_OR_WORD)

/** A word that is no name wherever it stands. */
export const isPlain = (token: Token) => is(token, PLAIN) || (token.classes & MONTH) !== 0

/** A patronymic: one of the dictionary, or by its ending where a name stands before it or a capital says so. */
export function isPatronymic(scene: Scene, at: number): boolean {
  const token = scene.tokens[at]
  if (!is(token, PATRONYMIC | PATRONYMIC_LIKE)) return false
  if (is(token, PATRONYMIC)) return true
  const before = scene.tokens[at - 1]
  if (isSureFirst(before)) return true
  return isCapital(scene, before) && (is(before, FIRST) || isCapital(scene, token))
}

/** Whether the word at `at` is a name or part of one. */
export function isAnchor(scene: Scene, at: number): boolean {
  const { tokens } = scene
  const token = tokens[at]!
  if (!is(token, CYRILLIC) || token.plain.length > LONGEST) return false
  if (isSureFirst(token) || isPatronymic(scene, at)) return true
  if (is(token, FIRST)) return isNameHere(scene, at)
  if (isCalled(scene, at)) return true
  const capital = isCapital(scene, token)
  if (isSurnameHere(scene, at, capital)) return true
  // «Мастеру Гоче», «от Зейнаб»: a capital behind a word for a person.
  return capital && is(wordBefore(tokens, at), ROLE) && !isPlain(token) && !is(token, CITY)
}

/** The word before, over a colon, comma or dot of an abbreviation. */
function wordBefore(tokens: readonly Token[], at: number): Token | undefined {
  let i = at - 1
  while (i >= 0 && /^[:.,(]$/.test(tokens[i]!.plain) && at - i < 3) i--
  const word = tokens[i]
  if (!isWord(word)) return undefined
  const isSentence = tokens[i + 1]?.plain === '.' && word.plain.length > 4
  return isSentence ? undefined : word
}

/** A first name that is a word too: is it the name here? */
function isNameHere(scene: Scene, at: number): boolean {
  const { tokens } = scene
  const token = tokens[at]!
  const [before, after] = [tokens[at - 1], tokens[at + 1]]
  if (isPatronymic(scene, at + 1) && adjacent(tokens, at + 1)) return true
  if (is(before, SURNAME | NAMED | ROLE | GREETING)) return true
  if (is(before, CALLED) && isCalled(scene, at)) return true
  if (is(after, SURNAME | CALLED) && adjacent(tokens, at + 1)) return true
  const capital = isCapital(scene, token)
  if (is(before, SAYS) && (at <= 4 || capital) && !isThing(after)) return true
  // The whole answer to «как вас зовут», or a comment's first words.
  if (at === 0 && (after?.kind !== 'word' ? isPause(after) : is(after, GREETING))) return true
  if (!capital) return false
  if (!beginsSentence(scene, at) || after === undefined || isCapital(scene, after)) return true
  return /^[,!:(→]$/.test(after.plain) || endOfInitials(tokens, at + 1) > at + 1
}

const isPause = (after: Token | undefined) =>
  after === undefined || after.kind !== 'sign' || /^[;:.!]$/.test(after.plain)

/** «это роман, который …»: then it is the thing. */
const isThing = (after: Token | undefined) =>
  /^(?:котор\S+|о|об|про|из|стал\S*|на|в)$/.test(after?.plain ?? '')

/** «меня зовут X», «X меня зовут», «имя X», «фамилия X»: any word that can be a name. */
function isCalled({ tokens }: Scene, at: number): boolean {
  const token = tokens[at]!
  const [three, two, one] = [tokens[at - 3], tokens[at - 2], tokens[at - 1]]
  const [next, after] = [tokens[at + 1], tokens[at + 2]]
  const near = [two, one, next, after].some(word => is(word, CALLED | NAMED))
  if (!near || isPlain(token) || isNumeral(token) || NO_NAME.test(token.plain)) return false
  // «Павел зовут понял вас», «Алина Андреевна меня зовут тёплое …»: the name stands before.
  const subject = OBJECT.test(two?.plain ?? '') ? three : two
  if (is(one, CALLED) && (is(subject, FIRST | PATRONYMIC) || subject?.kind === 'mask')) return false
  const isOver = /^[:,"«—–-]$/.test(one?.plain ?? '') || one?.plain === 'не'
  const word = isOver ? two : one
  if (is(word, CALLED) && !/^(?:как|так)$/.test((isOver ? three : two)?.plain ?? '')) return true
  if (is(word, NAMED) && !/^(?:ваш\S*|как\S*|на|ее|его)$/.test(two?.plain ?? '')) return true
  if (OBJECT.test(one?.plain ?? '') && is(next, CALLED)) return true
  return OBJECT.test(next?.plain ?? '') && is(after, CALLED) && is(token, FIRST | SURNAME_LIKE)
}

/** A surname that stands alone. */
function isSurnameHere(scene: Scene, at: number, capital: boolean): boolean {
  const { tokens } = scene
  const token = tokens[at]!
  const surname = is(token, SURNAME | SURNAME_LIKE)
  if (capital) {
    const initials = endOfInitials(tokens, at + 1) - at - 1
    if (initials === 4 && !isPlain(token)) return true
    if (initials === 2 && surname) return true
    if (isInitial(tokens, at - 2) && tokens[at - 1]?.plain === '.' && surname) return true
  }
  if (!surname || is(token, CITY)) return false
  if (is(wordBefore(tokens, at), ROLE | NAMED)) return is(token, SURNAME) || capital
  // «я шевчук звонила утром»
  if (!capital && is(token, SURNAME) && !isPlain(token) && is(tokens[at - 1], SAYS))
    return DID.test(tokens[at + 1]?.plain ?? '')
  if (!capital) return false
  if (!beginsSentence(scene, at)) return true
  const after = tokens[at + 1]
  return is(token, SURNAME) && (after === undefined || is(after, FIRST) || after.plain === ',')
}
