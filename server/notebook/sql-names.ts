/** A notebook's SQL -> a statement: inputs as bound parameters, optional clauses, earlier cells as common tables. */
import { NotebookError } from '../errors.ts'
import { nameOf, type SqlToken, tokenizeSql } from '../lib/sql-tokens.ts'
import type { Dialect } from '../store/database.ts'
import { join, raw, type Sql, sql, type Value } from '../store/sql.ts'
import type { CellUses, InputValue, NameUse } from './cell.ts'
import type { Table } from './output.ts'

const OPTIONAL = /\[\[([\s\S]*?)\]\]/g

/** `[[ … ]]` outside of texts and comments, each with what `replace` makes of it: as long as it was. */
function replaceOptional(body: string, replace: (inner: string) => string): string {
  const closed = tokenizeSql(body.replace(OPTIONAL, '  $1  ')).filter(
    token => token.type === 'string' || token.type === 'comment',
  )
  return body.replace(OPTIONAL, (whole, inner: string, at: number) =>
    closed.some(token => token.from < at && at < token.from + token.text.length) ? whole : replace(inner),
  )
}

const significant = (body: string): SqlToken[] =>
  tokenizeSql(body).filter(token => token.type !== 'space' && token.type !== 'comment')

/** Words after which a list of tables has ended. */
const ENDS_FROM =
  /^(?:where|group|order|having|limit|offset|fetch|window|union|intersect|except|select|returning)$/

/**
 * Inputs that a text mentions, names that stand where a table may stand and are not its own common tables (these may
 * be earlier cells), and all words (any of these may be a facts table).
 */
export function usesOfSql(body: string): CellUses & { words: ReadonlySet<string> } {
  const inputs: NameUse[] = []
  const names: NameUse[] = []
  const words = new Set<string>()
  const tokens = significant(replaceOptional(body, inner => `  ${inner}  `))
  const own = ownTables(tokens)
  // For each open bracket: whether a list of tables is being read, and whether the next name is one.
  const levels = [{ from: false, next: false }]
  for (const token of tokens) {
    const level = levels.at(-1)!
    if (token.type === 'input') {
      const name = token.text.slice(1).split('.')[0]!
      inputs.push({ name, offset: token.from })
      level.next = false
    } else if (token.type === 'word' || token.type === 'quoted') {
      const name = nameOf(token)
      words.add(name)
      if (token.type === 'word' && (name === 'from' || name === 'join')) level.from = level.next = true
      else if (token.type === 'word' && ENDS_FROM.test(name)) level.from = level.next = false
      else if (level.next && !(token.type === 'word' && name === 'lateral')) {
        if (!own.has(name)) names.push({ name, offset: token.from })
        level.next = false
      }
    } else if (token.text === '(') levels.push({ from: level.next, next: level.next })
    else if (token.text === ')' && levels.length > 1) {
      levels.pop()
      levels.at(-1)!.next = false
    } else if (token.text === ',') level.next = level.from
    else level.next = false
  }
  return { inputs, names, words }
}

/** Names that a statement gives to tables of its own: `name as (`, `name (a, b) as materialized (`. */
function ownTables(tokens: readonly SqlToken[]): ReadonlySet<string> {
  const own = new Set<string>()
  for (const [i, token] of tokens.entries()) {
    if (token.type !== 'word' || nameOf(token) !== 'as') continue
    let after = i + 1
    while (/^(?:not|materialized)$/i.test(tokens[after]?.text ?? '')) after++
    if (tokens[after]?.text !== '(') continue
    let before = i - 1
    if (tokens[before]?.text === ')') {
      let depth = 0
      do {
        depth += tokens[before]?.text === ')' ? 1 : tokens[before]?.text === '(' ? -1 : 0
        before--
      } while (depth > 0 && before >= 0)
    }
    const named = tokens[before]
    if (named?.type === 'word' || named?.type === 'quoted') own.add(nameOf(named))
  }
  return own
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

interface Piece {
  at: number
  length: number
  part: Sql | Value
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
  const text = replaceOptional(body, inner => {
    const used = tokenizeSql(inner).filter(token => token.type === 'input')
    const drop = used.some(token => isEmpty(inputs.get(token.text.slice(1).split('.')[0]!)))
    return drop ? `    ${inner.replace(/[^\n]/g, ' ')}` : `  ${inner}  `
  })
  const tokens = significant(text)
  const pieces: Piece[] = tokens
    .filter(token => token.type === 'input')
    .map(token => ({
      at: token.from,
      length: token.text.length,
      part: toPart(inputOf(token.text, inputs, token.from)),
    }))
  const [first] = tokens
  if (first && tables.size > 0) pieces.unshift(commonTables(tokens, tables, dialect))
  return assemble(text, pieces)
}

/** What makes earlier cells known to a statement: before its first word, or merged with a `with` of its own. */
function commonTables(
  tokens: readonly SqlToken[],
  tables: ReadonlyMap<string, Table>,
  dialect: Dialect,
): Piece {
  const common = join(
    [...tables].map(([name, table]) => sql`${raw(quote(name))} as (${asTable(table, dialect)})`),
  )
  const [first, second] = tokens
  if (first!.type !== 'word' || nameOf(first!) !== 'with')
    return { at: first!.from, length: 0, part: sql`with ${common} ` }
  const recursive = second?.type === 'word' && nameOf(second) === 'recursive'
  const last = recursive ? second : first!
  return {
    at: first!.from,
    length: last.from + last.text.length - first!.from,
    part: sql`with ${raw(recursive ? 'recursive ' : '')}${common}, `,
  }
}

function assemble(text: string, pieces: readonly Piece[]): Lowered {
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

function toPart(value: InputValue): Sql | Value {
  if (Array.isArray(value)) return value.length === 0 ? sql`null` : join(value)
  return typeof value === 'boolean' ? Number(value) : (value as Value)
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

/** A table's rows as a select from one JSON parameter. Numbers are real in both databases: one divides alike. */
function asTable(table: Table, dialect: Dialect): Sql {
  const json = JSON.stringify(table.rows)
  const isText = (i: number) => ['text', 'day', 'moment', 'month'].includes(table.columns[i]!.format)
  if (dialect === 'sqlite') {
    const columns = table.columns.map((column, i) => {
      const value = `json_extract(value, '$[${i}]')`
      return `${isText(i) ? value : `cast(${value} as real)`} as ${quote(column.name)}`
    })
    return sql`select ${raw(columns.join(', '))} from json_each(${json})`
  }
  const columns = table.columns.map(
    (column, i) => `(value ->> ${i})::${isText(i) ? 'text' : 'double precision'} as ${quote(column.name)}`,
  )
  return sql`select ${raw(columns.join(', '))} from json_array_elements(${json}::json)`
}
