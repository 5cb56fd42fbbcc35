/** SQLite behind the store's interface: the only file that imports its driver. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sqlite3 from 'sqlite3'
import { UnavailableError } from '../errors.ts'
import type { Connection, Database } from './database.ts'
import { applyMigration, pendingMigrations } from './migrate.ts'
import { createQueue, onConflict, qualified, tableWritten, toLists } from './rows.ts'
import { type TableName, tables } from './schema.ts'
import { raw, type Sql, sql, toText } from './sql.ts'
import { begin, commit, createLog, type Statements, versions, watchApp } from './sqlite-atomic.ts'
import { copyFiles, type PageCopy, type Source } from './sqlite-backup.ts'
import { explainFault } from './sqlite-faults.ts'
import { createReader, type ReadHandle } from './sqlite-reader.ts'

/** Another process may hold the file for as long as one of its transactions. */
const BUSY_MS = 60_000
/** Rows a json_each call: 770 k rows/s at this size, and the text stays a few MB. */
const CHUNK = 20_000

type Handle = sqlite3.Database

function openHandle(file: string, mode: number): Promise<Handle> {
  return new Promise((resolve, reject) => {
    const handle = new sqlite3.Database(file, mode, error => {
      if (!error) return resolve(handle)
      const hint = 'Check that the folder exists, is writable, and that the disk is not full.'
      reject(
        new UnavailableError(`The database ${file} can't be opened: ${error.message}`, {
          hint,
          cause: error,
        }),
      )
    })
  })
}

function all<R extends object>(handle: Handle, statement: Sql): Promise<R[]> {
  const text = toText(statement, i => `?${i + 1}`)
  return new Promise((resolve, reject) =>
    handle.all(text, [...statement.values], (error, rows) =>
      error ? reject(explainFault(error)) : resolve(rows as R[]),
    ),
  )
}

function change(handle: Handle, statement: Sql): Promise<number> {
  const text = toText(statement, i => `?${i + 1}`)
  return new Promise((resolve, reject) =>
    handle.run(text, [...statement.values], function (error) {
      if (error) reject(explainFault(error))
      else resolve(this.changes)
    }),
  )
}

function closeHandle(handle: Handle): Promise<void> {
  return new Promise((resolve, reject) => handle.close(error => (error ? reject(error) : resolve())))
}

/** Reads facts.db alone, can't attach another file, can't make a value or a text without end. */
async function openReadHandle(file: string): Promise<ReadHandle> {
  const handle = await openHandle(file, sqlite3.OPEN_READONLY)
  handle.configure('busyTimeout', BUSY_MS)
  for (const pragma of [
    'query_only = on',
    'trusted_schema = off',
    // The file is our own: a check of every cell would make each query of a million rows take twice as long.
    'cell_size_check = off',
    // Address space, not memory: whole files of any size that notebooks meet.
    'mmap_size = 8589934592',
    'temp_store = memory',
  ]) {
    await all(handle, raw(`pragma ${pragma}`))
  }
  handle.configure('limit', sqlite3.LIMIT_ATTACHED, 0)
  handle.configure('limit', sqlite3.LIMIT_LENGTH, 64 * 1024 * 1024)
  handle.configure('limit', sqlite3.LIMIT_LIKE_PATTERN_LENGTH, 1000)
  handle.configure('limit', sqlite3.LIMIT_EXPR_DEPTH, 200)
  return {
    all: statement => all(handle, statement),
    interrupt: () => handle.interrupt(),
    close: () => closeHandle(handle),
  }
}

function connect(handle: Handle, written: Set<TableName>): Connection {
  return {
    dialect: 'sqlite',
    query: statement => all(handle, statement),
    run: async statement => {
      const table = tableWritten(statement)
      const changed = await change(handle, statement)
      if (table && changed > 0) written.add(table)
      return changed
    },
    upsert: async (table, columns, rows) => {
      const name = qualified(table)
      const picks = columns.map((_, i) => `json_extract(value, '$[${i}]')`).join(', ')
      // `where true` keeps the parser from reading “on conflict” as a join's condition.
      const text = `insert into ${name} (${columns.join(', ')}) select ${picks} from json_each(`
      const tail = `) where true ${onConflict(table, columns, 'is not')}`
      // New rows take the rowids after the greatest, so the difference counts them without counting the table.
      const top = async () =>
        (await all<{ top: number }>(handle, raw(`select coalesce(max(rowid), 0) as top from ${name}`)))[0]!
          .top
      const before = await top()
      let changed = 0
      const lists = toLists(table, columns, rows)
      for (let i = 0; i < lists.length; i += CHUNK) {
        const json = JSON.stringify(lists.slice(i, i + CHUNK))
        changed += await change(handle, sql`${raw(text)}${json}${raw(tail)}`)
      }
      const inserted = (await top()) - before
      if (changed > 0 && tables[table].area === 'facts') written.add(table)
      return { inserted, updated: changed - inserted }
    },
  }
}

const statementsOf = (handle: Handle): Statements => ({
  all: statement => all(handle, statement),
  change: statement => change(handle, statement),
})

/** Attaches both files to an empty one, app.db first: that is the order in which SQLite commits. */
async function openBoth(folder: string): Promise<Handle> {
  const handle = await openHandle(':memory:', sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE)
  handle.configure('busyTimeout', BUSY_MS)
  for (const schema of ['app', 'facts']) await attach(handle, folder, schema)
  return handle
}

