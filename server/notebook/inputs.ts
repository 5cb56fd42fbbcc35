/** Inputs: what the file says, what the reader chose -> values that cells see. */
import { InputError } from '../errors.ts'
import { addDays, addMonths, dayToMs } from '../lib/dates.ts'
import type { InputValue } from './cell.ts'
import type { InputSpec } from './model.ts'

const FIRST_DAY = '0001-01-01'
const RELATIVE = /^last (\d{1,4}) (day|week|month|year)s?$/

/** `last 90 days`, `this month`, `this year`, `all`, `2026-01-01..2026-03-31` -> days, both included; `today` is the last known day. */
export function parsePeriod(text: string, today: string): { from: string; to: string } | undefined {
  const relative = RELATIVE.exec(text.trim())
  if (relative) {
    const n = Number(relative[1])
    if (n === 0) return undefined
    if (relative[2] === 'day') return { from: addDays(today, 1 - n), to: today }
    if (relative[2] === 'week') return { from: addDays(today, 1 - n * 7), to: today }
    const months = n * (relative[2] === 'year' ? 12 : 1)
    // Nothing is older than the calendar's first year.
    if (months >= (Number(today.slice(0, 4)) - 1) * 12) return { from: FIRST_DAY, to: today }
    return { from: addDays(addMonths(today, -months), 1), to: today }
  }
  if (text === 'this month') return { from: `${today.slice(0, 7)}-01`, to: today }
  if (text === 'this year') return { from: `${today.slice(0, 4)}-01-01`, to: today }
  if (text === 'all') return { from: FIRST_DAY, to: '9999-12-31' }
  const [from, to, more] = text.split('..')
  if (from === undefined || to === undefined || more !== undefined) return undefined
  if (dayToMs(from) === undefined || dayToMs(to) === undefined || from > to) return undefined
  return { from, to }
}

/** `a,b` -> its parts; a choice that holds commas itself is taken whole. */
function splitList(text: string, choices: readonly { value: string }[] | null): string[] {
  const known = new Set(choices?.map(choice => choice.value))
  const parts = text.split(',')
  const list: string[] = []
  for (let from = 0; from < parts.length; ) {
    let to = parts.length
    while (to > from + 1 && !known.has(parts.slice(from, to).join(','))) to--
    list.push(parts.slice(from, to).join(','))
    from = to
  }
  return list.filter(part => part !== '')
}

/**
 * An input's value from a text (address bar, command line) or, when undefined, its default. `choices` are a select's
 * values where they are known. Throws InputError that names the input.
 */
export function resolveInput(
  spec: InputSpec,
  given: string | undefined,
  today: string,
  choices: readonly { value: string }[] | null,
): InputValue {
  const refuse = (what: string, hint?: string) =>
    new InputError(`Input “${spec.name}”: ${what}`, {
      ...(hint !== undefined && { hint }),
      details: { input: spec.name },
    })
  const source = given ?? spec.default
  switch (spec.type) {
    case 'period': {
      const period = parsePeriod(typeof source === 'string' ? source : 'last 90 days', today)
      if (period) return period
      throw refuse(`“${String(source)}” is not a period`, 'Write last 90 days, or 2026-01-01..2026-03-31.')
    }
    case 'select': {
      const list =
        given !== undefined
          ? splitList(given, choices)
          : source === null || source === undefined
            ? []
            : [source].flat().map(String)
      const odd =
        choices === null ? undefined : list.find(value => !choices.some(choice => choice.value === value))
      if (odd !== undefined && given !== undefined)
        throw refuse(
          `there is no “${odd}” to choose`,
          `One of: ${(choices ?? [])
            .slice(0, 20)
            .map(choice => choice.value)
            .join(', ')}`,
        )
      if (spec.multiple) return list
      return list[0] ?? null
    }
    case 'number': {
      if (source === null || source === undefined || source === '') return null
      const number = Number(String(source).replace(',', '.'))
      if (!Number.isFinite(number)) throw refuse(`“${String(source)}” is not a number`)
      return number
    }
    case 'flag':
      return source === true || /^(?:true|1|yes|да)$/i.test(String(source ?? ''))
    case 'text':
      return source === null || source === undefined ? null : String(source).slice(0, 1000)
  }
}
