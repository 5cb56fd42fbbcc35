/** Frozen reports, without one client: quotes give way to a tombstone, all else of the page stays as it was. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Quote } from '../notebook/output.ts'
import { type Scrub, TOMBSTONE } from '../privacy/client-words.ts'
import type { Connection } from '../store/database.ts'
import { deleteEditions, type EditionRow } from '../store/editions.ts'
import type { Row } from '../store/schema.ts'
import type { SharePageRow } from '../store/shares.ts'
import { sql } from '../store/sql.ts'
import { pack } from './publish.ts'
import { packSnapshot, type Snapshot, unpackSnapshot } from './snapshot.ts'

const unpack = promisify(gunzip)

const QUOTE = /<figure class="vb-quote[\s\S]*?<\/figure>/g
const SPEAKER = /class="vb-quote__who">([\s\S]*?)<\/span>/
const SAID = /(<blockquote>)[\s\S]*?(<\/blockquote>)/

/** A page with a client's quotes and words taken out, and how many places that were. Pure. */
export function erasePage(html: string, alias: number, scrub: Scrub): { html: string; found: number } {
  let quotes = 0
  const own = new RegExp(`^(?:Клиент|Client)[\\s\\u00a0]${alias}$`)
  const mark = /<html lang="en"/.test(html) ? TOMBSTONE.en : TOMBSTONE.ru
  const silent = html.replace(QUOTE, quote => {
    const who = (SPEAKER.exec(quote)?.[1] ?? '').replace(/<[^>]*>/g, '').replaceAll('&nbsp;', ' ')
    if (!own.test(who.trim())) return quote
    quotes++
    return quote.replace(SAID, `$1${mark}$2`)
  })
  const { text, found } = scrub(silent)
  return { html: text, found: quotes + found }
}

/** A snapshot's JSON without them likewise: files made of it later hold no more than the page. Pure. */
export function eraseSnapshot(json: string, alias: number, scrub: Scrub): { json: string; found: number } {
  let places = 0
  const { language } = (JSON.parse(json) as Snapshot).notebook
  const silent = JSON.stringify(JSON.parse(json), (_key, value: unknown) => {
    const quote = value as Partial<Quote> | null
    if (typeof quote !== 'object' || quote?.alias !== alias || typeof quote.text !== 'string') return value
    places++
    return { ...quote, alias: 0, text: TOMBSTONE[language] }
  })
  const { text, found } = scrub(silent)
  return { json: text, found: places + found }
}

interface Stored {
  policy: string
  gzip: string
  snapshot: string | null
}

/** A stored page with its snapshot, erased; null where the client is not in it. */
async function eraseStored(stored: Stored, alias: number, scrub: Scrub) {
  const page = erasePage((await unpack(Buffer.from(stored.gzip, 'base64'))).toString('utf8'), alias, scrub)
  const snapshot =
    stored.snapshot === null
      ? null
      : eraseSnapshot(JSON.stringify(await unpackSnapshot(stored.snapshot)), alias, scrub)
  const found = page.found + (snapshot?.found ?? 0)
  if (found === 0) return null
  const { etag, policy, gzip, brotli } = await pack(page.html)
  return {
    found,
    etag,
    policy,
    bytes: gzip.length,
    content: {
      gzip: gzip.toString('base64'),
      brotli: brotli.toString('base64'),
      snapshot: snapshot && (await packSnapshot(JSON.parse(snapshot.json) as Snapshot)),
    },
  }
}

/** Erases a client from the pages of frozen links. A link that was about the client alone is ended. Returns places. */
export async function eraseFromShares(
  connection: Connection,
  alias: number,
  scrub: Scrub,
  keys: ReadonlySet<string>,
  moment: string,
): Promise<Record<string, number>> {
  const counts = { share_pages: 0, shares: 0 }
  const shares = await connection.query<{ share_id: string; inputs: string }>(
    sql`select share_id, inputs from app.shares`,
  )
  for (const { share_id, inputs } of shares) {
    if (isAbout(inputs, scrub, keys)) {
      counts.shares++
      await connection.run(sql`delete from app.share_pages where share_id = ${share_id}`)
      await connection.run(
        sql`update app.shares set inputs = '{}', revoked_at = coalesce(revoked_at, ${moment}) where share_id = ${share_id}`,
      )
      continue
    }
    const [page] = await connection.query<SharePageRow>(
      sql`select * from app.share_pages where share_id = ${share_id}`,
    )
    const erased = page && (await eraseStored(page, alias, scrub))
    if (!erased) continue
    counts.share_pages += erased.found
    const { etag, policy, content } = erased
    await connection.upsert(
      'share_pages',
      ['share_id', 'made_at', 'etag', 'policy', 'gzip', 'brotli', 'snapshot'],
      [{ ...page, etag, policy, ...content }],
    )
  }
  return counts
}

/**
 * Erases a client from editions: quotes become tombstones, numbers stay. Editions about the client alone, and what makes
 * or sends them, go. Returns places.
 */
export async function eraseFromEditions(
  connection: Connection,
  alias: number,
  scrub: Scrub,
  keys: ReadonlySet<string>,
): Promise<Record<string, number>> {
  const counts = { edition_pages: 0, editions: 0, edition_schedules: 0 }
  const editions = await connection.query<Pick<EditionRow, 'edition_id' | 'inputs' | 'changes' | 'figures'>>(
    sql`select edition_id, inputs, changes, figures from app.editions`,
  )
  const about = editions.filter(({ inputs }) => isAbout(inputs, scrub, keys)).map(row => row.edition_id)
  counts.editions = await deleteEditions(connection, about)
  for (const { edition_id, ...text } of editions.filter(row => !about.includes(row.edition_id))) {
    const [page] = await connection.query<Row<'edition_pages'> & { policy: string }>(
      sql`select p.*, e.policy from app.edition_pages p join app.editions e on e.edition_id = p.edition_id
        where p.edition_id = ${edition_id}`,
    )
    const erased = page && (await eraseStored(page, alias, scrub))
    const [changes, figures] = [scrub(text.changes), scrub(text.figures)]
    const told = changes.found + figures.found
    counts.edition_pages += (erased?.found ?? 0) + told
    if (told > 0)
      await connection.run(
        sql`update app.editions set changes = ${changes.text}, figures = ${figures.text}
          where edition_id = ${edition_id}`,
      )
    if (!erased) continue
    const { etag, policy, bytes, content } = erased
    await connection.run(
      sql`update app.editions set etag = ${etag}, policy = ${policy}, bytes = ${bytes} where edition_id = ${edition_id}`,
    )
    await connection.run(
      sql`update app.edition_pages set gzip = ${content.gzip}, brotli = ${content.brotli},
        snapshot = ${content.snapshot} where edition_id = ${edition_id}`,
    )
  }
  const schedules = await connection.query<{ schedule_id: string; inputs: string }>(
    sql`select schedule_id, inputs from app.edition_schedules`,
  )
  for (const { schedule_id } of schedules.filter(({ inputs }) => isAbout(inputs, scrub, keys)))
    counts.edition_schedules += await connection.run(
      sql`delete from app.edition_schedules where schedule_id = ${schedule_id}`,
    )
  return counts
}

/** Whether a report's inputs name the client or one of their deals. */
function isAbout(inputs: string, scrub: Scrub, keys: ReadonlySet<string>): boolean {
  const values = Object.values(JSON.parse(inputs) as Record<string, unknown>).map(String)
  return scrub(inputs).found > 0 || values.some(value => keys.has(value))
}
