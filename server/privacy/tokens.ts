/**
 * Text -> words, numbers and signs with their places, for finding personal data. One pass; what was masked already is
 * one token that nothing reaches across, so that masking what is masked changes nothing.
 */
import { nameClassOf } from './name-classes.ts'
import { classOf } from './word-classes.ts'

export type TokenKind = 'word' | 'number' | 'sign' | 'mask'

export interface Token {
  kind: TokenKind
  from: number
  to: number
  text: string
  /** Lower case, ё as е, without soft hyphens and zero-width characters; digits as ASCII. */
  plain: string
  /** What the word speaks for: bits of word-classes.ts. */
  classes: number
  /** What the word may be in a name: bits of name-classes.ts. */
  names: number
  /** There is no space before it. */
  joined: boolean
}

/** Placeholders of mask.ts. */
export const MASKS = {
  ru: {
    name: '[имя]',
    phone: '[телефон]',
    email: '[почта]',
    address: '[адрес]',
    card: '[карта]',
    inn: '[ИНН]',
    snils: '[СНИЛС]',
    ogrn: '[ОГРН]',
    passport: '[паспорт]',
    account: '[счёт]',
    birth_date: '[дата рождения]',
    car_plate: '[номер авто]',
    contract: '[номер]',
    handle: '[ник]',
    url: '[ссылка]',
  },
  en: {
    name: '[name]',
    phone: '[phone]',
    email: '[email]',
    address: '[address]',
    card: '[card]',
    inn: '[tax number]',
    snils: '[insurance number]',
    ogrn: '[company number]',
    passport: '[passport]',
    account: '[account]',
    birth_date: '[date of birth]',
    car_plate: '[car plate]',
    contract: '[number]',
    handle: '[handle]',
    url: '[link]',
  },
} as const

const escapeMarks = (text: string) => text.replace(/[[\]]/g, '\\$&')
const PLACEHOLDERS = [...Object.values(MASKS.ru), ...Object.values(MASKS.en)].map(escapeMarks).join('|')
const WORD = String.raw`([\p{L}\p{M}\u00ad\u200b-\u200d\u2060]+)`
const REST = String.raw`(\p{Nd}+)|[^\s]`
const ALIAS = String.raw`(?<![\p{L}\p{N}])(?:Клиент|Client) \d{1,9}(?![\p{L}\p{N}])`
const TOKEN = new RegExp(`${WORD}|${REST}`, 'gu')
const TOKEN_OR_MASK = new RegExp(`(?:${ALIAS}|${PLACEHOLDERS})|${WORD}|${REST}`, 'gu')
const MAY_BE_MASKED = /\[|Клиент|Client/

type Reading = Pick<Token, 'plain' | 'classes' | 'names'>
const plains = new Map<string, Reading>()
/** Longer ones are garbage, and not remembered. */
const LONGEST = 40

/** A word as it is compared, and what it speaks for; remembered, since speech repeats its words. */
function read(text: string): Reading {
  let known = plains.get(text)
  if (known) return known
  const plain = text
    .replace(/[\u00ad\u200b-\u200d\u2060]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
  if (text.length > LONGEST) return { plain, classes: 0, names: 0 }
  known = { plain, classes: classOf(plain), names: nameClassOf(plain) }
  if (plains.size > 100_000) plains.clear()
  plains.set(text, known)
  return known
}

export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  for (const match of text.matchAll(MAY_BE_MASKED.test(text) ? TOKEN_OR_MASK : TOKEN)) {
    const [whole, word, number] = match
    const from = match.index
    const to = from + whole.length
    const joined = from === end && from > 0
    end = to
    if (word !== undefined) tokens.push({ kind: 'word', from, to, text: whole, ...read(whole), joined })
    else if (number !== undefined) {
      const plain = /^\d+$/.test(whole) ? whole : asciiDigits(whole)
      tokens.push({ kind: 'number', from, to, text: whole, plain, classes: 0, names: 0, joined })
    } else {
      // A sign is one character; what is longer and no word is a placeholder.
      const kind = whole.length > 2 ? 'mask' : 'sign'
      tokens.push({
        kind,
        from,
        to,
        text: whole,
        plain: whole,
        classes: kind === 'sign' ? classOf(whole) : 0,
        names: 0,
        joined,
      })
    }
  }
  return tokens
}

/** Digits of any script as ASCII: each script's ten stand in a row that begins at a multiple of its zero. */
function asciiDigits(text: string): string {
  let out = ''
  for (const char of text) {
    const folded = char.normalize('NFKC')
    if (/^\d$/.test(folded)) out += folded
    else {
      let zero = char.codePointAt(0)!
      while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && char.codePointAt(0)! - zero < 9) zero--
      out += String((char.codePointAt(0)! - zero) % 10)
    }
  }
  return out
}
