/**
 * What masks a report on its way out. Clients are known by number: their own names become «Клиент 14» in their quotes.
 * Managers, who are no clients but have names all the same, become «Менеджер 2», so that tables of them still compare.
 */
import type { Language } from '../lib/locale.ts'
import type { RunResult } from '../notebook/run.ts'
import { findPersonalData, maskText } from '../privacy/mask.ts'
import type { Connection } from '../store/database.ts'
import { readClientNames, readManagers, readRefused } from '../store/people.ts'
import type { Mask } from './mask-output.ts'

/** A mask that says of each kind how often it hid something. */
export interface CountingMask {
  mask: Mask
  hidden: ReadonlyMap<string, number>
}

/** Prepares a mask for what a run shows. */
export async function createMask(
  run: Pick<RunResult, 'outcomes'>,
  language: Language,
  database: Connection,
): Promise<CountingMask> {
  const [names, managers, refused] = await Promise.all([
    readClientNames(database, clientsOf(run)),
    readManagers(database),
    readRefused(database, clientsOf(run)),
  ])
  const stand = new Map(
    managers.map((name, i) => [name, `${language === 'ru' ? 'Менеджер' : 'Manager'} ${i + 1}`]),
  )
  const anyManager = patternOf(managers)
  const hidden = new Map<string, number>()
  const count = (kind: string) => hidden.set(kind, (hidden.get(kind) ?? 0) + 1)
  // Charts and tables hold the same texts many times.
  const known = new Map<string, { text: string; kinds: string[] }>()
  const maskOnce = (text: string, alias: number | undefined) => {
    const name = alias === undefined ? undefined : names.get(alias)
    const kinds: string[] = []
    const unmanaged = anyManager
      ? text.replace(anyManager, found => {
          kinds.push('name')
          return stand.get(found)!
        })
      : text
    const { text: kept, restore } =
      alias === undefined ? keepTerms(unmanaged) : { text: unmanaged, restore: same }
    const masked = maskText(kept, {
      language,
      ...(alias !== undefined && { alias }),
      ...(name !== undefined && { knownNames: [name] }),
    })
    return { text: restore(masked.text), kinds: [...kinds, ...masked.spans.map(({ kind }) => kind)] }
  }
  const mask = (text: string, alias?: number) => {
    const key = `${alias ?? ''} ${text}`
    const masked = known.get(key) ?? maskOnce(text, alias)
    known.set(key, masked)
    for (const kind of masked.kinds) count(kind)
    return masked.text
  }
  return { hidden, mask: Object.assign(mask, { refused }) }
}

/** Kinds of personal data in a text, one for each place. */
export function personalKindsIn(text: string): string[] {
  return findPersonalData(keepTerms(text).text).map(({ kind }) => kind)
}

/**
 * Terms of our own reports that are also names: «лиды» is Лида's genitive, «темы» is Тёма's. Not applied to quotes, where
 * people do say their names.
 */
const TERMS =
  /(?<!\p{L})(?:лид(?:ы|ов|ам|ами|ах|ом)|(?<=\d[\s\u00a0\u202f]|[Цц]елевого |от )лида|тем(?:ы|а|е|у|ам|ами|ах)|(?:не)?целев(?:ой|ые|ых|ого|ым|ая)|показы|клики|визиты)(?!\p{L})/giu
const same = (text: string) => text

/** The text with each of those terms as one character that is no letter, and how to get them back. */
function keepTerms(text: string): { text: string; restore: (masked: string) => string } {
  // Such characters of the text's own must come back as they were.
  if (/[\ue000-\uf8ff]/.test(text)) return { text, restore: same }
  const terms: string[] = []
  const kept = text.replace(TERMS, term => {
    // The private use area has 6,400 places; a text with as many leads keeps the rest as it is.
    if (terms.length >= 6000) return term
    terms.push(term)
    return String.fromCharCode(0xe000 + terms.length - 1)
  })
  if (terms.length === 0) return { text, restore: same }
  return {
    text: kept,
    restore: masked => masked.replace(/[\ue000-\uf8ff]/g, char => terms[char.charCodeAt(0) - 0xe000] ?? char),
  }
}

/** Numbers of the clients whose words a run shows. */
export function clientsOf({ outcomes }: Pick<RunResult, 'outcomes'>): number[] {
  const outputs = [...outcomes.values()].flatMap(outcome =>
    'result' in outcome ? outcome.result.outputs : [],
  )
  const quotes = outputs.flatMap(output =>
    output.type === 'insight' ? output.claims.flatMap(claim => claim.quotes) : [],
  )
  return [...new Set(quotes.map(quote => quote.alias))]
}

/** Any of some names as whole words, the longest first. */
function patternOf(names: readonly string[]): RegExp | null {
  if (names.length === 0) return null
  const texts = [...names]
    .sort((a, b) => b.length - a.length)
    .map(name => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${texts.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
}
