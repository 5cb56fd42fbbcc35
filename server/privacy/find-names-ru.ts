/**
 * Russian names in any case of the noun, with capitals or without: first names, their short forms, patronymics and
 * surnames. A dictionary gives anchors, the words around them («меня зовут», «мастер») give others, and an anchor grows
 * over the parts of the name beside it.
 */
import { lexicon } from './lexicon.ts'
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
import { isNumeral } from './numerals.ts'
import type { Span } from './span.ts'
import type { Token } from './tokens.ts'
import { MONTH } from './word-classes.ts'

/** Endings that hardly any word but a surname has, in all cases. */
const SURNAME =
  /^\p{L}{2,}(?:[ое]в|[иы]н)(?:а|у|ым|ой|ою|ы|ых|ыми|е)?$|^\p{L}{2,}(?:енко|дзе|швили)$|^\p{L}{3,}(?:ян|янц|чук|щук|юк)(?:а|у|ом|е)?$/u
const ADJECTIVE = /^\p{L}{2,}(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую)$/u
const PATRONYMIC_M = /^\p{L}{3,}(?:ович|евич)(?:а|у|ем|ом|е)?$/u
const PATRONYMIC_F = /^\p{L}{3,}(?:овн|евн)(?:а|ы|е|у|ой|ою)$/u
const TURKIC = /^(?:оглы|оглу|кызы|угли|заде)$/
const CALLED = /^(?:зовут|звать|кличут)$/
const NAMED = /^(?:имя|фамилия|фамилию|фамилии|имени|фио|отчество)$/
const SAYS = /^(?:это|я|говорит|разговаривает|беспокоит|вами|зовут|имя|сам|сама)$/

/** Endings of verbs and adjectives that no name has. */
const NO_NAME = /(?:те|ть|ться|ешь|ишь|ое|ые|ого|ому|ах|ях|лось|ем|им|тся)$/

const VERB = /(?:л|ла|ли|ет|ит|ут|ют|ем|им|те|ть)$/

const CYRILLIC = /^[а-яе-]+$/

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

const isFirst = (token: Token | undefined) => isWord(token) && lexicon().firstRu.has(token.plain)
const isSureFirst = (token: Token | undefined) =>
  isWord(token) && lexicon().firstRu.get(token.plain) === false
const isSurname = (token: Token | undefined) =>
  isWord(token) && lexicon().surnamesRu.has(token.plain) && !lexicon().notSurname.has(token.plain)
const looksLikeSurname = (token: Token | undefined) =>
  isWord(token) &&
  token.plain.length > 4 &&
  SURNAME.test(token.plain) &&
  !lexicon().notSurname.has(token.plain)

/** A patronymic: one of the dictionary, or by its ending where a name stands before it or a capital says so. */
function isPatronymic(scene: Scene, at: number): boolean {
  const token = scene.tokens[at]
  if (!isWord(token)) return false
  if (lexicon().patronymics.has(token.plain)) return true
  if (PATRONYMIC_M.test(token.plain)) return true
  if (!PATRONYMIC_F.test(token.plain)) return false
  const before = scene.tokens[at - 1]
  return (
    isSureFirst(before) ||
    (isFirst(before) && isCapital(scene, before)) ||
    (isCapital(scene, token) && isCapital(scene, before))
  )
}

function isAnchor(scene: Scene, at: number): boolean {
  const { tokens } = scene
  const token = tokens[at]!
  if (!CYRILLIC.test(token.plain) || token.plain.length < 2 || token.plain.length > 40) return false
  if (isSureFirst(token) || isPatronymic(scene, at)) return true
  if (isFirst(token)) return isNameHere(scene, at)
  if (isCalled(scene, at)) return true
  const capital = isCapital(scene, token)
  if (isSurnameHere(scene, at, capital)) return true
  // «Мастеру Гоче», «от Зейнаб»: a capital behind a word for a person.
  const before = wordBefore(tokens, at)
  return (
    capital &&
    before !== undefined &&
    lexicon().rolesRu.has(before.plain) &&
    !isPlain(token) &&
    !lexicon().cities.has(token.plain)
  )
}

