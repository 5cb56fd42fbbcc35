/** English names: titles, first names and surnames, with capitals or in speech without them. */
import { FIRST_EN, FIRST_OR_WORD_EN, PLAIN_EN, ROLE_EN, SURNAME_EN, TITLE_EN } from './name-classes.ts'
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

/** San Diego, Saint Martin, Fort Wayne: places. */
const PLACE_PREFIX = /^(?:san|saint|santa|fort|mount|port|los|lake|new)$/

const LATIN = /^[a-z\u00c0-\u024f]+$/

/** Names among the tokens of a text with Latin letters. `mixed`: its language is another, so that capitals must speak. */
export function findEnglishNames(scene: Scene, mixed: boolean): Span[] {
  const { tokens } = scene
  const spans: Span[] = []
  let done = 0
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    if (at < done || !isWord(token) || !LATIN.test(token.plain)) continue
    const family = endOfParticles(tokens, at)
    if (family !== -1 && family - at > 2 && !mixed) {
      spans.push({ from: token.from, to: tokens[family - 1]!.to, kind: 'name' })
      done = family
      continue
    }
    if (mixed && !isCapital(scene, token)) continue
    const title = has(token, TITLE_EN) ? endOfTitle(scene, at) : -1
    if (title === -1 && !isAnchor(scene, at)) continue
    const start = title === -1 ? growLeft(scene, at, done) : at
    const end = growRight(scene, title === -1 ? at : title)
    if (isQuoted(tokens, start, end) || isStuck(tokens, start) || isStuck(tokens, end - 1)) continue
    spans.push({ from: tokens[start]!.from, to: tokens[end - 1]!.to, kind: 'name' })
    done = end
  }
  return spans
}

/** False for a name alone, true for one that is a word too, undefined for no name. */
const known = (token: Token | undefined) =>
  token !== undefined && token.names & FIRST_EN ? (token.names & FIRST_OR_WORD_EN) !== 0 : undefined
const has = (token: Token | undefined, bit: number) => token !== undefined && (token.names & bit) !== 0
const isSurname = (token: Token | undefined) => has(token, SURNAME_EN)
const isPlain = (token: Token | undefined) => has(token, PLAIN_EN)

/** The name behind a title («Mr Pryce», “mrs patel”): its first token, or -1. */
function endOfTitle(scene: Scene, at: number): number {
  const { tokens } = scene
  const next = tokens[at + 1]?.plain === '.' ? at + 2 : at + 1
  const token = tokens[next]
  if (!isWord(token) || isPlain(token) || !adjacent(tokens, next) || token.plain.length < 2) return -1
  if (
    /^(?:sir|madam|miss|doctor)$/.test(tokens[at]!.plain) &&
    !isCapital(scene, token) &&
    !isSurname(token) &&
    known(token) === undefined
  )
    return -1
  return scene.cased && !isCapital(scene, token) && isCapital(scene, tokens[at]) ? -1 : next
}

