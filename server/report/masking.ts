/** What masks a report on its way out, and what tells raw personal data in a finished one. */
import type { Mask } from './mask-output.ts'

export interface Found {
  /** UTF-16 units, `to` exclusive. */
  from: number
  to: number
  kind: string
}

/** Finds personal data in a text; spans rise and don't overlap. */
export type FindPersonal = (text: string) => Found[]

const PATTERNS: readonly [kind: string, pattern: RegExp][] = [
  ['email', /[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{2,63})+/giu],
  ['card', /(?<![\d.,])\d(?:[ -]?\d){12,18}(?![\d.,]?\d)/g],
  [
    'phone',
    /(?<![\d.,])(?:\+|[78](?=(?:[ ()-]{0,3}\d){10}(?![ ()-]?\d)))[ (-]*\d(?:[ ()-]{0,3}\d){8,13}(?![\d.,]?\d)/g,
  ],
]

/** E-mails, phones in digits and card numbers (by Luhn's sum). */
export const findPersonal: FindPersonal = text => {
  const found: Found[] = []
  for (const [kind, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const span = { from: match.index, to: match.index + match[0].length, kind }
      if (kind === 'card' && !isCard(match[0])) continue
      if (!found.some(({ from, to }) => span.from < to && from < span.to)) found.push(span)
    }
  }
  return found.sort((a, b) => a.from - b.from)
}

/** ISO/IEC 7812-1, annex B. */
function isCard(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].reverse().map(Number)
  const sum = digits.reduce((total, digit, i) => {
    const doubled = i % 2 === 1 ? digit * 2 : digit
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

/** A mask that says of each kind how often it hid something. */
export interface CountingMask {
  mask: Mask
  hidden: Map<string, number>
}

const PLACEHOLDERS: Record<string, string> = { email: '[почта]', phone: '[телефон]', card: '[карта]' }

export function createMask(): CountingMask {
  const hidden = new Map<string, number>()
  return {
    hidden,
    mask: text => {
      let masked = ''
      let at = 0
      for (const { from, to, kind } of findPersonal(text)) {
        hidden.set(kind, (hidden.get(kind) ?? 0) + 1)
        masked += text.slice(at, from) + (PLACEHOLDERS[kind] ?? '[…]')
        at = to
      }
      return masked + text.slice(at)
    },
  }
}
