import type { Database } from './database.ts'

export interface DatabaseSettings {
  /** Folder of the SQLite files; made when absent. */
  dataDir: string
  /** `postgres://…` puts everything there instead. */
  database?: string | undefined
}

/** Opens the database, creating or migrating it. Only the driver that is needed is loaded. Throws UnavailableError. */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  if (settings.database !== undefined) {
    const { openPostgres } = await import('./postgres.ts')
    return openPostgres(settings.database)
  }
  const { openSqlite } = await import('./sqlite.ts')
  return openSqlite(settings.dataDir)
}
