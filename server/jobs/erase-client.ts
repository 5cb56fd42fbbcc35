/**
 * Erasing a client for good: facts, contacts, mentions, what was computed, shared and written of them. First the wish is
 * noted, then files are cleared, then the database in one transaction, then the database's own files are rewritten. Killed
 * anywhere, it is finished at the next start. What remains is a certificate of counts, and hashes by which a later import
 * passes the client's rows over.
 */
import { randomUUID } from 'node:crypto'
import { forgetClient } from '../mining/forget-client.ts'
import { createScrub, readClientWords } from '../privacy/client-words.ts'
import {
  blankAudit,
  type Counts,
  countOwned,
  dropBlocks,
  eraseOwned,
  eraseRejects,
  eraseResults,
  eraseTexts,
  findRejects,
} from '../privacy/erase-rows.ts'
import { eraseFromEditions, eraseFromShares } from '../report/erase-pages.ts'
import { lockImports, readSecret } from '../sources/identity.ts'
import { keepTopAlias } from '../store/aliases.ts'
import type { Connection, Database } from '../store/database.ts'
import { tombstoneOf } from '../store/erased-keys.ts'
import { inList } from '../store/lists.ts'
import { type RemovalRow, readErasures, readOpenErasures, writeRemoval } from '../store/removals.ts'
import { sql } from '../store/sql.ts'
import { eraseFiles } from './erase-files.ts'
import type { FoundClient } from './find-client.ts'

export interface ErasureParts {
  database: Database
  /** The folder of the person's notebooks. */
  notebooks: string
  /** Now, `YYYY-MM-DD HH:MM:SS` in the company's time zone. */
  moment(): string
}

export interface ErasurePreview {
  alias: number
  /** What would go, by table and place. */
  counts: Counts
  /** Numbers of other clients with the same phone or e-mail: perhaps the same person twice. */
  alike: number[]
}

/** What was removed, without personal data. */
export interface Certificate {
  id: string
  /** The number that stood for the client. */
  alias: number
  author: string | null
  madeAt: string
  finishedAt: string | null
  counts: Counts
}

/** Thrown inside a transaction to undo it: a preview does all and leaves nothing. */
class Preview extends Error {}

/** Counts what an erasure would remove; changes nothing. */
export async function previewErasure(parts: ErasureParts, client: FoundClient): Promise<ErasurePreview> {
  const { database } = parts
  const counts = await countFiles(parts, client, true)
  await database
    .transaction(async connection => {
      Object.assign(counts, await eraseFromDatabase(connection, client, parts.moment()))
      throw new Preview()
    })
    .catch(error => {
      if (!(error instanceof Preview)) throw error
    })
  return {
    alias: client.alias,
    counts: withoutZeros(counts),
    alike: await findAlike(database, client.client_id),
  }
}

/** Erases. Resolves when no trace is left in the files of the database either. */
export async function eraseClient(
  parts: ErasureParts,
  { client_id, alias }: FoundClient,
  author: string | null,
): Promise<Certificate> {
  const { database } = parts
  const row: RemovalRow = {
    removal_id: randomUUID(),
    kind: 'erasure',
    state: 'begun',
    client_id,
    alias,
    author,
    made_at: parts.moment(),
    finished_at: null,
    // Counted beforehand: the half of an erasure that a kill leaves would count too little.
    counts: JSON.stringify(await countOwned(database, client_id)),
  }
  await writeRemoval(database, row)
  return finish(parts, row)
}

/** Erases again whoever came back with an old backup. Returns how many that were. */
export async function eraseReturned(parts: ErasureParts): Promise<number> {
  const { database } = parts
  const erased = new Set(
    (await database.query<{ key_hash: string }>(sql`select key_hash from app.erased_keys`)).map(
      ({ key_hash }) => key_hash,
    ),
  )
  if (erased.size === 0) return 0
  const secret = await database.transaction(readSecret)
  const keys = await database.query<FoundClient & { key: string }>(
    sql`select x.key, k.client_id, k.alias from app.client_keys x join clients k on k.client_id = x.client_id`,
  )
  const back = new Map(
    keys.flatMap(({ key, client_id, alias }) =>
      erased.has(tombstoneOf(key, secret)) ? [[client_id, { client_id, alias }] as const] : [],
    ),
  )
  for (const client of back.values()) await eraseClient(parts, client, null)
  return back.size
}