function isAnchor(scene: Scene, at: number): boolean {
  const { tokens } = scene
  const token = tokens[at]!
  if (isPlain(token) && known(token) === undefined) return false
  if (PLACE_PREFIX.test(tokens[at - 1]?.plain ?? '')) return false
  const word = known(token)
  const introduced = isIntroduced(scene, at)
  const capital = isCapital(scene, token)
  if (word === false) return capital || !scene.cased || introduced || isLowerText(scene, at)
  if (word === true) {
    if (introduced && !isMonthSaid(tokens, at)) return capital || !scene.cased
    if (!capital) return false
    const next = tokens[at + 1]
    if (isSurname(next) && isCapital(scene, next)) return true
    const isMonth = (token.classes & MONTH) !== 0
    const starts = beginsSentence(scene, at)
    // “Will, new build”, “Carol 07700 900298”, “Mark Ridley, …”: a comment's first words.
    if (
      starts &&
      !isMonth &&
      (next === undefined || next.kind !== 'word') &&
      !/^['’-]$/.test(next?.plain ?? '')
    )
      return true
    const full = isCapital(scene, next) && !isPlain(next) && !isWord(tokens[at + 2])
    if (/^(?:may|april|june|august|will|mark)$/.test(token.plain))
      return starts ? full && !isMonth : isCapital(scene, next)
    return !beginsSentence(scene, at) || (isCapital(scene, next) && !isPlain(next))
  }
  if (isInitial(tokens, at - 2) && tokens[at - 1]?.plain === '.' && capital) return true
  const vague =
    /^(?:that|s)$/.test(tokens[at - 1]?.plain ?? '') &&
    tokens[at - 3]?.plain !== 'name' &&
    known(tokens[at - 4]) === undefined &&
    tokens[at - 4]?.kind !== 'mask'
  const isAbbreviation = token.text.length < 4 && token.text === token.text.toUpperCase()
  if (introduced && capital && !vague && !isAbbreviation) return true
  if (introduced && !scene.cased && isNamedOutright(tokens, at)) return true
  const before = tokens[at - 1]
  const role = isWord(before) && has(before, ROLE_EN)
  if (
    role &&
    capital &&
    !beginsSentence(scene, at) &&
    /^(?:customer|cust|client|driver|installer|contact|attn|husband|wife|agent|recipient)$/.test(before.plain)
  )
    return true
  return false
}

/** “book it for june”: a month, but for who is asked for. */
function isMonthSaid(tokens: readonly Token[], at: number): boolean {
  if (!(tokens[at]!.classes & MONTH) || !/^(?:for|from|by|to|in)$/.test(tokens[at - 1]?.plain ?? ''))
    return false
  return !/^(?:ask|asking|asked|speak|spoke|message|call|parcel)$/.test(tokens[at - 2]?.plain ?? '')
}

/** The words around a token are small although the text has capitals somewhere: a chat's line. */
const isLowerText = ({ tokens }: Scene, at: number) =>
  !tokens.slice(0, at).some(token => token.kind === 'word' && /^\p{Lu}\p{Ll}/u.test(token.text))

const GREETING = /^(?:hi|hello|hey)$/
const LEADS =
  /^(?:thanks|dear|name|named|surname|called|speaking|cheers|mum|mom|wife|husband|son|daughter|under|tell|named)$/
const PREPOSITION = /^(?:with|for|to|from|is|by|tell|and|spoke|w|ask|that)$/
const BEFORE_PREPOSITION =
  /^(?:name|this|it|surname|here|speak|speaking|spoke|ask|calling|message|under|you|could|am|that|call|s|case|out|is)$/

/** “my name is X”, “this is X”, “hi X”, “ask for X”. */
function isIntroduced({ tokens }: Scene, at: number): boolean {
  const plain = (i: number) => tokens[i]?.plain ?? ''
  let i = at - 1
  if (/^[:,(-]$/.test(plain(i))) i--
  const one = plain(i)
  if (one === 'is' && /^(?:name|surname)$/.test(plain(i - 1))) return true
  // “Hello, Larkpane windows” greets nobody.
  if (GREETING.test(one)) return known(tokens[at]) !== undefined || !isWord(tokens[at + 1])
  if (LEADS.test(one)) return true
  if (PREPOSITION.test(one) && BEFORE_PREPOSITION.test(plain(i - 1))) return true
  // I'm, it's, my name's, “daniel that's beckett”: a word, an apostrophe and a letter.
  if (!/^(?:m|s)$/.test(one) || !/^['’]$/.test(plain(i - 1))) return false
  return /^(?:i|it|that|name|here)$/.test(plain(i - 2))
}

/** What things are under that are nobody. */
const UNDER =
  /^(?:contract|warranty|guarantee|invoice|insurance|order|number|account|reference|ref|quote|offer|finance|budget|review|construction|stairs|sink|floor|roof|window|sill|cover|pressure|control|way)$/

/** “my name is X”, “surname is X”, “it's under X”: a word that no dictionary knows is a name as well. */
function isNamedOutright(tokens: readonly Token[], at: number): boolean {
  const before = tokens.slice(Math.max(0, at - 3), at).map(token => token.plain)
  if (before.at(-1) === 'under' && UNDER.test(tokens[at]!.plain)) return false
  if (before.includes('name') || before.includes('surname') || before.includes('under')) return true
  return before.join('').endsWith("that's") && known(tokens[at - 4]) !== undefined
}

/** “van der Berg”, “de Souza”: particles and the name behind them; the token after it, or -1. */
function endOfParticles(tokens: readonly Token[], at: number): number {
  let end = at
  while (end < at + 3 && PARTICLE.test(tokens[end]?.plain ?? '') && (end === at || adjacent(tokens, end)))
    end++
  const name = tokens[end]
  if (end === at || !isWord(name) || !adjacent(tokens, end) || isPlain(name) || name.plain.length < 3)
    return -1
  return end + 1
}
const SPEAKS = /^(?:speaking|here|calling|from)$/
const PARTICLE = /^(?:van|von|der|den|de|da|di|dos|del|della)$/

/** Sounds before an answer. */
const FILLER = /^(?:yes|yeah|so|well|um|er|it|s|'|’|is|ok|okay|oh|right|sure|hello|hi|that)$/

/** The word behind an introduced first name, before the end or a word that no name is: “it's daniel hazel ok”. */
function followsOutright(scene: Scene, at: number, end: number): boolean {
  const { tokens } = scene
  if (end !== at + 1 || tokens[end]!.plain.length < 3) return false
  const after = tokens[end + 1]
  const isEnd =
    after === undefined ||
    isSurname(after) ||
    (isWord(after) ? isPlain(after) || /^(?:card|calling)$/.test(after.plain) : true)
  const answers = tokens.slice(0, at).every(token => FILLER.test(token.plain))
  if (!isEnd || /(?:ing|ed|ly)$/.test(tokens[end]!.plain)) return false
  return isNamedOutright(tokens, at) || isIntroduced(scene, at) || answers
}

function growRight(scene: Scene, at: number): number {
  const { tokens } = scene
  let end = at + 1
  for (let parts = 0; parts < 4; parts++) {
    // Spelt out: “T H O M A S”.
    const spelt = endOfSpelling(tokens, end)
    if (spelt > end) return spelt
    const [sign, next] = [tokens[end], tokens[end + 1]]
    if (
      /^['’-]$/.test(sign?.plain ?? '') &&
      sign!.joined &&
      isWord(next) &&
      next.joined &&
      (next.plain.length > 2 || sign!.plain === '-')
    ) {
      end += 2
      continue
    }
    const family = endOfParticles(tokens, end)
    if (family !== -1 && adjacent(tokens, end)) {
      end = family
      continue
    }
    // “this is hannah p speaking”
    if (
      isWord(sign) &&
      adjacent(tokens, end) &&
      /^[b-hj-z]$/.test(sign.plain) &&
      SPEAKS.test(next?.plain ?? 'here')
    ) {
      end++
      continue
    }
    const initials = endOfInitials(tokens, end)
    if (initials > end && adjacent(tokens, end) && !(tokens[end]!.text === 'I')) {
      end = initials
      continue
    }
    if (
      !isWord(sign) ||
      !adjacent(tokens, end) ||
      isPlain(sign) ||
      isNumeral(sign) ||
      !LATIN.test(sign.plain)
    )
      break
    const capital = isCapital(scene, sign) && isCapital(scene, tokens[end - 1])
    const lower =
      !isCapital(scene, tokens[end - 1]) &&
      (isSurname(sign) ||
        known(sign) === false ||
        (known(sign) === true && isSurname(sign)) ||
        followsOutright(scene, at, end))
    if (!capital && !lower) break
    end++
  }
  return end
}

/** Three single letters or more, one by one; the token after them, or `at`. */
function endOfSpelling(tokens: readonly Token[], at: number): number {
  let end = at
  while (isWord(tokens[end]) && tokens[end]!.plain.length === 1 && end - at < 20) end++
  return end - at >= 3 ? end : at
}

function growLeft(scene: Scene, at: number, done: number): number {
  const { tokens } = scene
  let start = at
  if (tokens[start - 1]?.plain === '.' && isInitial(tokens, start - 2) && start - 2 >= done) start -= 2
  return start
}