/** A word that is no name wherever it stands. */
const isPlain = (token: Token) =>
  lexicon().notNameRu.has(token.plain) ||
  lexicon().greetings.has(token.plain) ||
  (token.classes & MONTH) !== 0

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
  const words = lexicon()
  if (isWord(before) && (isSurname(before) || (CALLED.test(before.plain) && isCalled(scene, at)))) return true
  if (isWord(after) && (isSurname(after) || CALLED.test(after.plain)) && adjacent(tokens, at + 1)) return true
  if (isWord(before) && (NAMED.test(before.plain) || words.rolesRu.has(before.plain))) return true
  const said = isWord(before) && SAYS.test(before.plain) && (at <= 4 || isCapital(scene, token))
  if (said && !isObject(tokens[at + 1])) return true
  // The whole answer to «как вас зовут», or a comment's first words.
  const alone =
    at === 0 &&
    (after === undefined ||
      /^[;:]$/.test(after.plain) ||
      after.kind === 'number' ||
      after.kind === 'mask' ||
      /^[.!]$/.test(after.plain))
  if (alone) return true
  const greeted = isWord(before) && words.greetings.has(before.plain)
  const greets = isWord(after) && words.greetings.has(after.plain) && at === 0
  if (greeted || greets) return true
  if (!isCapital(scene, token)) return false
  if (!beginsSentence(scene, at)) return true
  return (
    after === undefined ||
    /^[,!:(→]$/.test(after.plain) ||
    endOfInitials(tokens, at + 1) > at + 1 ||
    isCapital(scene, after)
  )
}

/** «это роман который …»: then it is the thing. */
const isObject = (after: Token | undefined) =>
  /^(?:котор\S+|о|об|про|из|стал\S*|на|в)$/.test(after?.plain ?? '')

