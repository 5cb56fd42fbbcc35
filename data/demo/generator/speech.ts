/**
 * Pieces of speech -> an utterance as it is found in data: recognised speech (lower case, no marks, fillers), a written
 * transcript, or a typed chat with its slips. Marks (marks.ts) come through whole.
 */
import type { Random } from '../../../server/lib/random.ts'
import { hasMarks, withoutMarks } from './marks.ts'
import type { Pack } from './pack.ts'

export interface Manner {
  style: 'recognised' | 'written' | 'typed' | 'note'
  /** Share of longer words with a slip of the keys. */
  slips: number
  capitals: boolean
  stops: boolean
  emoji: boolean
  /** Share of pieces with a filler. */
  fillers: number
  /** Share of pieces with a word that nobody took care of. */
  careless: number
}

/** How a call was turned into text. */
export function callManner(random: Random): Manner {
  const style = random.next() < 0.7 ? 'recognised' : 'written'
  return {
    style,
    slips: 0,
    capitals: style === 'written',
    stops: style === 'written',
    emoji: false,
    fillers: 0.16,
    careless: 0.09,
  }
}

/** How one person types. */
export function chatManner(random: Random): Manner {
  const careful = random.next() < 0.35
  return {
    style: 'typed',
    slips: careful ? 0.004 : random.next() < 0.4 ? 0.035 : 0.012,
    capitals: careful || random.next() < 0.25,
    stops: careful,
    emoji: random.next() < 0.22,
    fillers: 0,
    careless: careful ? 0 : 0.14,
  }
}

/** An agent types with care. */
export const agentChat: Manner = {
  style: 'typed',
  slips: 0,
  capitals: true,
  stops: true,
  emoji: false,
  fillers: 0,
  careless: 0,
}
export const shorthand: Manner = {
  style: 'note',
  slips: 0.004,
  capitals: false,
  stops: false,
  emoji: false,
  fillers: 0,
  careless: 0,
}

/** Joins pieces of one turn in a manner; marks stay in the text. */
export function utter(pieces: readonly string[], manner: Manner, random: Random, pack: Pack): string {
  const said = pieces.filter(piece => piece !== '').map(piece => loosen(piece, manner, random, pack))
  if (manner.style === 'recognised')
    return said.map(piece => recognise(piece, manner.fillers, random, pack)).join(' ')
  if (manner.style === 'note') return slip(said.join(''), manner.slips, random)
  let text = ''
  for (const [i, piece] of said.entries()) {
    let next = withEnd(
      manner.style === 'typed' ? pack.typewrite(piece) : piece,
      manner,
      i === said.length - 1,
      random,
    )
    if (manner.slips > 0) next = slip(next, manner.slips, random)
    if (manner.capitals && !text.endsWith(',')) next = capitalise(next)
    text = text === '' ? next : `${text} ${next}`
  }
  return manner.emoji && random.next() < 0.3 ? `${text} ${random.pick(pack.emoji)}` : text
}

/** Says one word of a piece as nobody would write it with care. */
function loosen(piece: string, { style, careless }: Manner, random: Random, pack: Pack): string {
  if (careless === 0 || random.next() >= careless || (style !== 'recognised' && style !== 'typed'))
    return piece
  for (const [word, said] of pack.casual[style]) if (word.test(piece)) return piece.replace(word, said)
  return piece
}

const PUNCTUATION = /(?<!\d)[.,:]|[.,:](?!\d)|[!?;«»"“”()…]|(?<= )[—–-](?= )/g

function recognise(piece: string, fillers: number, random: Random, pack: Pack): string {
  let text = pack.recognise(piece.toLowerCase().replace(PUNCTUATION, '')).replace(/ {2,}/g, ' ').trim()
  if (random.next() < fillers) text = `${random.pick(pack.fillers.open)} ${text}`
  // A filler inside: never within personal data, which a mark of its own shows.
  if (random.next() < fillers && !/[\ue800-\ue8ff]/.test(text)) {
    const spaces = [...text.matchAll(/ /g)].map(match => match.index)
    if (spaces.length > 3) {
      const at = spaces[1 + random.integer(spaces.length - 2)]!
      text = `${text.slice(0, at)} ${random.pick(pack.fillers.middle)}${text.slice(at)}`
    }
  }
  return text
}

function withEnd(piece: string, manner: Manner, last: boolean, random: Random): string {
  const text = piece.trimEnd()
  const bare = withoutMarks(text).trimEnd()
  const end = bare.at(-1) ?? ''
  if (end === '?' && manner.style === 'typed' && !manner.stops && random.next() < 0.3) {
    const at = text.lastIndexOf('?')
    return text.slice(0, at) + text.slice(at + 1)
  }
  if (/[.!?…)]/.test(end)) return text
  return manner.stops ? `${text}.` : last ? text : `${text}${random.next() < 0.5 ? ',' : '.'}`
}

/** First letter in upper case, past marks and opening quotes. */
function capitalise(text: string): string {
  const at = text.search(/[\p{L}\d]/u)
  return at === -1 ? text : text.slice(0, at) + text[at]!.toUpperCase() + text.slice(at + 1)
}

/** Slips of the keys in longer words: a letter lost, doubled, or changed places with the next. Personal data is spared. */
function slip(text: string, rate: number, random: Random): string {
  if (rate === 0) return text
  return text.replace(/(?<![\p{L}\d@.:/\ue800-\ue8ff])\p{L}{5,}(?![\p{L}\d@/])/gu, word => {
    if (random.next() >= rate || hasMarks(word)) return word
    const at = 1 + random.integer(word.length - 3)
    const kind = random.integer(3)
    if (kind === 0) return word.slice(0, at) + word.slice(at + 1)
    if (kind === 1) return word.slice(0, at) + word[at]! + word.slice(at)
    return word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2)
  })
}
