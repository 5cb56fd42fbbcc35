/**
 * What stands behind a token, kept in memory so that a view asks nothing of the database: a frozen page is sent as it was
 * packed, a live one is made again when the facts or its notebook changed, one of editions looks which is the latest. That a share was ended by another process (the
 * command line) is noticed within RECHECK; by this one at once.
 */
import { UnavailableError } from '../errors.ts'
import { sha256 } from '../lib/hash.ts'
import { isToken } from '../lib/secrets.ts'
import type { LibraryEntry } from '../notebook/library.ts'
import { readEdition, readEditionPage, readLatestEdition } from '../store/editions.ts'
import { addViews, findShare, readSharePage, readSharePageTag, type ShareRow } from '../store/shares.ts'
import type { Exposure } from './exposure.ts'
import { type Packed, pack, publish } from './publish.ts'
import type { SharesParts } from './shares.ts'

export interface OpenShare {
  share: ShareRow
  /** Null for a live share that has not been made yet. */
  page: Packed | null
}

export interface OpenShares {
  /** A share that is known to be open; undefined when that must be asked. Costs a look into a map. */
  peek(token: string): OpenShare | undefined
  /** The share behind a token; null when it is unknown, revoked or over. */
  find(token: string): Promise<OpenShare | null>
  /** The page of one that was found. Throws UnavailableError when a live one can't be made or must not be shown. */
  page(open: OpenShare): Promise<Packed>
  count(share: ShareRow): void
  /** Asks anew about all, after a change. */
  forget(): void
  /** Writes the views that were counted. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** Milliseconds that a share is taken for open, and a live page for fresh. */
const RECHECK = 2_000
/** Milliseconds that a live page may take to make. */
const LIVE_TIME = 60_000
/** Shares kept in memory; a page takes some 60 kB. */
const KEPT = 200
const FLUSH_EVERY = 5_000
/** Days that the log of views goes back. */
const LOG_DAYS = 90

interface Known extends OpenShare {
  checkedAt: number
  /** Of a live page: when it was last found to be up to date, and what it was made from. */
  freshAt: number
  madeFrom: string
  entry: LibraryEntry | null
  making: Promise<Packed> | null
}

export function createOpenShares(parts: SharesParts): OpenShares {
  const { database, now } = parts
  const known = new Map<string, Known>()
  const asking = new Map<string, Promise<Known | null>>()
  const seen = new Map<string, number>()
  let changes = 0

  const isOver = ({ expires_ms, revoked_at }: ShareRow) =>
    revoked_at !== null || (expires_ms !== null && expires_ms <= now())

  const ask = async (token: string): Promise<Known | null> => {
    const asked = changes
    const share = await findShare(database, sha256(token))
    const before = known.get(token)
    known.delete(token)
    if (!share || isOver(share)) return null
    const found: Known = before ?? {
      share,
      page: null,
      checkedAt: 0,
      freshAt: 0,
      madeFrom: '',
      entry: null,
      making: null,
    }
    if (share.mode === 'frozen') found.page = await readFrozen(share, found.page)
    else if (share.mode === 'edition') await readNewest(share, found)
    if (share.mode !== 'live' && !found.page) return null
    Object.assign(found, { share, checkedAt: now() })
    // What was changed in the meantime may not be what was read.
    if (asked === changes) known.set(token, found)
    if (known.size > KEPT) known.delete(known.keys().next().value!)
    return found
  }
  const readNewest = async ({ edition_id, notebook, inputs }: ShareRow, found: Known) => {
    const edition =
      edition_id === null
        ? await readLatestEdition(database, { notebook, inputs, approved: true })
        : await readEdition(database, edition_id)
    // An erasure, perhaps by another process, changes what was frozen.
    if (edition && found.page?.etag === edition.etag && found.madeFrom === edition.edition_id) return
    const page = edition && (await readEditionPage(database, edition.edition_id))
    found.madeFrom = edition?.edition_id ?? ''
    found.page = edition && page ? unpacked({ ...edition, ...page }) : null
  }
  const readFrozen = async ({ share_id }: ShareRow, known?: Packed | null): Promise<Packed | null> => {
    if (known && (await readSharePageTag(database, share_id)) === known.etag) return known
    const row = await readSharePage(database, share_id)
    return row && unpacked(row)
  }
  const peek = (token: string): Known | undefined => {
    const found = known.get(token)
    return found && now() - found.checkedAt < RECHECK && !isOver(found.share) ? found : undefined
  }
  const makeLive = async (open: Known): Promise<Packed> => {
    const { share } = open
    const entry = await parts.library.get(share.notebook)
    const madeFrom = JSON.stringify([...(await database.versions())].sort())
    if (!open.page || open.entry !== entry || open.madeFrom !== madeFrom) {
      // Whoever asked first may leave: the others still wait for it.
      const signal = AbortSignal.timeout(LIVE_TIME)
      const { html, exposure } = await publish(entry, JSON.parse(share.inputs), parts, signal)
      refuseMore(exposure, JSON.parse(share.exposed) as Exposure)
      Object.assign(open, { page: await pack(html), entry, madeFrom })
    }
    open.freshAt = now()
    return open.page!
  }
  const flush = async () => {
    if (seen.size === 0) return
    const minute = parts.moment().slice(0, 16)
    const views = [...seen].map(([share, n]) => ({ share, minute, views: n }))
    seen.clear()
    const keepFrom = new Date(Date.parse(`${minute.slice(0, 10)}T00:00:00Z`) - LOG_DAYS * 86_400_000)
    await addViews(database, views, keepFrom.toISOString().slice(0, 10))
  }
  const timer = setInterval(() => void flush().catch(() => {}), FLUSH_EVERY)
  timer.unref()

  return {
    peek,
    find: async token => {
      if (!isToken(token)) return null
      const found = peek(token)
      if (found) return found
      // Many may come at once for what nobody has in memory yet.
      let question = asking.get(token)
      if (!question) {
        question = ask(token).finally(() => asking.delete(token))
        asking.set(token, question)
      }
      return question
    },
    page: async open => {
      const live = open as Known
      if (live.page && (live.share.mode !== 'live' || now() - live.freshAt < RECHECK)) return live.page
      live.making ??= makeLive(live).finally(() => {
        live.making = null
      })
      return live.making
    },
    count: ({ share_id }) => void seen.set(share_id, (seen.get(share_id) ?? 0) + 1),
    forget: () => {
      changes += 1
      known.clear()
    },
    flush,
    close: async () => {
      clearInterval(timer)
      await flush()
    },
  }
}

const unpacked = ({
  etag,
  policy,
  gzip,
  brotli,
}: Record<'etag' | 'policy' | 'gzip' | 'brotli', string>): Packed => ({
  etag,
  policy,
  gzip: Buffer.from(gzip, 'base64'),
  brotli: Buffer.from(brotli, 'base64'),
})

/** New data may hold what nobody confirmed. */
function refuseMore(exposure: Exposure, confirmed: Exposure): void {
  if (Object.entries(exposure.raw).some(([kind, n]) => n > (confirmed.raw[kind] ?? 0)))
    throw new UnavailableError('New data brought personal data that its author has not confirmed')
}