/** «меня зовут X», «X меня зовут», «имя X», «фамилия X»: any word that can be a name. */
function isCalled({ tokens }: Scene, at: number): boolean {
  const token = tokens[at]!
  if (isPlain(token) || token.plain.length < 2 || isNumeral(token)) return false
  const [two, one, next, after] = [tokens[at - 2], tokens[at - 1], tokens[at + 1], tokens[at + 2]]
  const subject =
    tokens[at - 2] && /^(?:меня|его|ее)$/.test(tokens[at - 2]!.plain) ? tokens[at - 3] : tokens[at - 2]
  // «Павел зовут понял вас», «Алина Андреевна меня зовут тёплое …»: the name stands before.
  const isNamed =
    isFirst(subject) ||
    subject?.kind === 'mask' ||
    (isWord(subject) && lexicon().patronymics.has(subject.plain))
  if (one && CALLED.test(one.plain) && isNamed) return false
  if (NO_NAME.test(token.plain)) return false
  const skipped = /^[:,"«—–-]$/.test(one?.plain ?? '') || one?.plain === 'не' ? two : one
  if (
    skipped &&
    CALLED.test(skipped.plain) &&
    !/^(?:как|так)$/.test((skipped === two ? tokens[at - 3] : two)?.plain ?? '')
  )
    return true
  if (
    skipped &&
    NAMED.test(skipped.plain) &&
    !/^(?:ваш\S*|как\S*|на|ее|его)$/.test(tokens[at - 2]?.plain ?? '')
  )
    return true
  const isMe = (word: Token | undefined) => /^(?:меня|ее|его)$/.test(word?.plain ?? '')
  if (isMe(one) && next && CALLED.test(next.plain)) return true
  return (
    isMe(next) &&
    after !== undefined &&
    CALLED.test(after.plain) &&
    (isFirst(token) || looksLikeSurname(token))
  )
}

/** A surname that stands alone. */
function isSurnameHere(scene: Scene, at: number, capital: boolean): boolean {
  const { tokens } = scene
  const token = tokens[at]!
  const initials = endOfInitials(tokens, at + 1) - at - 1
  const known = isSurname(token)
  const before = wordBefore(tokens, at)
  if (initials === 4 && capital && !isPlain(token)) return true
  if (initials === 2 && capital && (known || looksLikeSurname(token))) return true
  if (
    isInitial(tokens, at - 2) &&
    tokens[at - 1]?.plain === '.' &&
    capital &&
    (known || looksLikeSurname(token))
  )
    return true
  if (!known && !looksLikeSurname(token)) return false
  if (lexicon().cities.has(token.plain) || lexicon().cities.has(stemOfCity(token.plain))) return false
  const role = before !== undefined && (lexicon().rolesRu.has(before.plain) || NAMED.test(before.plain))
  if (role) return known || capital
  if (!capital) return false
  if (!beginsSentence(scene, at)) return true
  const after = tokens[at + 1]
  return known && (isFirst(after) || after?.plain === ',' || after === undefined)
}

/** «в Пушкине», «из Королёва»: the town's name without the case's ending. */
const stemOfCity = (word: string) => word.replace(/(?:а|у|ом|ым|е|ы)$/, '')

function growRight(scene: Scene, at: number): number {
  const { tokens } = scene
  let end = at + 1
  for (let parts = 0; parts < 3; parts++) {
    const hyphen = tokens[end]
    if (
      hyphen?.plain === '-' &&
      hyphen.joined &&
      isWord(tokens[end + 1]) &&
      tokens[end + 1]!.joined &&
      CYRILLIC.test(tokens[end + 1]!.plain)
    ) {
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
  if (isPlain(token) || !CYRILLIC.test(token.plain)) return false
  if (isSurname(token)) return true
  const before = tokens[at - 1]!
  const capital = isCapital(scene, token)
  if (capital && isCapital(scene, before))
    return !lexicon().notSurname.has(token.plain) || looksLikeSurname(token)
  // A small letter behind a name with a capital is the next word of the sentence.
  if (isCapital(scene, before)) return false
  return looksLikeSurname(token) && (isSurnameShape(token.plain) || isCapital(scene, token))
}

/** In text without capitals: no case that verbs and nouns of speech end in as often. */
const isSurnameShape = (word: string) => !ADJECTIVE.test(word) && !/(?:ины|ине|ины|овы|евы|ину)$/.test(word)

function growLeft(scene: Scene, at: number, done: number): number {
  const { tokens } = scene
  let start = at
  for (let parts = 0; parts < 3 && start > done; parts++) {
    const before = tokens[start - 1]
    if (before?.plain === '.' && isInitial(tokens, start - 2) && before.joined) {
      start -= 2
      continue
    }
    if (
      before?.plain === '-' &&
      before.joined &&
      tokens[start]!.joined &&
      isWord(tokens[start - 2]) &&
      start - 2 >= done
    ) {
      start -= 2
      continue
    }
    if (!isWord(before) || !adjacent(tokens, start) || isPlain(before)) break
    const whole = isPatronymic(scene, at) || isPatronymic(scene, at + 1)
    const capital = isCapital(scene, before)
    const isPart = isFirst(before)
      ? isSureFirst(before) || whole || capital
      : isSurname(before)
        ? capital || !scene.cased || whole || isSureFirst(tokens[start])
        : (looksLikeSurname(before) ||
            (whole &&
              (ADJECTIVE.test(before.plain) ||
                (SURNAME.test(before.plain) && !lexicon().notSurname.has(before.plain))))) &&
          (whole || (capital && !beginsSentence(scene, start - 1)) || (capital && isSureFirst(tokens[start])))
    // «Хвойный Сергей Петрович» as the whole answer.
    const answer =
      whole &&
      isFirst(tokens[start]) &&
      start === 1 &&
      !scene.cased &&
      /(?:ый|ий|ой|ая|яя)$/.test(before.plain)
    // «Цой Виктор Робертович»: any word with a capital; where a sentence begins, only if all three are nominative.
    const nominative = /(?:ич|вна|чна)$/.test(tokens[start + 1]?.plain ?? '') && !VERB.test(before.plain)
    const foreign =
      whole &&
      capital &&
      isCapital(scene, tokens[start]) &&
      !lexicon().rolesRu.has(before.plain) &&
      (!beginsSentence(scene, start - 1) || nominative)
    if (!isPart && !foreign && !answer) break
    start--
  }
  return start
}
