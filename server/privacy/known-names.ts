/** Names that a CRM gives for the very client who speaks: found in every case and short form, whatever the context. */
import { lexicon } from './lexicon.ts'
import { formsOfFirstName, formsOfPatronymic, formsOfSurname, plainName } from './name-forms.ts'
import { adjacent, isWord } from './name-tokens.ts'
import type { Span } from './span.ts'
import type { Token } from './tokens.ts'

export type KnownNames = ReadonlySet<string>

/** Words in a client's name that name nobody. */
const FORMALITIES =
  /^(?:ооо|оао|зао|пао|ао|ип|тсж|снт|ук|llc|ltd|inc|plc|corp|gmbh|mr|mrs|ms|dr|и|and|the|of|для|из|от|клиент|client|новый|сделка|физлицо|тест|test)$/

const cache = new Map<string, KnownNames>()

/** All forms of the names' words. Remembered by the names: one client's turns come one after another. */
export function knownNamesOf(names: readonly string[]): KnownNames {
  const key = names.join('\n')
  let forms = cache.get(key)
  if (forms) return forms
  forms = new Set(names.flatMap(name => name.split(/[^\p{L}\p{M}'’-]+/u)).flatMap(formsOfWord))
  if (cache.size > 1000) cache.clear()
  cache.set(key, forms)
  return forms
}

function formsOfWord(word: string): string[] {
  const plain = plainName(word.normalize('NFC'))
  if (plain.length < 2 || FORMALITIES.test(plain)) return []
  if (/-/.test(plain)) return [plain, ...plain.split('-').flatMap(formsOfWord)]
  if (!/^[а-я]+$/.test(plain)) return plain.length > 2 ? [plain, `${plain}s`] : []
  if (plain.length < 3) return [plain]
  if (/(?:ич|ыч)$|(?:овна|евна|ична)$/.test(plain)) return formsOfPatronymic(plain)
  const gender = /[ая]$/.test(plain) ? 'f' : 'm'
  const short = lexicon().shortNames.get(plain) ?? []
  return [
    ...formsOfFirstName(plain, gender),
    ...(lexicon().firstRu.has(plain) ? [] : formsOfSurname(plain)),
    ...short.flatMap(each => formsOfFirstName(each, /[ая]$/.test(each) ? 'f' : 'm')),
  ].filter(form => form.length > 2)
}

/** The client's own names among tokens; neighbours are one span. */
export function findKnownNames(tokens: readonly Token[], names: KnownNames): Span[] {
  const spans: Span[] = []
  tokens.forEach((token, at) => {
    if (!isWord(token) || !names.has(token.plain)) return
    const last = spans.at(-1)
    if (last && last.to === tokens[at - 1]?.to && adjacent(tokens, at)) last.to = token.to
    else spans.push({ from: token.from, to: token.to, kind: 'name' })
  })
  return spans
}

/** Whether a piece of text holds one of the client's own names. */
export function holdsKnownName(piece: string, names: KnownNames): boolean {
  return piece.split(/[^\p{L}\p{M}]+/u).some(word => names.has(plainName(word)))
}
