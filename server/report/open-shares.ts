/**
 * What stands behind a token, kept in memory so that a view asks nothing of the database: a frozen page is sent as it was
 * packed, a live one is made again when the facts or its notebook changed, one of editions looks which is the latest. That a
 * share was ended by another process (the command line) is noticed within RECHECK; by this one at once.
 */
import { shares as en } from '../../web/text/en/shares.ts'
import { shares as ru } from '../../web/text/ru/shares.ts'
import { sha256 } from '../lib/hash.ts'
import { formatDay, type Language } from '../lib/locale.ts'
import { isToken } from '../lib/secrets.ts'
import {
  type EditionRow,
  readEdition,
  readEditionPage,
  readEditionSnapshot,
  readLatestEdition,
} from '../store/editions.ts'
import { readLastFailure } from '../store/schedules.ts'
import {
  addViews,
  findShare,
  readSharePage,
  readSharePageTag,
  readShareSnapshot,
  type ShareRow,
} from '../store/shares.ts'
import { decoratePacked } from './decorate.ts'
import type { EditionChanges, EditionFigures } from './edition-figures.ts'
import type { EditionHead } from './edition-section.ts'
import { createLivePages } from './live-pages.ts'
import type { Packed } from './publish.ts'
import type { SharesParts } from './shares.ts'
import { type Snapshot, unpackSnapshot } from './snapshot.ts'

export interface OpenShare {
  share: ShareRow
  /** Null for a live share, whose page is made when it is asked for. */
  page: Packed | null
}

/** What a share's files are made of. */
export interface ShareContents {
  snapshot: Snapshot
  /** Names this state of the page. */
  etag: string
  edition?: EditionHead
}

export interface OpenShares {
  /** A share that is known to be open; undefined when that must be asked. Costs a look into a map. */
  peek(token: string): OpenShare | undefined
  /** The share behind a token; null when it is unknown, revoked or over. */
  find(token: string): Promise<OpenShare | null>
  /**
   * The page of one that was found; of a live one with a reader's choice. Throws UnavailableError when a live one can't be
   * made or must not be shown, LimitError when too many are being made.
   */
  page(open: OpenShare, query: URLSearchParams | null): Promise<Packed>
  /** What its files are made of; null when there is nothing. Throws as `page`. */
  contents(open: OpenShare, query: URLSearchParams | null): Promise<ShareContents | null>
  count(share: ShareRow): void
  /** Asks anew about all, after a change. */
  forget(): void
  /** Writes the views that were counted. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** Milliseconds that a share is taken for open. */
const RECHECK = 2_000
/** Shares kept in memory; a page takes some 60 kB. */
const KEPT = 200
const FLUSH_EVERY = 5_000
/** Days that the log of views goes back. */
const LOG_DAYS = 90

interface Known extends OpenShare {
  checkedAt: number
  /** What the page was made of: the frozen one's tag; or the edition, and what is said above it. */
  madeFrom: string
  edition: EditionRow | null
}

export function createOpenShares(parts: SharesParts): OpenShares {
  const { database, now } = parts
  const known = new Map<string, Known>()
  const asking = new Map<string, Promise<Known | null>>()
  const seen = new Map<string, number>()
  const live = createLivePages(parts)
  let changes = 0

  const isOver = ({ expires_ms, revoked_at }: ShareRow) =>
    revoked_at !== null || (expires_ms !== null && expires_ms <= now())

  const ask = async (token: string): Promise<Known | null> => {
    const asked = changes
    const share = await findShare(database, sha256(token))
    const before = known.get(token)
    known.delete(token)
    if (!share || isOver(share)) return null
    const found: Known = before ?? { share, page: null, checkedAt: 0, madeFrom: '', edition: null }
    if (share.mode === 'frozen') await readFrozen(share, found)
    else if (share.mode === 'edition') await readNewest(share, found)
    if (share.mode !== 'live' && !found.page) return null
    Object.assign(found, { share, checkedAt: now() })
    // What was changed in the meantime may not be what was read.
    if (asked === changes) known.set(token, found)
    if (known.size > KEPT) known.delete(known.keys().next().value!)
    return found
  }
  const readNewest = async (share: ShareRow, found: Known) => {
    const { edition_id, notebook, inputs } = share
    const edition =
      edition_id === null
        ? await readLatestEdition(database, { notebook, inputs, approved: true })
        : await readEdition(database, edition_id)
    const failedAt = edition && edition_id === null ? await readLastFailure(database, share) : null
    // A failure before this edition was made says nothing of it.
    const failed = failedAt !== null && failedAt > edition!.made_at ? failedAt : null
    const madeFrom = `${edition?.edition_id} ${edition?.etag} ${failed}`
    if (edition && found.page && found.madeFrom === madeFrom) return
    const page = edition && (await readEditionPage(database, edition.edition_id))
    const language = share.language as Language
    const snapshot = page && share.downloads === 1 ? await snapshotOf(share, edition) : null
    const note = failed === null ? null : texts[language].newerFailed(formatDay(failed, language))
    found.madeFrom = madeFrom
    found.edition = edition
    found.page =
      edition && page
        ? await decoratePacked(unpacked({ ...edition, ...page }), { language, note, files: snapshot })
        : null
  }
  const readFrozen = async (share: ShareRow, found: Known): Promise<void> => {
    // An erasure, perhaps by another process, changes what was frozen.
    const tag = await readSharePageTag(database, share.share_id)
    if (found.page && found.madeFrom === tag) return
    const row = await readSharePage(database, share.share_id)
    const files = row && share.downloads === 1 ? await snapshotOf(share, null) : null
    found.madeFrom = row?.etag ?? ''
    found.page = row && (await decoratePacked(unpacked(row), { language: share.language as Language, files }))
  }
  const snapshotOf = async ({ share_id }: ShareRow, edition: EditionRow | null): Promise<Snapshot | null> => {
    const packed = edition
      ? await readEditionSnapshot(database, edition.edition_id)
      : await readShareSnapshot(database, share_id)
    return packed === null ? null : unpackSnapshot(packed)
  }
  const peek = (token: string): Known | undefined => {
    const found = known.get(token)
    return found && now() - found.checkedAt < RECHECK && !isOver(found.share) ? found : undefined
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
    page: async (open, query) => open.page ?? (await live.get(open.share, query)).page,
    contents: async (open, query) => {
      const { share, page, edition } = open as Known
      if (share.mode === 'live') {
        const made = await live.get(share, query)
        return { snapshot: made.snapshot, etag: made.page.etag }
      }
      const snapshot = await snapshotOf(share, edition)
      if (!snapshot || !page) return null
      return { snapshot, etag: page.etag, ...(edition && { edition: headOf(edition) }) }
    },
    count: ({ share_id }) => void seen.set(share_id, (seen.get(share_id) ?? 0) + 1),
    forget: () => {
      changes += 1
      known.clear()
      live.forget()
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

const texts = { en: en.page, ru: ru.page }

/** What stands at the top of an edition. */
export function headOf({ number, changes, figures }: EditionRow): EditionHead {
  return {
    number,
    changes: JSON.parse(changes) as EditionChanges | null,
    currency: (JSON.parse(figures) as EditionFigures).currency,
  }
}
