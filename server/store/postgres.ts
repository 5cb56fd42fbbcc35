/** PostgreSQL behind the store's interface: the only file that imports its driver. */
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { Duplex } from 'node:stream'
import pg from 'pg'
import { LimitError, UnavailableError, VerbatimError } from '../errors.ts'
import { copyTables } from './copy-tables.ts'
import type { Connection, Database, Reader, ReadOptions, ReadResult } from './database.ts'
import { guardQuery } from './guard.ts'
import { migrate } from './migrate.ts'
import { bounded, bracketed, DEFAULT_MS, DEFAULT_ROWS, queryError } from './reading.ts'
import { createQueue, onConflict, qualified, tableWritten, toLists } from './rows.ts'
import { readableTables, type TableName, tables } from './schema.ts'
import { join, raw, type Sql, sql, toText, type Value } from './sql.ts'

/** Numbers come as numbers, days as text, flags as 0 and 1: the same as SQLite gives. */
const PARSERS: Record<number, (text: string) => Value> = {
  16: text => (text === 't' ? 1 : 0),
  20: Number,
  1082: text => text,
  1114: text => text,
  1184: text => text,
  1700: Number,
}
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    PARSERS[oid] ??
    (pg.types.getTypeParser as (oid: number, format?: 'text' | 'binary') => never)(oid, format),
}

/** Rows a call: large enough that the round trip does not count, small enough for memory. */
const CHUNK = 20_000
const SQL_TYPES = { text: 'text', integer: 'bigint', real: 'double precision' } as const

type Client = pg.Pool | pg.PoolClient
const query = (client: Client, statement: Sql) =>
  client.query(
    toText(statement, i => `$${i + 1}`),
    [...statement.values],
  )

function connect(client: Client, written: Set<TableName>): Connection {
  return {
    dialect: 'postgres',
    query: async statement => (await query(client, statement)).rows,
    run: async statement => {
      const table = tableWritten(statement)
      const changed = (await query(client, statement)).rowCount ?? 0
      if (table && changed > 0) written.add(table)
      return changed
    },
    upsert: async (table, columns, rows) => {
      const definitions = tables[table].columns as Record<string, { type: keyof typeof SQL_TYPES }>
      const lists = toLists(table, columns, rows)
      const arrays = columns.map((name, i) => `$${i + 1}::${SQL_TYPES[definitions[name]!.type]}[]`).join(', ')
      // A row version that no transaction has ended is new; one that was updated carries this transaction's mark.
      const text = `with written as (insert into ${qualified(table)} as ${table} (${columns.join(', ')})
        select * from unnest(${arrays}) ${onConflict(table, columns, 'is distinct from')} returning (xmax = 0) as fresh)
        select count(*) filter (where fresh) as inserted, count(*) filter (where not fresh) as updated from written`
      const total = { inserted: 0, updated: 0 }
      for (let i = 0; i < lists.length; i += CHUNK) {
        const part = lists.slice(i, i + CHUNK)
        const { rows: counts } = await client.query({
          text,
          values: columns.map((_, at) => part.map(list => list[at])),
          types,
        })
        total.inserted += counts[0].inserted
        total.updated += counts[0].updated
      }
      if (total.inserted + total.updated > 0 && tables[table].area === 'facts') written.add(table)
      return total
    },
  }
}

