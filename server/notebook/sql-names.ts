/** A notebook's SQL -> a statement: inputs as bound parameters, optional clauses, earlier cells as common tables. */
import { NotebookError } from '../errors.ts'
import { nameOf, tokenizeSql } from '../lib/sql-tokens.ts'
import type { Dialect } from '../store/database.ts'
import { join, raw, type Sql, sql, type Value } from '../store/sql.ts'
import type { CellUses, InputValue, NameUse } from './cell.ts'
import type { Table } from './output.ts'

const OPTIONAL = /\[\[([\s\S]*?)\]\]/g

/** Inputs and possible table names that a text mentions, with their places. */
export function usesOfSql(body: string): CellUses {
  const inputs: NameUse[] = []
  const names: NameUse[] = []
  for (const token of tokenizeSql(body.replace(OPTIONAL, '  $1  '))) {
    if (token.type === 'input') inputs.push({ name: token.text.slice(1).split('.')[0]!, offset: token.from })
    else if (token.type === 'word' || token.type === 'quoted')
      names.push({ name: nameOf(token), offset: token.from })
  }
  return { inputs, names }
}

/** Whether an input says nothing: its optional clause is dropped. */
function isEmpty(value: InputValue | undefined): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

function inputOf(text: string, inputs: ReadonlyMap<string, InputValue>, offset: number): InputValue {
  const [name, part] = text.slice(1).split('.') as [string, string | undefined]
  const value = inputs.get(name)
  if (value === undefined) {
    throw new NotebookError(`There is no input “${name}”`, {
      hint: 'Add it to the inputs of the front matter.',
      details: { offset },
    })
  }
  const isPeriod = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (isPeriod && part !== 'from' && part !== 'to') {
    throw new NotebookError(`A period has two ends: :${name}.from and :${name}.to`, { details: { offset } })
  }
  if (isPeriod) return value[part as 'from' | 'to']
  if (part !== undefined)
    throw new NotebookError(`The input “${name}” has no part “${part}”`, { details: { offset } })
  return value
}

export interface Lowered {
  statement: Sql
  /** Place in the body of a place in the statement's text joined with `?` for each parameter. */
  toBody(offset: number): number
}

/**
 * The statement of a body. Every `:input` is a bound parameter; a list becomes as many. `[[ … ]]` is dropped when one
 * of its inputs is empty. `tables` are offered under their names. Throws NotebookError with `offset`.
 */
export function lowerSql(
  body: string,
  inputs: ReadonlyMap<string, InputValue>,
  tables: ReadonlyMap<string, Table>,
  dialect: Dialect,
): Lowered {
  // Spaces stand in for what goes, so that places stay what they were.
  const text = body.replace(OPTIONAL, (whole, inner: string) => {
    const used = tokenizeSql(inner).filter(token => token.type === 'input')
    const drop = used.some(token => isEmpty(inputs.get(token.text.slice(1).split('.')[0]!)))
    return drop ? whole.replace(/[^\n]/g, ' ') : `  ${inner}  `
  })
  const common = [...tables].map(([name, table]) => sql`${raw(quote(name))} as (${asTable(table, dialect)})`)
  const pieces: { at: number; length: number; part: Sql | Value }[] = []
  let withDone = common.length === 0
  for (const token of tokenizeSql(text)) {
    if (token.type === 'input') {
      const value = inputOf(token.text, inputs, token.from)
      const part = Array.isArray(value) ? (value.length === 0 ? sql`null` : join(value)) : toValue(value)
      pieces.push({ at: token.from, length: token.text.length, part })
    } else if (!withDone && token.type === 'word') {
      withDone = true
      const own = token.text.toLowerCase() === 'with'
      const recursive = own && /^\s*recursive\b/i.test(text.slice(token.from + 4))
      const length = own
        ? recursive
          ? (/^\s*recursive/i.exec(text.slice(token.from + 4))?.[0].length ?? 0) + 4
          : 4
        : 0
      pieces.push({
        at: token.from,
        length,
        part: sql`with ${raw(recursive ? 'recursive ' : '')}${join(common)}${raw(own ? ', ' : ' ')}`,
      })
    }
  }
  return assemble(text, pieces)
}

function assemble(
  text: string,
  pieces: readonly { at: number; length: number; part: Sql | Value }[],
): Lowered {
  const segments: { from: number; to: number; body: number }[] = []
  let statement: Sql = raw('')
  let at = 0
  let written = 0
  const sizeOf = (part: Sql | Value) =>
    typeof part === 'object' && part !== null ? part.strings.join('?').length : 1
  for (const { at: from, length, part } of [...pieces, { at: text.length, length: 0, part: raw('') }]) {
    const before = text.slice(at, from)
    segments.push({ from: written, to: written + before.length, body: at })
    statement = sql`${statement}${raw(before)}${part}`
    written += before.length + sizeOf(part)
    at = from + length
  }
  return {
    statement,
    toBody: offset => {
      const segment = segments.findLast(candidate => candidate.from <= offset) ?? segments[0]!
      return segment.body + Math.min(offset, segment.to) - segment.from
    },
  }
}

function toValue(value: InputValue): Value {
  return typeof value === 'boolean' ? Number(value) : (value as Value)
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

/** A table's rows as a select from one JSON parameter. */
function asTable(table: Table, dialect: Dialect): Sql {
  const json = JSON.stringify(table.rows)
  const isText = (i: number) => ['text', 'day', 'moment', 'month'].includes(table.columns[i]!.format)
  if (dialect === 'sqlite') {
    const columns = table.columns.map(
      (column, i) => `json_extract(value, '$[${i}]') as ${quote(column.name)}`,
    )
    return sql`select ${raw(columns.join(', '))} from json_each(${json})`
  }
  const columns = table.columns.map(
    (column, i) => `(value ->> ${i})::${isText(i) ? 'text' : 'double precision'} as ${quote(column.name)}`,
  )
  return sql`select ${raw(columns.join(', '))} from json_array_elements(${json}::json)`
}
