/** What finders of names ask of a token in its text. */
import type { Token } from './tokens.ts'

export const isWord = (token: Token | undefined): token is Token => token?.kind === 'word'

/** A text seen as one that names are found in. */
export interface Scene {
  tokens: readonly Token[]
  /** Capitals say something: the text has capitals and small letters. */
  cased: boolean
}

export function sceneOf(tokens: readonly Token[]): Scene {
  const some = (pattern: RegExp) => tokens.some(token => token.kind === 'word' && pattern.test(token.text))
  return { tokens, cased: some(/^\p{Lu}/u) && some(/\p{Ll}/u) }
}

const CAPITAL = /^\p{Lu}/u
export const isCapital = ({ cased }: Scene, token: Token | undefined): boolean =>
  cased && isWord(token) && CAPITAL.test(token.text)

/** Whether a sentence begins at a token: there a capital says nothing. «кл.» and «тел.» end none. */
export function beginsSentence({ tokens }: Scene, at: number): boolean {
  const before = tokens[at - 1]
  if (before === undefined) return true
  if (/^[!?…•*—–]$/.test(before.plain)) return true
  if (before.plain !== '.') return before.plain === '-' && !before.joined
  const word = tokens[at - 2]
  if (isWord(word) && before.joined && ABBREVIATION.test(word.plain)) return false
  return !isInitial(tokens, at - 2)
}

/** Words that a dot behind cuts short. */
const ABBREVIATION =
  /^(?:кл|тел|моб|раб|г|гр|ул|д|кв|корп|стр|пос|дер|отв|зам|им|т|др|пр|рег|обл|р|соб|зак|дог|менедж|mr|mrs|ms|dr|st|cust|tel|no|ref|prof)$/

/** «И.» or a single capital. */
export const isInitial = (tokens: readonly Token[], at: number): boolean =>
  isWord(tokens[at]) && tokens[at]!.text.length === 1 && CAPITAL.test(tokens[at]!.text)

/** Initials from `at` on, «И.И.» or «И.»; the token after them, or `at`. */
export function endOfInitials(tokens: readonly Token[], at: number): number {
  let end = at
  for (
    let i = 0;
    i < 2 && isInitial(tokens, end) && tokens[end + 1]?.plain === '.' && tokens[end + 1]!.joined;
    i++
  )
    end += 2
  return end
}

/** Whether two neighbours stand side by side with nothing but a space or hyphen between. */
export const adjacent = (tokens: readonly Token[], at: number): boolean => {
  const [left, right] = [tokens[at - 1], tokens[at]]
  return left !== undefined && right !== undefined && right.from - left.to <= 2
}

/** «Лидия» alone in quotes is what something is called. */
export function isQuoted(tokens: readonly Token[], start: number, end: number): boolean {
  return /^[«"“„]$/.test(tokens[start - 1]?.plain ?? '') && /^[»"”“]$/.test(tokens[end]?.plain ?? '')
}

/** A word that letters or digits are stuck to is part of something else. */
export function isStuck(tokens: readonly Token[], at: number): boolean {
  const [before, token, after] = [tokens[at - 1], tokens[at]!, tokens[at + 1]]
  const number = (other: Token | undefined) => other?.kind === 'number' || other?.plain === '_'
  return (token.joined && number(before)) || (after?.joined === true && number(after))
}