/** Opens a database by its URL: schemas `facts` and `app`, and a role that reads facts alone. Throws UnavailableError. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    options: '-c search_path=facts',
    max: 8,
    types,
  } as pg.PoolConfig)
  // An idle connection that the server drops is replaced at the next use.
  pool.on('error', () => {})
  const queue = createQueue()
  const transaction: Database['transaction'] = work =>
    queue(async () => {
      const client = await pool.connect()
      const written = new Set<TableName>()
      try {
        await client.query('begin')
        const result = await work(connect(client, written))
        for (const name of [...written].sort()) {
          await query(
            client,
            sql`insert into table_versions (name, version) values (${name}, 1)
              on conflict (name) do update set version = table_versions.version + 1`,
          )
        }
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch(() => {})
        throw error
      } finally {
        client.release()
      }
    })
  const readerUrl = await prepare(pool, transaction, url).catch(async error => {
    await pool.end()
    if (error instanceof VerbatimError) throw error
    throw new UnavailableError(
      `PostgreSQL can't be used: ${(error as Error).message || (error as { code?: string }).code}`,
      {
        hint: 'Check VERBATIM_DATABASE, that the server runs, and that the login may create schemas and roles.',
        cause: error,
      },
    )
  })
  const reader = createReader(readerUrl)
  const direct = connect(pool, new Set())
  return {
    dialect: 'postgres',
    reader,
    query: direct.query,
    run: statement => transaction(connection => connection.run(statement)),
    upsert: (table, columns, rows) => transaction(connection => connection.upsert(table, columns, rows)),
    transaction,
    versions: async () => {
      const { rows } = await pool.query('select name, version from table_versions')
      return new Map(rows.map(row => [row.name as TableName, row.version as number]))
    },
    shred: async () => {
      // Not in a transaction, and of our own tables alone: the database may hold others'.
      for (const table of Object.keys(tables) as TableName[])
        await pool.query(`vacuum ${tables[table].area === 'app' ? 'app' : 'facts'}.${table}`)
    },
    backUp: async (folder, watch) => {
      const work = `${folder}/work`
      const [{ openSqlite }, client] = [await import('./sqlite.ts'), await pool.connect()]
      try {
        await client.query('begin isolation level repeatable read read only')
        const copy = await openSqlite(work)
        try {
          await copy.transaction(to => copyTables(connect(client, new Set()), to, watch))
          // What it holds stands partly in its logs: copied from there it is whole.
          await copy.backUp(folder)
        } finally {
          await copy.close()
        }
      } finally {
        await client.query('rollback').catch(() => {})
        client.release()
        await rm(work, { recursive: true, force: true })
      }
    },
    close: async () => {
      await queue(async () => {})
      await Promise.all([reader.close(), pool.end()])
    },
  }
}

/** Schemas, tables and the reader's role; returns the URL by which the reader logs in. */
async function prepare(pool: pg.Pool, transaction: Database['transaction'], url: string): Promise<string> {
  await transaction(async connection => {
    // Two processes may start at once: the second waits here, then finds everything done.
    await connection.query(raw('select pg_advisory_xact_lock(7317264)'))
    await connection.run(raw('create schema if not exists facts'))
    await connection.run(raw('create schema if not exists app'))
    await migrate(connection)
  })
  const { rows } = await pool.query('select oid from pg_database where datname = current_database()')
  // Roles belong to the whole server, hence one a database.
  const role = `verbatim_reader_${rows[0].oid}`
  const password = await transaction(async connection => {
    await connection.query(raw('select pg_advisory_xact_lock(7317264)'))
    const [known] = await connection.query<{ value: string }>(
      sql`select value from app.settings where name = 'reader_password'`,
    )
    const exists = await connection.query(sql`select 1 as found from pg_roles where rolname = ${role}`)
    const secret = known?.value ?? randomBytes(24).toString('hex')
    const verb = exists.length > 0 ? 'alter' : 'create'
    if (!known || exists.length === 0) {
      await connection.run(
        raw(`${verb} role ${role} login nosuperuser nocreatedb nocreaterole password '${secret}'`),
      )
    }
    if (!known)
      await connection.run(sql`insert into app.settings (name, value) values ('reader_password', ${secret})`)
    await connection.run(raw(`revoke all on schema public from ${role}`))
    await connection.run(raw(`grant usage on schema facts to ${role}`))
    const readable = join(readableTables.map(name => raw(name)))
    await connection.run(sql`grant select on ${readable} to ${raw(role)}`)
    return secret
  })
  const login = new URL(url)
  login.username = role
  login.password = password
  return login.href
}

