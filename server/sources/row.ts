/** A row seen through its table's plan: fields by name, parsed, with complaints that name the column. */
import { inEnglish, type Message, message } from './messages.ts'
import { type SlashOrder, toMoment, toSeconds } from './moments.ts'
import { currencyOf, type Decimal, toCount, toNumber } from './numbers.ts'
import type { CellValue, TranscriptTurn } from './source.ts'
import type { Role } from './speakers.ts'
import * as values from './values.ts'

export interface ColumnMapping {
  column: string
  /** The field it is read as; null: kept as an attribute of the client. */
  field: string | null
  /** Place of its name among the field's names: of several columns of one field the lowest is asked first. */
  rank: number
}

/** Why a row can't be taken. */
export class RowError extends Error {
  readonly why: Message

  constructor(why: Message) {
    super(inEnglish(why))
    this.why = why
  }
}

/** Prefixes of ids: the file's own, of its deals, of its clients. Two files of one company may name one deal. */
export interface Systems {
  own: string
  deal: string
  client: string
}

export interface Surroundings {
  systems: Systems
  decimal: Decimal
  slashes: SlashOrder
  timeZone: string
  currency: string
  /** The person's own roles, by a speaker's name in lower case. */
  speakers: ReadonlyMap<string, Role>
  /** Money of the file is in millionths. */
  micros: boolean
}

interface Place {
  column: string
  at: number
}

/** Where each field's cells stand in a row; made once a table. */
export interface Plan {
  /** Of several columns of one field the first that says something stands. */
  fields: ReadonlyMap<string, readonly Place[]>
  /** Columns that no field knows. */
  unknown: readonly Place[]
  /** Fields of several columns of which one is taken: what the others say is kept as well. */
  contested: readonly string[]
}

/** Fields whose columns are all read, or that are contact data or ids and no attributes of anybody. */
const UNCONTESTED = /^(?:comment|tags|phone|email|contact_name|turn|.*_id)$/

export function createPlan(columns: readonly ColumnMapping[]): Plan {
  const fields = new Map<string, (Place & { rank: number })[]>()
  const unknown: Place[] = []
  columns.forEach(({ column, field, rank }, at) => {
    if (field !== null) fields.set(field, [...(fields.get(field) ?? []), { column, at, rank }])
    else if (column !== '') unknown.push({ column, at })
  })
  for (const places of fields.values()) places.sort((a, b) => a.rank - b.rank)
  const contested = [...fields]
    .filter(([field, places]) => places.length > 1 && !UNCONTESTED.test(field))
    .map(([field]) => field)
  return { fields, unknown, contested }
}

const NONE: readonly Place[] = []

/** What a cell should have been; see messages.ts. */
type Expected = 'date' | 'duration' | 'flag' | 'money' | 'whole'

export class Row {
  readonly line: number
  readonly env: Surroundings
  readonly turns: TranscriptTurn[] | undefined
  readonly #plan: Plan
  readonly #cells: readonly CellValue[]

  constructor(
    line: number,
    cells: readonly CellValue[],
    turns: TranscriptTurn[] | undefined,
    plan: Plan,
    env: Surroundings,
  ) {
    this.line = line
    this.turns = turns
    this.env = env
    this.#plan = plan
    this.#cells = cells
  }

  /** Whether the file has a column for the field at all. */
  has(field: string): boolean {
    return this.#plan.fields.has(field)
  }

  #parse<T>(field: string, what: Expected, read: (value: CellValue) => T | null | undefined): T | null {
    for (const { column, at } of this.#plan.fields.get(field) ?? NONE) {
      const value = this.#cells[at] ?? null
      if (value === null) continue
      const result = read(value)
      if (result === undefined)
        throw new RowError(
          message('not_value', {
            value: values.shorten(String(value), 60),
            what,
            column: values.shorten(column, 60),
          }),
        )
      if (result !== null) return result
    }
    return null
  }

  text(field: string): string | null {
    for (const { at } of this.#plan.fields.get(field) ?? NONE) {
      const text = values.toText(this.#cells[at] ?? null)
      if (text !== null) return text
    }
    return null
  }

  /** A whole number, not negative. */
  count(field: string): number | null {
    return this.#parse(field, 'whole', toCount)
  }

  /** A sum of money: exact to the kopeck, or a complaint. */
  money(field: string): number | null {
    const { decimal, micros } = this.env
    const amount = this.#parse(field, 'money', value => toNumber(value, decimal))
    return amount === null || !micros ? amount : amount / 1e6
  }

  /** The currency that a sum's cell or its column's name is written with, null when they say nothing. */
  currency(field: string): string | null {
    for (const { at, column } of this.#plan.fields.get(field) ?? NONE) {
      const value = this.#cells[at] ?? null
      if (!values.isBlank(value)) return currencyOf(value) ?? currencyOf(column)
    }
    return null
  }

  moment(field: string): string | null {
    const { timeZone, slashes } = this.env
    return this.#parse(field, 'date', value => toMoment(value, timeZone, slashes))
  }

  seconds(field: string): number | null {
    return this.#parse(field, 'duration', toSeconds)
  }

  flag(field: string): number | null {
    return this.#parse(field, 'flag', values.toFlag)
  }

  /** Every phone of every phone column. One that is none is the person's own note: no reason to lose the deal. */
  phones(field: string): string[] {
    return this.texts(field).flatMap(text => text.split(/[;,\n]/).flatMap(part => values.toPhone(part) ?? []))
  }

  /** Every e-mail of every e-mail column; what is none is passed over likewise. */
  emails(field: string): string[] {
    return this.texts(field).flatMap(text =>
      text.split(/[;,\s]+/).flatMap(part => values.toEmail(part) ?? []),
    )
  }

  list(field: string): string[] {
    return (this.#plan.fields.get(field) ?? NONE).flatMap(({ at }) => values.toList(this.#cells[at] ?? null))
  }

  /** All cells of a field that several columns are mapped to («Примечание 1», «Примечание 2»). */
  texts(field: string): string[] {
    return (this.#plan.fields.get(field) ?? NONE).flatMap(
      ({ at }) => values.toText(this.#cells[at] ?? null) ?? [],
    )
  }

  /** Text of a field that the row can't do without. */
  need(field: string): string {
    const found = this.text(field)
    if (found !== null) return found
    const column = this.#plan.fields.get(field)?.[0]?.column ?? field
    throw new RowError(message('missing', { column: values.shorten(column, 60) }))
  }

  /** What the row says beyond its fields: columns that no field knows, and those that another column stood before. */
  attributes(): { name: string; value: string }[] {
    const found: { name: string; value: string }[] = []
    for (const { column, at } of this.#plan.unknown) {
      const value = values.toText(this.#cells[at] ?? null)
      if (value !== null) found.push({ name: column, value })
    }
    for (const field of this.#plan.contested) {
      const taken = this.text(field)
      for (const { column, at } of this.#plan.fields.get(field)!) {
        const value = values.toText(this.#cells[at] ?? null)
        if (value !== null && value !== taken) found.push({ name: column, value })
      }
    }
    return found
  }
}
