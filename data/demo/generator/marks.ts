/**
 * Marks in a text under way. A marked part stands between an opening character and a closing one, both from Unicode's
 * private use area, so that lower case, lost punctuation, fillers and typos can be laid over the text, and the offsets
 * are read off only when it is final: they are exact whatever was done.
 */

/** Personal data that clients say aloud. */
export const personalKinds = [
  'name',
  'phone',
  'email',
  'address',
  'card',
  'passport',
  'inn',
  'contract',
  'birth_date',
  'handle',
] as const
export type PersonalKind = (typeof personalKinds)[number]
/** What a span of a client's speech is. A decoy looks like a value and is none: an echo of the agent, or a denial. */
export type SpanKind = 'question' | 'value' | 'objection' | 'decoy'
export const spanKinds: readonly SpanKind[] = ['question', 'value', 'objection', 'decoy']

export interface Mark {
  from: number
  to: number
  kind: SpanKind | PersonalKind
  /** The theme's key; '' for personal data. */
  theme: string
}

const GOLD = 0xe000
const PERSONAL = 0xe800
const CLOSE = '\uf8ff'
const MARK = /[\ue000-\uf8ff]/g

const isMark = (code: number) => code >= GOLD && code <= 0xf8ff

/** Marks a text as a theme's. `theme` is the theme's place among all of the language's themes. */
export function markTheme(text: string, kind: SpanKind, theme: number): string {
  return String.fromCharCode(GOLD + theme * spanKinds.length + spanKinds.indexOf(kind)) + text + CLOSE
}

/** Marks a text as personal data. */
export function markPersonal(text: string, kind: PersonalKind): string {
  return String.fromCharCode(PERSONAL + personalKinds.indexOf(kind)) + text + CLOSE
}

/** The text without marks. */
export function withoutMarks(text: string): string {
  return text.replace(MARK, '')
}

export function hasMarks(text: string): boolean {
  return text.search(MARK) !== -1
}

/** The clean, trimmed text and its marks, in order; a mark leaves spaces and punctuation at its ends out. */
export function readMarks(marked: string, themes: readonly string[]): { text: string; marks: Mark[] } {
  let text = ''
  const marks: Mark[] = []
  const open: Mark[] = []
  const source = marked.trim()
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i)
    if (!isMark(code)) text += source[i]
    else if (source[i] === CLOSE) open.pop()!.to = text.length
    else {
      const personal = code >= PERSONAL
      const number = code - (personal ? PERSONAL : GOLD)
      const mark: Mark = {
        from: text.length,
        to: text.length,
        kind: personal ? personalKinds[number]! : spanKinds[number % spanKinds.length]!,
        theme: personal ? '' : themes[Math.floor(number / spanKinds.length)]!,
      }
      open.push(mark)
      marks.push(mark)
    }
  }
  const trimmed = text.trimStart()
  const cut = text.length - trimmed.length
  for (const mark of marks) {
    while (mark.from < mark.to && /[\s,.!?…;:—]/.test(text[mark.from]!)) mark.from++
    while (mark.to > mark.from && /[\s,.!?…;:—]/.test(text[mark.to - 1]!)) mark.to--
    mark.from -= cut
    mark.to -= cut
  }
  return { text: trimmed.trimEnd(), marks: marks.filter(mark => mark.to > mark.from) }
}
