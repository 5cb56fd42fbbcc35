/**
 * Personal data in a text. Finders look for each kind by itself; where their finds overlap the longest stands. What is
 * masked may uncover more beside it, so the search is repeated until it finds nothing.
 */
import { findRussianAddresses } from './find-addresses.ts'
import { findEnglishAddresses } from './find-addresses-en.ts'
import { findAddressesWithAt, findHandles, findLinks, findSpokenEmails } from './find-links.ts'
import { findEnglishNames } from './find-names-en.ts'
import { findRussianNames } from './find-names-ru.ts'
import { findNumbers } from './find-numbers.ts'
import { findBirthDates, findContracts, findLatinCodes, findOldDates, findPlates } from './find-references.ts'
import { findKnownNames, type KnownNames } from './known-names.ts'
import { sceneOf } from './name-tokens.ts'
import { personalKinds, type Span } from './span.ts'
import { tokenise } from './tokens.ts'

/** One pass over a text; spans don't overlap and stand in order. */
export function findOnce(text: string, knownNames: KnownNames | null): Span[] {
  const tokens = tokenise(text)
  const scene = sceneOf(tokens)
  const spans: Span[] = []
  const hasDigits = /\p{Nd}/u.test(text)
  const hasCyrillic = /[а-яё]/i.test(text)
  const hasLatin = /[a-z]/i.test(text)
  if (text.includes('@')) spans.push(...findAddressesWithAt(text))
  spans.push(
    ...findLinks(text),
    ...findSpokenEmails(tokens),
    ...findNumbers(tokens),
    ...findContracts(tokens),
  )
  spans.push(...findBirthDates(tokens))
  if (hasDigits) spans.push(...findPlates(tokens), ...findOldDates(text))
  if (hasLatin) {
    spans.push(
      ...findHandles(tokens, text),
      ...findEnglishAddresses(tokens, text),
      ...findEnglishNames(scene, hasCyrillic),
    )
    if (hasDigits) spans.push(...findLatinCodes(text, tokens))
  }
  if (hasCyrillic) spans.push(...findRussianAddresses(tokens), ...findRussianNames(scene))
  if (knownNames) spans.push(...findKnownNames(tokens, knownNames))
  return withoutOverlaps(spans)
}

const order = new Map(personalKinds.map((kind, i) => [kind, i]))

/** Of overlapping spans the longest, of equal ones the more certain kind; in order of place. */
export function withoutOverlaps(spans: readonly Span[]): Span[] {
  if (spans.length < 2) return [...spans]
  const best = [...spans].sort(
    (a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from || order.get(a.kind)! - order.get(b.kind)!,
  )
  const taken: Span[] = []
  // Sorted by place, each new one meets only its neighbours.
  for (const span of best) {
    const at = lowerBound(taken, span.from)
    const [left, right] = [taken[at - 1], taken[at]]
    if ((left && left.to > span.from) || (right && right.from < span.to)) continue
    taken.splice(at, 0, span)
  }
  return taken
}

/** The first place whose span begins at or after `from`. */
function lowerBound(spans: readonly Span[], from: number): number {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (spans[middle]!.from < from) low = middle + 1
    else high = middle
  }
  return low
}
