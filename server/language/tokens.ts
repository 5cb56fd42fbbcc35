/**
 * Text -> tokens with exact places in the original. Norms are for comparing: NFC, lower case, ё as е, without zero-width
 * characters, soft hyphens and accents of stress. Places are UTF-16 units, `to` exclusive, so text.slice(from, to) is
 * the token as it was written.
 */
export type TokenKind = 'word' | 'number' | 'unit' | 'url' | 'punctuation'

export interface Token {
  from: number
  to: number
  text: string
  norm: string
  kind: TokenKind
}

// Invisible characters may stand inside a word; a stress accent or other mark belongs to its letter.
const IN = String.raw`[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]*`
const WORD = String.raw`(?:\p{L}${IN})+`
const URL = String.raw`(?:https?:\/\/|www\.)[^\s<>"«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+`
// A word ends where an address begins, even when nothing parts them («Правилаhttps://…»).
const TOKEN = new RegExp(
  String.raw`(?<url>${URL})|(?<word>(?:(?!https?:\/\/)\p{L}${IN})+(?:['’ʼ-]${WORD})*)|(?<number>\d+(?:[.,:]\d+)*)|(?<unit>[₽$€£%№°])|(?<punctuation>[?!…]+|[.,;:()«»"—–-])`,
  'gu',
)

/** Lower case, NFC, ё as е, without marks of stress and invisible characters. */
export function normaliseWord(word: string): string {
  const plain = word.normalize('NFC').toLowerCase()
  if (/^[a-zа-я]+$/.test(plain)) return plain
  return plain
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]|\u0300|\u0301/g, '')
    .replaceAll('ё', 'е')
    .replace(/[’ʼ]/g, "'")
}

const NORMS: Partial<Record<TokenKind, string>> = { url: '<url>', number: '<n>' }

/** Every word, number, unit, address and mark of a text, in order. Anything else (spaces, emoji) is between them. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(TOKEN)) {
    const groups = match.groups!
    const kind = (Object.keys(groups) as TokenKind[]).find(name => groups[name] !== undefined)!
    const raw = match[0]
    const norm = NORMS[kind] ?? (kind === 'word' ? normaliseWord(raw) : raw)
    if (norm !== '') tokens.push({ from: match.index, to: match.index + raw.length, text: raw, norm, kind })
  }
  return tokens
}
