/** Whether a line passes a platform's rules: its length by the platform's own count, and what moderators refuse. Pure. */
import type { AdCount, AdRule } from './ad-platforms.ts'

/** What of a field a check needs. */
export interface FieldLimits {
  role: 'headline' | 'text'
  max: number
  count: AdCount
  freeMarks?: number
  longestWord?: number
}

/** East Asian wide and full-width characters: Unicode Standard Annex 11, the ranges that ads meet. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\ud83c-\ud83e][\udc00-\udfff]|[\ud840-\ud8bf][\udc00-\udfff]/g
const NARROW = /[!,.;:"]/g

const counters: Record<AdCount, (text: string) => number> = {
  characters: text => [...text].length,
  utf16: text => text.length,
  wide: text => [...text].length + (text.match(WIDE)?.length ?? 0),
}

/** What of a field's limit a line takes: in the platform's own characters. */
export function countAd(
  text: string,
  { count, freeMarks = 0 }: Pick<FieldLimits, 'count' | 'freeMarks'>,
): number {
  const marks = text.match(NARROW)?.length ?? 0
  return counters[count](text) - Math.min(marks, freeMarks)
}

const longest = (text: string) => Math.max(0, ...text.split(/\s+/).map(word => [...word].length))
/** Abbreviations are short; a longer word in capitals shouts. */
const SHOUT = /(?<!\p{L})\p{Lu}{5,}(?!\p{L})/u
const SPACED = /(?<!\p{L})\p{L}(?: \p{L}){3,}(?!\p{L})/u
const CONTACT =
  /@|https?:|www\.|\+?\d[\d\s()-]{8,}\d|(?<!\p{L})(?:t\.me|wa\.me|whats\s?app|viber|telegram|телеграм\p{L}*|ватсап\p{L}*|вайбер\p{L}*)(?!\p{L})/iu
const SUPERLATIVE =
  /(?<!\p{L})(?:сам(?:ый|ая|ое|ые|ого|ой|ых|ым|ую)|наи(?:лучш|высш|низш|больш|меньш)\p{L}*|лучш(?:ий|ая|ее|ие|его|ей|их|им|ую)|перв(?:ый|ая|ое|ые) в|единственн\p{L}*|дешевле всех|best|cheapest|lowest|number one|no\.? ?1|top-rated|leading)(?!\p{L})|№ ?1(?!\d)|#1(?!\d)/iu
const GUARANTEE =
  /(?<!\p{L})(?:гарантир\p{L}*|100 ?%|guarantee[ds]?|навсегда|всегда|никогда|always|never)(?!\p{L})|100 ?%/iu

const tests: Record<AdRule, (text: string, field: FieldLimits) => boolean> = {
  length: (text, field) => text.trim() !== '' && countAd(text, field) <= field.max,
  word: (text, { longestWord = Number.POSITIVE_INFINITY }) => longest(text) <= longestWord,
  exclamations: text => (text.match(/!/g)?.length ?? 0) <= 1,
  'no-exclamation': (text, { role }) => role === 'text' || !text.includes('!'),
  'repeated-marks': text => !/([!?.,:;—-])\1/.test(text.replaceAll('…', '.')),
  capitals: text => !SHOUT.test(text),
  'spaced-letters': text => !SPACED.test(text),
  contact: text => !CONTACT.test(text),
  emoji: text => !/\p{Extended_Pictographic}/u.test(text),
  'line-break': text => !/[\r\n\u2028\u2029]/.test(text),
  superlative: text => !SUPERLATIVE.test(text),
  guarantee: text => !GUARANTEE.test(text),
  'foreign-currency': text => !/[$€£¥]|(?<!\p{L})(?:usd|eur|доллар\p{L}*|евро)(?!\p{L})/iu.test(text),
}

/** Rules that the line breaks of those given; empty when it may run. A rule that is not known is none. */
export function brokenRules(
  text: string,
  field: FieldLimits,
  { rules }: { rules: readonly string[] },
): AdRule[] {
  return rules.filter((rule): rule is AdRule => rule in tests && !tests[rule as AdRule](text, field))
}