/** Finishes erasures that were begun before the process ended. Returns their certificates. */
export async function finishErasures(parts: ErasureParts): Promise<Certificate[]> {
  const certificates: Certificate[] = []
  for (const row of await readOpenErasures(parts.database)) certificates.push(await finish(parts, row))
  return certificates
}

/** Certificates, the newest first. */
export async function listCertificates(database: Connection, limit: number): Promise<Certificate[]> {
  return (await readErasures(database, limit)).map(toCertificate)
}

async function finish(parts: ErasureParts, row: RemovalRow): Promise<Certificate> {
  const { database } = parts
  let counts = JSON.parse(row.counts) as Counts
  if (row.state === 'begun') {
    const client = { client_id: row.client_id!, alias: row.alias! }
    counts = most(counts, await countFiles(parts, client, false))
    await writeRemoval(database, { ...row, counts: JSON.stringify(counts) })
    await database.transaction(async connection => {
      counts = most(counts, await eraseFromDatabase(connection, client, parts.moment()))
      const erased = { state: 'erased', client_id: null, counts: JSON.stringify(counts) }
      await writeRemoval(connection, { ...row, ...erased })
    })
  }
  await database.shred()
  const finished = { state: 'done', client_id: null, finished_at: parts.moment() }
  const done = { ...row, ...finished, counts: JSON.stringify(counts) }
  await writeRemoval(database, done)
  return toCertificate(done)
}

const toCertificate = ({
  removal_id,
  alias,
  author,
  made_at,
  finished_at,
  counts,
}: RemovalRow): Certificate => ({
  id: removal_id,
  alias: alias!,
  author,
  madeAt: made_at,
  finishedAt: finished_at,
  counts: withoutZeros(JSON.parse(counts) as Counts),
})

async function countFiles(
  { database, notebooks }: ErasureParts,
  { client_id, alias }: FoundClient,
  dryRun: boolean,
): Promise<Counts> {
  const scrub = createScrub(await readClientWords(database, client_id))
  return eraseFiles(database, { notebooks, alias, scrub, dryRun })
}

async function eraseFromDatabase(
  connection: Connection,
  client: FoundClient,
  moment: string,
): Promise<Counts> {
  const { client_id, alias } = client
  await lockImports(connection)
  const secret = await readSecret(connection)
  const words = await readClientWords(connection, client_id)
  const scrub = createScrub({ ...words, alias })
  const counts = await countOwned(connection, client_id)
  const keys = await connection.query<{ key: string }>(
    sql`select key from app.client_keys where client_id = ${client_id}`,
  )
  const talks = await connection.query<{ conversation_id: string }>(
    sql`select conversation_id from conversations where client_id = ${client_id}`,
  )
  const ids = new Set([
    client_id,
    ...keys.map(({ key }) => key.replace(/^(?:deal|conversation|visit):/, '')),
    ...talks.map(row => row.conversation_id),
  ])
  const rejects = await findRejects(connection, scrub)
  await keepTopAlias(connection)
  await eraseOwned(connection, client_id, secret, moment)
  await eraseRejects(connection, rejects)
  await dropBlocks(connection)
  return {
    ...counts,
    rejects: rejects.length,
    cell_cache: await eraseResults(connection),
    audit: await blankAudit(connection, ids),
    ...(await eraseTexts(connection, scrub)),
    ...(await eraseFromShares(connection, alias, scrub, ids, moment)),
    ...(await eraseFromEditions(connection, alias, scrub, ids)),
    ...(await forgetClient(connection, client_id, words.said)),
  }
}

async function findAlike(database: Database, client: string): Promise<number[]> {
  const rows = await database.query<{ alias: number }>(
    sql`select distinct k.alias from app.client_contacts own
      join app.client_contacts x on (x.phone = own.phone or x.email = own.email) and x.client_id <> own.client_id
      join clients k on k.client_id = x.client_id where own.client_id in ${inList(database, [client])} order by k.alias`,
  )
  return rows.map(({ alias }) => alias)
}

/** Of two counts of one thing the greater: a repeated step finds less than the one that was killed. */
function most(a: Counts, b: Counts): Counts {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries([...names].map(name => [name, Math.max(a[name] ?? 0, b[name] ?? 0)]))
}

const withoutZeros = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0))
