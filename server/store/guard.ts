import { QueryError } from '../errors.ts'
import { nameOf, type SqlToken, tokenizeSql } from '../lib/sql-tokens.ts'
import { tables } from './schema.ts'

/** Catalogues and doors of both databases that say or do more than facts. */
const FORBIDDEN =
  /^(?:sqlite_.*|pragma_.*|pg_.*|_pg_.*|information_schema|app|dbstat|sqlite_dbpage|bytecode|tables_used|load_extension|readfile|writefile|edit|fts3_tokenizer|set_config|current_setting|query_to_xml.*|table_to_xml.*|schema_to_xml.*|database_to_xml.*|cursor_to_xml.*|dblink.*|lo_.*|citus_.*|run_command_on_.*|master_.*|version|inet_.*|has_.*_privilege|obj_description|to_regclass|nextval|setval|txid_.*|ts_stat|ts_rewrite)$/

/** First words of a statement that reads. */
const READS = new Set(['select', 'with', 'values'])
/** Words that write or act wherever they stand outside of a name; `replace` is also a function of text. */
const ACTS =
  /^(?:insert|update|delete|merge|drop|alter|create|attach|detach|vacuum|pragma|reindex|truncate|grant|revoke|copy|call|execute|listen|notify|lock)$/

/** Brackets within brackets; SQLite's own limit for expressions is the same. */
const DEEPEST = 200

const hidden = new Set(
  Object.entries(tables).flatMap(([name, table]) => (table.area === 'app' ? [name] : [])),
)

/**
 * Refuses what a notebook may not ask: more than one statement, anything but reading, catalogues, the application's
 * state, contact data. The read-only handle would refuse too; this says why, and where. Throws QueryError with `offset`.
 */
export function guardQuery(text: string): void {
  const tokens = tokenizeSql(text).filter(token => token.type !== 'space' && token.type !== 'comment')
  while (tokens.at(-1)?.text === ';') tokens.pop()
  const first = tokens.find(token => token.text !== '(')
  if (!first) throw refuse('The query is empty', undefined, 'Write a select.')
  if (first.type !== 'word' || !READS.has(nameOf(first))) {
    throw refuse(
      `A notebook only reads: “${first.text.slice(0, 40)}” can't start a query`,
      first,
      'Begin with select or with.',
    )
  }
  checkDepth(tokens)
  for (const [i, token] of tokens.entries()) check(token, tokens[i - 1], tokens[i + 1])
}

/** A database's stack is not ours to fill: people nest a dozen brackets, not hundreds. */
function checkDepth(tokens: readonly SqlToken[]): void {
  let depth = 0
  for (const token of tokens) {
    if (token.text === '(' && ++depth > DEEPEST)
      throw refuse('The query is nested too deeply', token, 'Give its parts names in a “with”.')
    if (token.text === ')') depth--
  }
}

function check(token: SqlToken, before: SqlToken | undefined, after: SqlToken | undefined): void {
  if (token.text === ';')
    throw refuse('One statement a cell, please', token, 'Move the second one to a cell of its own.')
  if (token.text === '\0') throw refuse('The query holds a zero character', token, 'Remove it.')
  if (token.type !== 'word' && token.type !== 'quoted') return
  // A column of some table may be called anything: `deals.version`; but a schema's member is checked by its schema.
  const name = nameOf(token).toLowerCase()
  if (before?.text === '.') {
    if (hidden.has(name) || /^(?:sqlite_|pragma_|pg_)/.test(name)) {
      throw refuse(`A notebook can't read “${name}”`, token, readable)
    }
    return
  }
  if (token.type === 'word' && ACTS.test(name) && before?.text !== 'as' && after?.text !== '.') {
    throw refuse(`A notebook only reads: “${token.text}” is not allowed`, token, 'Use select.')
  }
  if (FORBIDDEN.test(name) && !(name === 'version' && after?.text !== '(')) {
    throw refuse(`A notebook can't use “${token.text}”`, token, readable)
  }
  if (hidden.has(name) && name !== 'settings')
    throw refuse(`A notebook can't read “${name}”`, token, readable)
}

const readable =
  'Facts and mined tables are readable: deals, clients, conversations, mentions, themes, spend …'

function refuse(message: string, token: SqlToken | undefined, hint: string): QueryError {
  return new QueryError(message, { hint, details: { offset: token?.from ?? 0 } })
}
