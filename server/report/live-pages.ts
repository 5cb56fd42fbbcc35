/**
 * Pages of live links: made when they are asked for, made again when the facts or the notebook changed, and, where readers
 * may choose inputs, once for each choice. Bounded: a link keeps a few choices, and makes one page at a time.
 */
import { LimitError, UnavailableError } from '../errors.ts'
import type { LibraryEntry } from '../notebook/library.ts'
import type { ShareRow } from '../store/shares.ts'
import { decorate } from './decorate.ts'
import type { Exposure } from './exposure.ts'
import { type Packed, pack, publish } from './publish.ts'
import { type ReaderKeys, readChosen, readerMode, toQuery } from './reader-inputs.ts'
import type { SharesParts } from './shares.ts'
import type { Snapshot } from './snapshot.ts'

export interface LivePage {
  page: Packed
  snapshot: Snapshot
  keys: ReaderKeys
}

export interface LivePages {
  /** The page for a reader's choice, `null` as the link was made. Throws UnavailableError, LimitError. */
  get(share: ShareRow, query: URLSearchParams | null): Promise<LivePage>
  /** Looks at the data anew when it is next asked. */
  forget(): void
}

/** Milliseconds that a page is taken for fresh, and that one may take to make. */
const FRESH = 2_000
const LIVE_TIME = 60_000
/** Choices kept of a link, links kept, and pages that wait for their turn. */
const CHOICES = 12
const LINKS = 200
const QUEUE = 6

interface Slot {
  values: Readonly<Record<string, string>>
  made: LivePage | null
  entry: LibraryEntry | null
  /** Versions of tables that it was made from. */
  madeFrom: string
  freshAt: number
  making: Promise<LivePage> | null
}

interface Link {
  slots: Map<string, Slot>
  waiting: number
  tail: Promise<unknown>
}

export function createLivePages(parts: SharesParts): LivePages {
  const { database, library, now } = parts
  const links = new Map<string, Link>()
  const linkOf = (id: string): Link => {
    const link = links.get(id) ?? { slots: new Map(), waiting: 0, tail: Promise.resolve() }
    links.delete(id)
    links.set(id, link)
    if (links.size > LINKS) links.delete(links.keys().next().value!)
    return link
  }
  const slotOf = ({ slots }: Link, values: Readonly<Record<string, string>>): Slot => {
    const key = JSON.stringify(values)
    const slot = slots.get(key) ?? {
      values,
      made: null,
      entry: null,
      madeFrom: '',
      freshAt: 0,
      making: null,
    }
    slots.delete(key)
    slots.set(key, slot)
    if (slots.size > CHOICES) slots.delete(slots.keys().next().value!)
    return slot
  }
  const make = async (share: ShareRow, slot: Slot): Promise<LivePage> => {
    const entry = await library.get(share.notebook)
    const madeFrom = JSON.stringify([...(await database.versions())].sort())
    if (!slot.made || slot.entry !== entry || slot.madeFrom !== madeFrom) {
      // Whoever asked first may leave: the others still wait for it.
      const signal = AbortSignal.timeout(LIVE_TIME)
      const own = JSON.parse(share.inputs) as Record<string, string>
      const mode = readerMode(share)
      const { html, exposure, snapshot, form } = await publish(entry, slot.values, parts, signal, {
        mode,
        own,
        salt: share.share_id,
      })
      refuseMore(exposure, JSON.parse(share.exposed) as Exposure)
      const decorated = decorate(html, {
        language: entry.notebook.language,
        files: share.downloads === 1 ? snapshot : null,
        query: mode === 'open' ? toQuery(form.fields) : '',
      })
      Object.assign(slot, {
        made: { page: await pack(decorated), snapshot, keys: form.keys },
        entry,
        madeFrom,
      })
    }
    slot.freshAt = now()
    return slot.made!
  }
  const fresh = async (share: ShareRow, link: Link, slot: Slot): Promise<LivePage> => {
    if (slot.made && now() - slot.freshAt < FRESH) return slot.made
    if (!slot.making) {
      if (link.waiting >= QUEUE)
        throw new LimitError('Too many choices of this report are being made', {
          hint: 'Try again in a minute.',
        })
      link.waiting++
      slot.making = link.tail
        .then(() => make(share, slot))
        .finally(() => {
          link.waiting--
          slot.making = null
        })
      link.tail = slot.making.catch(() => {})
    }
    return slot.making
  }
  return {
    forget: () => {
      for (const { slots } of links.values()) for (const slot of slots.values()) slot.freshAt = 0
    },
    get: async (share, query) => {
      const link = linkOf(share.share_id)
      const own = JSON.parse(share.inputs) as Record<string, string>
      const usual = await fresh(share, link, slotOf(link, own))
      if (query === null || readerMode(share) !== 'open') return usual
      const { notebook } = await library.get(share.notebook)
      return fresh(share, link, slotOf(link, readChosen(query, notebook, usual.keys, own)))
    },
  }
}

/** New data may hold what nobody confirmed. */
function refuseMore(exposure: Exposure, confirmed: Exposure): void {
  if (Object.entries(exposure.raw).some(([kind, n]) => n > (confirmed.raw[kind] ?? 0)))
    throw new UnavailableError('New data brought personal data that its author has not confirmed')
}
