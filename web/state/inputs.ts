/**
 * Values of a notebook's inputs as texts by name, as the server takes them and the address bar keeps them:
 * `last 90 days`, `2026-01-01..2026-03-31`, `a,b` (an empty text for all), `true`. Only what differs from the
 * notebook's own default is kept in the address.
 */
import type { InputSpec } from '../../server/api/contract.ts'

export type InputTexts = Readonly<Record<string, string>>

/** The default as a text; a period without one is the last 90 days, as on the server. */
export function defaultText(spec: InputSpec): string {
  if (spec.default === null || spec.default === undefined) return spec.type === 'period' ? 'last 90 days' : ''
  if (Array.isArray(spec.default)) return spec.default.map(String).join(',')
  return String(spec.default)
}

/** Values from an address's query; names that the notebook does not know are left out. */
export function readInputs(query: URLSearchParams, specs: readonly InputSpec[]): InputTexts {
  return Object.fromEntries(
    specs.flatMap(spec => {
      const text = query.get(spec.name)
      return text === null || text === defaultText(spec) ? [] : [[spec.name, text]]
    }),
  )
}

/** The query that says them, without `?`; empty when all are as the notebook has them. */
export function writeInputs(values: InputTexts, specs: readonly InputSpec[]): string {
  const query = new URLSearchParams()
  for (const spec of specs) {
    const text = values[spec.name]
    if (text !== undefined && text !== defaultText(spec)) query.set(spec.name, text)
  }
  // Commas and dots read better as they are; both may stand in a query.
  return query.toString().replaceAll('%2C', ',')
}

/** The periods offered ready-made, the notebook's own default among them. */
export function periodsOffered(spec: InputSpec): string[] {
  const common = ['last 30 days', 'last 90 days', 'last 6 months', 'last 12 months', 'this year', 'all']
  const own = defaultText(spec)
  return common.includes(own) || parseDays(own) ? common : [own, ...common]
}

/** `last 90 days` -> 90 and `day`; undefined for anything else. */
export function parseRelative(
  text: string,
): { n: number; unit: 'day' | 'week' | 'month' | 'year' } | undefined {
  const match = /^last (\d{1,4}) (day|week|month|year)s?$/.exec(text.trim())
  return match ? { n: Number(match[1]), unit: match[2] as 'day' | 'week' | 'month' | 'year' } : undefined
}

/** `2026-01-01..2026-03-31` -> its days; undefined for anything else. */
export function parseDays(text: string): { from: string; to: string } | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(text)
  return match ? { from: match[1]!, to: match[2]! } : undefined
}

/** The chosen values of a select. */
export function splitChoice(text: string): string[] {
  return text.split(',').filter(part => part !== '')
}
