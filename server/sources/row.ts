/** A row seen through its mapping: fields by name, parsed, with complaints that name the column. */
import type { CellValue, TranscriptTurn } from './source.ts'
import * as values from './values.ts'

/** Why a row can't be taken. */
export class RowError extends Error {}

export interface Surroundings {
  /** Prefix of ids: amocrm, comagic, crm … */
  system: string
  decimal: values.Decimal
  timeZone: string
  currency: string
  /** Money of the file is in millionths. */
  micros: boolean
}

export interface Row {
  line: number
  env: Surroundings
  turns: TranscriptTurn[] | undefined
  /** Whether the file has a column for the field at all. */
  has(field: string): boolean
  text(field: string): string | null
  number(field: string): number | null
  count(field: string): number | null
  /** A sum of money: exact to the kopeck, or a complaint. */
  money(field: string): number | null
  moment(field: string): string | null
  seconds(field: string): number | null
  flag(field: string): number | null
  phone(field: string): string | null
  email(field: string): string | null
  list(field: string): string[]
  /** All cells of a field that several columns are mapped to («Примечание 1», «Примечание 2»). */
  texts(field: string): string[]
  /** Text of a field that the row can't do without. */
  need(field: string): string
  /** Columns that no field knows. */
  unknown: { name: string; value: string | null }[]
}

type Parse<T> = (value: CellValue) => T | null | undefined

/** `cells` by field; a field may come from several columns, the first that says something stands. */
export function createRow(
  line: number,
  cells: ReadonlyMap<string, { column: string; value: CellValue }[]>,
  unknown: Row['unknown'],
  turns: TranscriptTurn[] | undefined,
  env: Surroundings,
): Row {
  const parse = <T>(field: string, what: string, read: Parse<T>): T | null => {
    for (const { column, value } of cells.get(field) ?? []) {
      const result = read(value)
      if (result === undefined)
        throw new RowError(`“${String(value).slice(0, 60)}” is not ${what} (column “${column}”)`)
      if (result !== null) return result
    }
    return null
  }
  const text = (field: string) => parse(field, 'a text', values.toText)
  const number = (field: string) => parse(field, 'a number', value => values.toNumber(value, env.decimal))
  return {
    line,
    env,
    turns,
    unknown,
    has: field => cells.has(field),
    text,
    number,
    count: field => parse(field, 'a whole number', value => values.toCount(value, env.decimal)),
    money: field => {
      const amount = number(field)
      return amount === null || !env.micros ? amount : amount / 1e6
    },
    moment: field => parse(field, 'a date that exists', value => values.toMoment(value, env.timeZone)),
    seconds: field => parse(field, 'a duration', value => values.toSeconds(value, env.decimal)),
    flag: field => parse(field, 'yes or no', values.toFlag),
    // A phone or e-mail that is none is the person's own note: no reason to lose the deal.
    phone: field => parse(field, 'a phone', value => values.toPhone(value) ?? null),
    email: field => parse(field, 'an e-mail', value => values.toEmail(value) ?? null),
    list: field => (cells.get(field) ?? []).flatMap(({ value }) => values.toList(value)),
    texts: field => (cells.get(field) ?? []).flatMap(({ value }) => values.toText(value) ?? []),
    need: field => {
      const found = text(field)
      if (found === null) {
        const column = cells.get(field)?.[0]?.column ?? field
        throw new RowError(`nothing in “${column}”, which a row can't do without`)
      }
      return found
    },
  }
}
