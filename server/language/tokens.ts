/**
 * Text -> tokens with exact places in the original. Norms are for comparing: NFC, lower case, ё as е, without zero-width
 * characters, soft hyphens and accents of stress. Places are UTF-16 units, `to` exclusive, so text.slice(from, to) is
 * the token as it was written.
 *
 *   Wi-Fi за 1 500 ₽?  ->  wi-fi (word)  за (word)  <n>₽ (number)  ? (punctuation)
 *
 * A number's norm is `<n>` with its unit: <n>₽, <n>%, <n>м2, №<n>; an address's is `<url>`. Emoji stand between tokens.
 */
import { classAt, DIGIT, INVISIBLE, LETTER, MARK, OTHER, PUNCTUATION, SIGN } from './characters.ts'
import { readNumber } from './units.ts'

export type TokenKind = 'word' | 'number' | 'unit' | 'url' | 'punctuation'

export interface Token {
  from: number
  to: number
  text: string
  norm: string
  kind: TokenKind
}

const WEB = /(?:https?:\/\/|www\.)[^\s<>"«»\u200b-\u200f\u2060\ufeff]+/iy
const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/y
const SITE = /[a-zа-я0-9-]{2,63}\.(?:ru|рф|com|org|net|su|io|co\.uk)(?![\p{L}\d])(?:\/[^\s<>"«»]*)?/iuy
/** Ends of a sentence or bracket that stick to an address. */
const STUCK = /[.,;:!?)\]'’]+$/

const norms = new Map<string, string>()
/** Words kept; speech has fewer than this, garbage has no end. */
const MEMORY = 200_000

/** Lower case, NFC, ё as е, without marks of stress and invisible characters. */
export function normaliseWord(word: string): string {
  const plain = word.normalize('NFC').toLowerCase()
  if (/^[a-zа-я]+$/.test(plain)) return plain
  return plain
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]|\ufe0f|\u0300|\u0301/g, '')
    .replace(/[ёѐ]/g, 'е')
    .replaceAll('ѝ', 'и')
    .replace(/[’ʼ`]/g, "'")
    .replaceAll('\u2011', '-')
    .replaceAll('²', '2')
    .replaceAll('³', '3')
}

function normOf(raw: string): string {
  let norm = norms.get(raw)
  if (norm === undefined) {
    norm = normaliseWord(raw)
    if (norms.size >= MEMORY) norms.clear()
    if (raw.length <= 64) norms.set(raw, norm)
  }
  return norm
}

/** Where the address that begins at `from` ends, or -1. `mail` and `dots`: whether the text has what one needs. */
function addressEnd(text: string, from: number, mail: boolean, dots: boolean): number {
  const first = text.charCodeAt(from) | 0x20
  if (first === 0x68 || first === 0x77) {
    WEB.lastIndex = from
    const match = WEB.exec(text)
    if (match) return from + match[0].replace(STUCK, '').length
  }
  if (mail) {
    MAIL.lastIndex = from
    if (MAIL.test(text)) return MAIL.lastIndex
  }
  if (dots) {
    SITE.lastIndex = from
    const match = SITE.exec(text)
    if (match) return from + match[0].replace(STUCK, '').length
  }
  return -1
}

/** Where the word that begins at `from` ends. A hyphen or apostrophe between letters is part of it; an address ends it. */
function wordEnd(text: string, from: number, webs: boolean): number {
  let i = from + 1
  let end = i
  for (;;) {
    const kind = classAt(text, i)
    if (kind === LETTER) {
      if (webs && (text.charCodeAt(i) | 0x20) === 0x68 && /^https?:\/\//i.test(text.slice(i, i + 8)))
        return end
      end = ++i
    } else if (kind === DIGIT || kind === MARK) end = ++i
    else if (kind === INVISIBLE) i++
    else if (isJoiner(text.charCodeAt(i)) && end === i && isWordPart(classAt(text, i + 1))) i++
    else return end
  }
}

const isJoiner = (code: number) =>
  code === 0x2d || code === 0x27 || code === 0x2019 || code === 0x2bc || code === 0x2011 || code === 0x60
const isWordPart = (kind: number) => kind === LETTER || kind === DIGIT
const isMark = (code: number) => code === 0x3f || code === 0x21 || code === 0x2026 || code === 0x2e

/** Every word, number, sign, address and mark of a text, in order. Linear time; any string will do. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const mail = text.includes('@')
  const dots = text.includes('.')
  const webs = text.includes('://')
  const length = text.length
  const push = (from: number, to: number, norm: string, kind: TokenKind) => {
    if (norm !== '') tokens.push({ from, to, text: text.slice(from, to), norm, kind })
    return to
  }
  for (let i = 0; i < length; ) {
    const kind = classAt(text, i)
    if (kind === OTHER || kind === MARK || kind === INVISIBLE) i++
    else if (kind === LETTER || kind === DIGIT) {
      const address = mail || dots || webs ? addressEnd(text, i, mail, dots) : -1
      if (address > i) i = push(i, address, '<url>', 'url')
      else if (kind === LETTER) {
        const to = wordEnd(text, i, webs)
        i = push(i, to, normOf(text.slice(i, to)), 'word')
      } else {
        const { to, norm } = readNumber(text, i)
        // «3d», «2х», «5-камерный»: letters that are no unit make it a word.
        const next = isJoiner(text.charCodeAt(to)) ? to + 1 : to
        const glued = norm === '<n>' && classAt(text, to - 1) === DIGIT && classAt(text, next) === LETTER
        if (glued) {
          const end = wordEnd(text, to - 1, webs)
          i = push(i, end, normOf(text.slice(i, end)), 'word')
        } else i = push(i, to, norm, 'number')
      }
    } else if (kind === SIGN) {
      if (classAt(text, text[i + 1] === ' ' ? i + 2 : i + 1) === DIGIT && /[$€£№]/.test(text[i]!)) {
        const { to } = readNumber(text, text[i + 1] === ' ' ? i + 2 : i + 1)
        i = push(i, to, text[i] === '№' ? '№<n>' : `<n>${text[i]}`, 'number')
      } else i = push(i, i + 1, text[i]!, 'unit')
    } else {
      let to = i + 1
      while (kind === PUNCTUATION && isMark(text.charCodeAt(i)) && isMark(text.charCodeAt(to))) to++
      i = push(i, to, text.slice(i, to), 'punctuation')
    }
  }
  return tokens
}
