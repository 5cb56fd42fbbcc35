/** Classes of UTF-16 units, by which the tokenizer walks: a table for the common ones, the Unicode properties for the rest. */
export const OTHER = 0
export const LETTER = 1
export const DIGIT = 2
/** Combining marks: they belong to the letter before them. */
export const MARK = 3
/** Zero-width characters and the soft hyphen: inside a word they are part of how it is written, never of what it is. */
export const INVISIBLE = 4
export const PUNCTUATION = 5
export const SIGN = 6

const TABLE_SIZE = 0x3000
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/
const punctuation = /[?!….,;:()«»"“”„—–-]/
const sign = /[₽$€£%№°]/

function classify(character: string): number {
  if (invisible.test(character)) return INVISIBLE
  if (/\p{L}/u.test(character)) return LETTER
  if (/\p{N}/u.test(character)) return DIGIT
  if (/\p{M}/u.test(character)) return MARK
  if (punctuation.test(character)) return PUNCTUATION
  return sign.test(character) ? SIGN : OTHER
}

const table = Uint8Array.from({ length: TABLE_SIZE }, (_, code) => classify(String.fromCharCode(code)))

/** The class of the unit at `i`; of both units of a surrogate pair that of their character; OTHER outside the text. */
export function classAt(text: string, i: number): number {
  const code = text.charCodeAt(i)
  if (code < TABLE_SIZE) return table[code]!
  if (Number.isNaN(code)) return OTHER
  if (code < 0xd800 || code > 0xdfff) return classify(text[i]!)
  const start = code >= 0xdc00 ? i - 1 : i
  return classify(String.fromCodePoint(text.codePointAt(start) ?? code))
}
