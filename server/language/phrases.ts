/**
 * A matcher of phrases over norms, so that what to look for is a table that a linguist can read. A line of a table is a
 * phrase; its words stand for norms:
 *
 *   слово      this norm            слов*     norms that begin so
 *   (а|б*|в)   one of these; may be of several words
 *   слово?     may be missing, also (а|б)?
 *   _          any one word         ..        up to three words
 *   ^ and $    the clause's beginning and end
 *
 * Words that speakers put in while they think («значит», «как бы», “you know”) may stand between a phrase's words.
 * Every phrase begins with a word that says what it is, so that most words of a text cost one look-up.
 */
interface Element {
  words: ReadonlySet<string>
  beginnings: readonly string[]
  any: boolean
  optional: boolean
}

interface Phrase<Tag> {
  tag: Tag
  elements: Element[]
  first: boolean
  last: boolean
}

export interface PhraseMatch<Tag> {
  tag: Tag
  /** Places in the norms, `to` exclusive. */
  from: number
  to: number
}

/** Finds phrases: all of them, at every place the longest of each tag. */
export type PhraseBook<Tag> = (norms: readonly string[]) => PhraseMatch<Tag>[]

const GAP = 3
const MEMORY = 50_000

function toElements(word: string): Element[] {
  if (word === '..')
    return Array.from({ length: GAP }, () => ({
      words: new Set(),
      beginnings: [],
      any: true,
      optional: true,
    }))
  if (word === '_') return [{ words: new Set(), beginnings: [], any: true, optional: false }]
  const optional = word.endsWith('?')
  const bare = (optional ? word.slice(0, -1) : word).replace(/^\(|\)$/g, '')
  const options = bare.split('|')
  return [
    {
      words: new Set(options.filter(option => !option.endsWith('*'))),
      beginnings: options.filter(option => option.endsWith('*')).map(option => option.slice(0, -1)),
      any: false,
      optional,
    },
  ]
}

const fits = (element: Element, norm: string) =>
  element.any || element.words.has(norm) || element.beginnings.some(beginning => norm.startsWith(beginning))

/** A line with a choice of several words, or with a first word that may be missing, as a line for each case. */
function spread(line: string): string[] {
  const group = [...line.matchAll(/\(([^()]*)\)(\??)/g)].find(match => match[1]!.includes(' '))
  if (!group) {
    const head = /^(\^ +)?(\([^()]*\)|[^\s()]+)\? +/.exec(line)
    if (!head) return [line]
    const [all, anchor = '', word = ''] = head
    const rest = line.slice(all.length)
    return [`${anchor}${word} ${rest}`, ...spread(anchor + rest)]
  }
  const options = group[1]!.split('|')
  return [...options, ...(group[2] === '?' ? [''] : [])].flatMap(option =>
    spread(line.slice(0, group.index) + option + line.slice(group.index + group[0].length)),
  )
}

function parse<Tag>(tag: Tag, line: string): Phrase<Tag> {
  const words = line.split(/\s+/).filter(Boolean)
  const first = words[0] === '^'
  const last = words.at(-1) === '$'
  const elements = words.slice(first ? 1 : 0, last ? -1 : undefined).flatMap(toElements)
  const head = elements[0]
  if (!head || head.any || head.optional) throw new Error(`A phrase must begin with a word: ${line}`)
  return { tag, elements, first, last }
}

/** Fillers skipped in one phrase; a text of nothing else must not cost more. */
const MOST_SKIPS = 2
const FILLERS = new Set(['ну', 'вот', 'значит', 'короче', 'типа', 'просто', 'like', 'just'])
/** Two words that are filler together: the first -> the second. */
const FILLER_PAIRS = new Map([
  ['как', 'бы'],
  ['так', 'сказать'],
  ['это', 'самое'],
  ['в', 'общем'],
  ['you', 'know'],
  ['sort', 'of'],
  ['kind', 'of'],
  ['i', 'mean'],
])

/** How many words of filler stand at a place. */
function fillersAt(norms: readonly string[], at: number): number {
  const norm = norms[at]!
  if (FILLERS.has(norm)) return 1
  const second = FILLER_PAIRS.get(norm)
  return second !== undefined && norms[at + 1] === second ? 2 : 0
}

/** Where a phrase that begins at `at` ends, or -1; as far as it reaches. */
function reach<Tag>(
  phrase: Phrase<Tag>,
  norms: readonly string[],
  at: number,
  element = 0,
  skips = MOST_SKIPS,
): number {
  const { elements } = phrase
  if (element === elements.length) return phrase.last && at !== norms.length ? -1 : at
  const wanted = elements[element]!
  if (at < norms.length && fits(wanted, norms[at]!)) {
    const end = reach(phrase, norms, at + 1, element + 1, skips)
    if (end !== -1) return end
  }
  if (wanted.optional) return reach(phrase, norms, at, element + 1, skips)
  const skipped = skips > 0 && at < norms.length ? fillersAt(norms, at) : 0
  return skipped > 0 ? reach(phrase, norms, at + skipped, element, skips - 1) : -1
}

/** Compiles tables of phrases, a line each. Throws when a line is not a phrase. */
export function compilePhrases<Tag extends string>(tables: Record<Tag, string>): PhraseBook<Tag> {
  const phrases = (Object.entries(tables) as [Tag, string][]).flatMap(([tag, table]) =>
    table
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '')
      .flatMap(spread)
      .map(line => parse(tag, line)),
  )
  const heads = new Map<string, Phrase<Tag>[]>()
  const starting = (norm: string) => {
    let found = heads.get(norm)
    if (!found) {
      found = phrases.filter(({ elements }) => fits(elements[0]!, norm))
      if (heads.size >= MEMORY) heads.clear()
      heads.set(norm, found)
    }
    return found
  }
  return norms => {
    const matches: PhraseMatch<Tag>[] = []
    for (let at = 0; at < norms.length; at++) {
      for (const phrase of starting(norms[at]!)) {
        if (phrase.first && at > 0) continue
        const to = reach(phrase, norms, at + 1, 1)
        if (to === -1) continue
        const known = matches.find(match => match.tag === phrase.tag && match.from === at)
        if (!known) matches.push({ tag: phrase.tag, from: at, to })
        else if (to > known.to) known.to = to
      }
    }
    return matches
  }
}
