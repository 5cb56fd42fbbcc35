/** Numbers as they are written or dictated: runs of groups of digits, and the words before them that say what they are. */
import { readGroup } from './numerals.ts'
import type { Token } from './tokens.ts'
import { ACCOUNT } from './word-classes.ts'

/** A piece of a number. */
export interface Group {
  digits: string
  from: number
  to: number
  /** The tokens it is made of, `end` exclusive. */
  token: number
  end: number
  /** What stands between it and the group before: signs, ' ' for a space, 'w' for a little word. */
  gap: string
  spoken: boolean
}

const SIGNS = /^[-–—‑.()/+№]$/
/** Little words between groups of a dictated number. */
const FILLERS = new Set(['э', 'так', 'и', 'дальше', 'потом', 'далее', 'тире', 'dash', 'and', 'then', 'ну'])

/** Runs of groups with nothing but signs, spaces and little words between. */
export function* readRuns(tokens: readonly Token[]): Iterable<Group[]> {
  let run: Group[] = []
  let gap = ''
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at]!
    const group = readGroup(tokens, at)
    const last = run.at(-1)
    if (group) {
      const spaced = last !== undefined && !token.joined ? ' ' : ''
      run.push({
        digits: group.digits,
        from: token.from,
        to: tokens[group.end - 1]!.to,
        token: at,
        end: group.end,
        gap: gap + spaced,
        spoken: token.kind === 'word',
      })
      gap = ''
      at = group.end
      continue
    }
    const isSign = token.kind === 'sign' && SIGNS.test(token.plain) && gap.length < 4
    const isPause = last?.spoken === true && (token.plain === ',' || (gap === '' && FILLERS.has(token.plain)))
    if (last !== undefined && (isSign || isPause)) gap += token.kind === 'word' ? 'w' : token.plain
    else {
      if (last !== undefined) yield run
      run = []
      gap = ''
    }
    at++
  }
  if (run.length > 0) yield run
}

/** Words before a number, and all tokens, in which something is looked for that says what it is. */
const WORDS_BEFORE = 6
const TOKENS_BEFORE = 16

/** Classes of the words shortly before a token, stopping at what was masked and at the end of a sentence. */
export function classesBefore(tokens: readonly Token[], at: number, most = WORDS_BEFORE): number {
  let classes = 0
  for (let i = at - 1, words = 0; i >= Math.max(0, at - TOKENS_BEFORE) && words < most; i--) {
    const token = tokens[i]!
    if (token.kind === 'mask') break
    const next = tokens[i + 1]!
    if (/^[.!?]$/.test(token.plain) && i + 1 < at && !next.joined && words > 0 && !isShort(tokens[i - 1]))
      break
    if (token.kind === 'word') words++
    classes |= token.classes
    // р/с, л/с, к/с
    if (token.plain === '/' && /^[рлк]$/.test(tokens[i - 1]?.plain ?? '') && next.plain === 'с')
      classes |= ACCOUNT
  }
  return classes
}

/** «тел.», «р.»: a dot that ends no sentence. */
const isShort = (token: Token | undefined) => token?.kind === 'word' && token.plain.length <= 4

/** A number's plus and bracket belong to it; so does «плюс». The place where it begins. */
export function openingOf(tokens: readonly Token[], at: number): number {
  let from = tokens[at]!.from
  for (let i = at - 1; i >= 0 && i >= at - 2; i--) {
    const token = tokens[i]!
    if (/^[+(]$/.test(token.plain) && tokens[i + 1]!.joined) from = token.from
    else if (/^(?:плюс|plus)$/.test(token.plain)) return token.from
    else break
  }
  return from
}

/** Whether a plus, written or said, stands before a number. */
export function hasPlus(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  if (before === undefined) return false
  return /^(?:плюс|plus)$/.test(before.plain) || (before.plain === '+' && tokens[at]!.joined)
}