function createReader(url: string): Reader & { close(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: url,
    options: '-c search_path=facts -c default_transaction_read_only=on -c lock_timeout=5000',
    max: 4,
    types,
  } as pg.PoolConfig)
  pool.on('error', () => {})
  return {
    dialect: 'postgres',
    read: async (statement, options = {}) => {
      guardQuery(toText(statement, i => `$${i + 1}`))
      const client = await pool.connect()
      const pid = (client as unknown as { processID: number }).processID
      const cancels: Promise<unknown>[] = []
      let broken = false
      const stop = () => {
        cancels.push(pool.query('select pg_cancel_backend($1)', [pid]).catch(() => {}))
      }
      try {
        return await bounded(options, stop, () =>
          withinBytes(client, () => readRows(client, statement, options)),
        )
      } catch (error) {
        broken = error instanceof LimitError
        throw error instanceof VerbatimError
          ? error
          : translate(error as pg.DatabaseError, statement, options)
      } finally {
        // A cancel that is still on its way would stop whoever uses the connection next.
        await Promise.all(cancels)
        client.release(broken)
      }
    },
    close: () => pool.end(),
  }
}

/** Bytes of one answer: beyond that the connection is given up, since a single value may be as large as a gigabyte. */
const MAX_BYTES = 64 * 1024 * 1024

/** Ends the connection when more comes over it than fits. Throws LimitError. */
async function withinBytes<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection
  let left = MAX_BYTES
  const count = (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) stream.destroy(new Error('The answer is too large'))
  }
  stream.on('data', count)
  try {
    return await work()
  } catch (error) {
    if (left >= 0) throw error
    const hint = 'Select fewer columns or rows, or aggregate.'
    throw new LimitError('The result is too large to hold', { hint, cause: error })
  } finally {
    stream.off('data', count)
  }
}

const BEFORE = 'select * from ('

async function readRows(client: pg.PoolClient, statement: Sql, options: ReadOptions): Promise<ReadResult> {
  const maxRows = options.maxRows ?? DEFAULT_ROWS
  const bounds = sql`${raw(BEFORE)}${bracketed(statement)}\n) as q limit ${maxRows + 1}`
  // The server's own clock stops the query even when this process is gone.
  await client.query(`set statement_timeout = ${Math.ceil((options.timeoutMs ?? DEFAULT_MS) * 1.1)}`)
  const { fields, rows } = await client.query({
    text: toText(bounds, i => `$${i + 1}`),
    values: [...bounds.values],
    rowMode: 'array',
    types,
  })
  return {
    columns: fields.map(field => field.name),
    rows: rows.slice(0, maxRows),
    truncated: rows.length > maxRows,
  }
}

function translate(error: pg.DatabaseError, statement: Sql, options: ReadOptions): Error {
  if (error.code === '57014') {
    const seconds = Math.round((options.timeoutMs ?? DEFAULT_MS) / 1000)
    return new LimitError(`The query was stopped after ${seconds} s`, {
      hint: 'Narrow the period.',
      cause: error,
    })
  }
  if (error.code === '42501') {
    return queryError('A notebook reads facts only: this table or function is not for it', undefined, error)
  }
  const offset = error.position === undefined ? -1 : offsetOf(Number(error.position), statement)
  return queryError(error.message, offset >= 0 ? offset : undefined, error)
}

/** PostgreSQL's place (in characters from 1, past `$1`) as UTF-16 units into the text joined with `?`. */
function offsetOf(position: number, statement: Sql): number {
  const text = BEFORE + toText(statement, i => `$${i + 1}`)
  const before = [...text]
    .slice(0, position - 1)
    .join('')
    .slice(BEFORE.length)
  let longer = 0
  let at = 0
  for (const [i, part] of statement.strings.slice(0, -1).entries()) {
    at += part.length
    if (at >= before.length) break
    const length = `$${i + 1}`.length
    longer += length - 1
    at += length
  }
  return before.length - longer
}
