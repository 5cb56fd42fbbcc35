/** Frozen reports, without one client: quotes give way to a tombstone, all else of the page stays as it was. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type Scrub, TOMBSTONE } from '../privacy/client-words.ts'
import type { Connection } from '../store/database.ts'
import type { SharePageRow } from '../store/shares.ts'
import { sql } from '../store/sql.ts'
import { pack } from './publish.ts'

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
    if (!page) continue
    const before = (await unpack(Buffer.from(page.gzip, 'base64'))).toString('utf8')
    const { html, found } = erasePage(before, alias, scrub)
    if (found === 0) continue
    counts.share_pages += found
    const { etag, policy, gzip, brotli } = await pack(html)
    await connection.upsert(
      'share_pages',
      ['share_id', 'made_at', 'etag', 'policy', 'gzip', 'brotli'],
      [{ ...page, etag, policy, gzip: gzip.toString('base64'), brotli: brotli.toString('base64') }],
    )
  }
  return counts
}

/** Whether a report's inputs name the client or one of their deals. */
function isAbout(inputs: string, scrub: Scrub, keys: ReadonlySet<string>): boolean {
  const values = Object.values(JSON.parse(inputs) as Record<string, unknown>).map(String)
  return scrub(inputs).found > 0 || values.some(value => keys.has(value))
}
