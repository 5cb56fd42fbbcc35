/** Editions in English: the page of a report's editions, their schedule and delivery, and what an edition says of itself. */
import { formatCount, formatNumber } from '../../../server/api/contract.ts'

const count = (n: number, one: string, many: string) => formatCount(n, 'en', { one, many })

export const editions = {
  number: (n: number) => `Edition ${formatNumber(n, 'en')}`,
  first: 'The first edition with these filters: there is nothing to compare it with yet.',
  since: (n: number, day: string) => `What changed since edition ${formatNumber(n, 'en')} of ${day}`,
  figures: { cac: 'CAC', conversion: 'Conversion to purchase', check: 'Average check' },
  n: {
    cac: (n: number) => count(n, 'new client', 'new clients'),
    conversion: (n: number) => `of ${count(n, 'lead', 'leads')}`,
    check: (n: number) => count(n, 'purchase', 'purchases'),
  },
  unknown: 'not known',
  was: (value: string, n: string) => `was ${value}, ${n}`,
  wasBefore: 'was',
  of: 'of',
  few: 'little data',
  same: 'unchanged',
  sure: 'a change beyond chance',
  chance: 'may be chance',
  appeared: 'New questions',
  faded: 'Fading questions',
  rose: 'Said more often',
  quiet: 'No noticeable difference in what clients ask and say.',
  method: (before: number, now: number) =>
    `Counted by distinct clients who got in touch in the period: ${formatNumber(before, 'en')} before, ${formatNumber(now, 'en')} now. A question is new when nobody asked it in the edition before. Fading and rising ones differ beyond chance.`,
}

/** What a catalogue of editions must have. */
export type EditionText = typeof editions