async function attach(handle: Handle, folder: string, schema: string): Promise<void> {
  await change(
    handle,
    raw(`attach database '${join(folder, `${schema}.db`).replaceAll("'", "''")}' as ${schema}`),
  )
  await setUp(handle, schema)
}

async function setUp(handle: Handle, schema: string): Promise<void> {
  await all(handle, raw(`pragma ${schema}.journal_mode = wal`))
  await all(handle, raw(`pragma ${schema}.synchronous = normal`))
  await all(handle, raw(`pragma ${schema}.cache_size = -65536`))
  // Deleted rows are written over where that costs no reading or writing more; an erasure sees to the rest.
  await all(handle, raw(`pragma ${schema}.secure_delete = fast`))
}

/**
 * Brings both files up to date. Here facts.db is the connection's own, so that tables need no schema's name, and is
 * committed first: a migration whose facts stand alone is completed.
 */
async function migrateBoth(folder: string): Promise<void> {
  const handle = await openHandle(join(folder, 'facts.db'), sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE)
  try {
    handle.configure('busyTimeout', BUSY_MS)
    await setUp(handle, 'main')
    await attach(handle, folder, 'app')
    const statements = statementsOf(handle)
    await createLog(statements)
    const connection = connect(handle, new Set())
    for (let pending = true; pending; ) {
      await begin(statements, 'main')
      const [next] = await pendingMigrations(connection)
      if (next) {
        const { app, facts } = await versions(statements, 'main')
        await applyMigration(connection, next, facts > app)
        const version = facts > app ? facts : facts + 1
        for (const schema of ['main', 'app'])
          await change(handle, raw(`pragma ${schema}.user_version = ${version}`))
      }
      await change(handle, raw('commit'))
      pending = next !== undefined
    }
  } finally {
    await closeHandle(handle)
  }
}

/** Connections that read both files as of one moment: they begin to read while nobody can write. */
async function openMoment(
  folder: string,
  writer: Statements,
): Promise<(Source & { close(): Promise<void> })[]> {
  await begin(writer)
  try {
    return await Promise.all(
      (['facts', 'app'] as const).map(async name => {
        const handle = await openHandle(join(folder, `${name}.db`), sqlite3.OPEN_READONLY)
        await change(handle, raw('begin'))
        await all(handle, raw('select count(*) as n from sqlite_master'))
        return {
          name,
          // The driver's own types leave it out.
          copyTo: path => (handle as unknown as { backup(path: string): PageCopy }).backup(path),
          close: () => closeHandle(handle),
        }
      }),
    )
  } finally {
    await writer.change(raw('rollback'))
  }
}

/** Opens (creating if need be) facts.db and app.db in a folder. Throws UnavailableError. */
export async function openSqlite(folder: string): Promise<Database> {
  await mkdir(folder, { recursive: true }).catch(error => {
    throw new UnavailableError(`The data folder ${folder} can't be made: ${error.code}`, { cause: error })
  })
  const file = join(folder, 'facts.db')
  await migrateBoth(folder)
  const open = () => openBoth(folder)
  const writer = await open()
  await watchApp(statementsOf(writer))
  const queue = createQueue()
  const transaction: Database['transaction'] = work =>
    queue(async () => {
      const written = new Set<TableName>()
      try {
        await begin(statementsOf(writer))
        const result = await work(connect(writer, written))
        for (const name of written) {
          await change(
            writer,
            sql`insert into table_versions (name, version) values (${name}, 1)
              on conflict (name) do update set version = version + 1`,
          )
        }
        await commit(statementsOf(writer))
        return result
      } catch (error) {
        await change(writer, raw('rollback')).catch(() => {})
        throw error
      }
    })
  // Reads outside of a transaction have a connection of their own: they must not see somebody's half-done work.
  const side = await open()
  const reader = createReader(() => openReadHandle(file))
  return {
    dialect: 'sqlite',
    reader,
    query: statement => all(side, statement),
    run: statement => transaction(connection => connection.run(statement)),
    upsert: (table, columns, rows) => transaction(connection => connection.upsert(table, columns, rows)),
    transaction,
    versions: async () => {
      const rows = await all<{ name: TableName; version: number }>(
        side,
        raw('select name, version from table_versions'),
      )
      return new Map(rows.map(row => [row.name, row.version]))
    },
    shred: () =>
      queue(async () => {
        // What a killed process left is named by the places of rows, which the rewriting changes.
        await begin(statementsOf(writer))
        await commit(statementsOf(writer))
        for (const schema of ['facts', 'app']) {
          await all(writer, raw(`vacuum ${schema}`))
          const [log] = await all<{ busy: number }>(writer, raw(`pragma ${schema}.wal_checkpoint(truncate)`))
          if (log?.busy)
            throw new UnavailableError('The log of the database could not be emptied: somebody still reads', {
              hint: 'It is tried again at the next start.',
            })
        }
      }),
    backUp: async (target, watch = {}) => {
      const sources = await queue(() => openMoment(folder, statementsOf(writer)))
      try {
        await copyFiles(sources, target, watch)
      } finally {
        await Promise.all(sources.map(source => source.close()))
      }
    },
    close: async () => {
      await queue(async () => {})
      await Promise.all([reader.close(), closeHandle(writer), closeHandle(side)])
    },
  }
}
