/** What every part sees of a database; `sqlite.ts` and `postgres.ts` are the only files behind it. */
import type { Row, TableName } from './schema.ts'
import type { Sql, Value } from './sql.ts'

export type Dialect = 'sqlite' | 'postgres'

export interface Connection {
  readonly dialect: Dialect
  /** All rows of a statement, as objects. */
  query<R extends object = Record<string, Value>>(statement: Sql): Promise<R[]>
  /** Runs a statement; returns how many rows it changed. */
  run(statement: Sql): Promise<number>
  /**
   * Bulk write by the database's fastest way: inserts rows, and where their key stands already sets `columns`.
   * Columns not named are left as they are (or null). Rows equal to what stands are not touched.
   * Returns how many rows are new and how many changed. Within one call a key that comes twice: the last one stands.
   */
  upsert<T extends TableName, C extends keyof Row<T> & string>(
    table: T,
    columns: readonly C[],
    rows: readonly Pick<Row<T>, C>[],
  ): Promise<{ inserted: number; updated: number }>
}

/** How long work on all of a database is watched and stopped. */
export interface CopyWatch {
  signal?: AbortSignal
  /** Done of all, in any unit. */
  progress?(done: number, total: number): void
}

export interface Database extends Connection {
  readonly reader: Reader
  /** All or nothing. One at a time: callers queue. Versions of the tables written rise on commit. */
  transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** A number per facts table that rises with every committed change to it, by any process. */
  versions(): Promise<ReadonlyMap<TableName, number>>
  /**
   * Leaves nothing of deleted rows in the database's files, as far as the database can see to it: SQLite's are written
   * anew and its logs emptied; PostgreSQL frees the rows' room, and its own logs and backups keep them for as long as
   * its administrator says. Throws UnavailableError when the disk is too full, or somebody reads without end.
   */
  shred(): Promise<void>
  /**
   * Copies all of it, as of one moment, into a folder as facts.db and app.db, whatever this database is. Others go on
   * reading and writing. Throws CancelledError, UnavailableError.
   */
  backUp(folder: string, watch?: CopyWatch): Promise<void>
  close(): Promise<void>
}

export interface ReadOptions {
  /** Rows returned at most, 10,000 by default; what is beyond is counted as `truncated`. */
  maxRows?: number
  /** Milliseconds, 30,000 by default. */
  timeoutMs?: number
  signal?: AbortSignal
}

export interface ReadResult {
  columns: string[]
  rows: Value[][]
  truncated: boolean
}

/**
 * The handle that notebooks get: facts only, one read-only statement, bounded rows and time, cancellable.
 * It can't write, attach, or see the application's state or `client_contacts`. Throws QueryError, LimitError,
 * CancelledError.
 */
export interface Reader {
  readonly dialect: Dialect
  read(statement: Sql, options?: ReadOptions): Promise<ReadResult>
}
