/** English frames of wishes, praise and questions, and what must hold for a core to be whole. See ad-phrases.ts. */
import type { CoreShape, FoundCore, Word } from './ad-core.ts'

const set = (words: string) => new Set(words.split(/\s+/))
const PERSONS = set(
  `i we me us my our mine ours myself you your yours yourself he she they them him her his their it its this that these those
   there here i'm i'd i've i'll we're we've we'd we'll you're you've they're it's that's he's she's yours nobody somebody
   someone anybody the-same same`,
)
const VERBS = set(
  `is are was were be been being am do does did have has had can can't could will would should must may might want wants
   need needs like likes love loved liked got get give gave chose told said came went made did`,
)
const OPEN = set(
  'a an the and or but of in on at to for from with about by as so that which who if when than very too more most',
)
const NUMERALS = set('one two three four five six seven eight nine ten hundred thousand')
/** What no ad says of itself. */
const ROUGH = set('most basic cheapest cheap cheaper')
const ALONE = set('thing option one job sample view')

const is = (words: readonly Word[], i: number, ...norms: string[]) => norms.includes(words[i]?.norm ?? '')

function standsAlone(words: readonly Word[], least: number, most: number): boolean {
  const last = words.at(-1)
  return (
    last !== undefined &&
    words.length >= least &&
    words.length <= most &&
    !OPEN.has(last.norm) &&
    words.every(
      ({ norm }) =>
        !PERSONS.has(norm) &&
        !ROUGH.has(norm) &&
        !NUMERALS.has(norm) &&
        !/^(?:because|but|what|how|why|where)$/.test(norm),
    )
  )
}

/** A noun phrase: what is wanted or praised, without its article where that points at something. */
function thing(words: readonly Word[]): FoundCore {
  const core = is(words, 0, 'those', 'these', 'that', 'the', 'some') ? words.slice(1) : words
  const without = is(core, 0, 'no')
  if (!standsAlone(core, without || is(core, 0, 'a', 'an') ? 3 - Number(without) : 2, 6)) return null
  if (core.some(({ norm }) => VERBS.has(norm) || /(?:ing|ly)$/.test(norm))) return null
  if (core.length === 1 && ALONE.has(core[0]!.norm)) return null
  return { shape: without ? 'without' : 'thing', words: core }
}

/** “the price is fixed”: a subject, is or are, and what it is. */
function statement(words: readonly Word[]): FoundCore {
  const at = words.findIndex(({ norm }) => norm === 'is' || norm === 'are')
  if (at < 1 || at === words.length - 1 || !standsAlone(words, 3, 7)) return null
  return words.some(({ norm }, i) => i !== at && VERBS.has(norm)) || !is(words, 0, 'the')
    ? null
    : { shape: 'statement', words }
}

/** “left the place cleaner than they found it” speaks of them; what was done without naming anybody may be said. */
function said(words: readonly Word[]): FoundCore {
  const at = words.findIndex(({ norm }) => norm === 'was' || norm === 'were')
  const shape: CoreShape = 'said'
  return at >= 1 &&
    at < words.length - 1 &&
    standsAlone(words, 3, 7) &&
    words.every(({ norm }, i) => i === at || !VERBS.has(norm))
    ? { shape, words }
    : null
}

const FRAMES: readonly RegExp[] = [
  /(?:^| )(?:the main thing is|what matters(?: (?:for|to) (?:us|me))? is|what (?:i|we) want is)(?: that)? (.+)$/,
  /(?:^| )it's (?:so |really |very )?important (?:to|for) (?:us|me)(?: to have| that)? (.+)$/,
  /(?:^| )(?:i|we)(?:'d| would)?(?: really| just| also)* (?:want|love|loved|like|liked|need|prefer|appreciate|appreciated)(?: that| how| having| to have)? (.+)$/,
  /(?:^| )(?:chose you because|came to you because) (.+)$/,
  /^(?:likes|liked|wants|wanted|praised|appreciated|values|main thing is|loves) (.+)$/,
]

/** The core of what is valued. */
export function englishCore(words: readonly Word[]): FoundCore {
  const norms = words.map(word => word.norm).join(' ')
  for (const frame of FRAMES) {
    const match = frame.exec(norms)
    if (!match) continue
    const before = norms
      .slice(0, norms.length - match[1]!.length)
      .split(' ')
      .filter(Boolean).length
    const core = words.slice(before)
    const there = is(core, 0, 'there') && is(core, 1, 'was', 'is') ? core.slice(2) : core
    return statement(there) ?? thing(there) ?? said(there)
  }
  const important = /^(.+) important$/.exec(norms)
  return important ? thing(words.slice(0, -1)) : said(words)
}

const ASKS = set('how what which when is are do does can will')

/** A whole question of three to nine words that speaks of the thing asked about. */
export function englishQuestion(words: readonly Word[]): FoundCore {
  const start = words.findIndex(({ norm }) => !/^(?:asked|asks|so|and|also|but)$/.test(norm))
  const core = words.slice(Math.max(start, 0))
  const [first, second] = core
  if (!first || !second || !ASKS.has(first.norm) || core.length < 3 || core.length > 9) return null
  if (core.some(({ norm }) => PERSONS.has(norm) || NUMERALS.has(norm)) || OPEN.has(core.at(-1)!.norm))
    return null
  return { shape: 'question', words: core }
}
