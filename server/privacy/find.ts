/**
 * Personal data in a text. Finders look for each kind by itself; where their finds overlap they become one. What is
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
  if (hasCyrillic) {
    const names = findRussianNames(scene)
    spans.push(...names, ...findRussianAddresses(tokens, names))
  }
  if (knownNames) spans.push(...findKnownNames(tokens, knownNames))
  return withoutOverlaps(spans)
}

const order = new Map(personalKinds.map((kind, i) => [kind, i]))

/**
 * Spans that overlap become one, of the kind of the longest (of equal ones the more certain kind): no half of anything
 * may be left over. In order of place.
 */
export function withoutOverlaps(spans: readonly Span[]): Span[] {
  if (spans.length < 2) return [...spans]
  const sorted = [...spans].sort(
    (a, b) => a.from - b.from || b.to - a.to || order.get(a.kind)! - order.get(b.kind)!,
  )
  const merged: (Span & { longest: number })[] = []
  for (const span of sorted) {
    const last = merged.at(-1)
    const longest = span.to - span.from
    if (!last || last.to <= span.from) {
      merged.push({ ...span, longest })
      continue
    }
    const isMore =
      longest > last.longest || (longest === last.longest && order.get(span.kind)! < order.get(last.kind)!)
    if (isMore) Object.assign(last, { kind: span.kind, longest })
    last.to = Math.max(last.to, span.to)
  }
  return merged.map(({ from, to, kind }) => ({ from, to, kind }))
}
