/**
 * Links to reports: made, listed, turned and ended by their author. A token is told once, when it is made; an old one never
 * comes back. `frozen` keeps the page as it is; `live` keeps how to make it; `edition` opens the latest approved edition
 * of a report, or one that it names.
 */
import { ConflictError, InputError, NotFoundError } from '../errors.ts'
import { sha256 } from '../lib/hash.ts'
import { hashPassword, makeId, makeToken } from '../lib/secrets.ts'
import type { Library } from '../notebook/library.ts'
import type { Database } from '../store/database.ts'
import { type EditionRow, readLatestEdition } from '../store/editions.ts'
import {
  insertShare,
  readShare,
  readShares,
  readViews,
  replaceToken,
  revokeShares,
  type SharePageRow,
  type ShareRow,
} from '../store/shares.ts'
import { inputsKey } from './editions.ts'
import type { Exposure } from './exposure.ts'
import { type PublishParts, pack, publish } from './publish.ts'
import type { ReaderMode } from './reader-inputs.ts'
import { packSnapshot, type Snapshot } from './snapshot.ts'

export interface SharesParts extends PublishParts {
  database: Database
  library: Library
  /** Milliseconds since 1970. */
  now(): number
}

export interface ShareRequest {
  notebook: string
  /** Texts of inputs by name; unknown names are left out. */
  values: Readonly<Record<string, string>>
  mode: 'frozen' | 'live' | 'edition'
  /** `30d`, `12h`, `2w` or `never`. */
  expires: string
  password: string | null
  /** Whether its author has seen what raw personal data is on the page and wants it there. */
  confirmed: boolean
  /** Whether readers may take files. */
  downloads: boolean
  /** `open`: readers may change the inputs of a live link, within their declared choices. */
  readerInputs: ReaderMode
  /** The name of who makes it; null where nobody logs in. */
  author: string | null
}

/** Of a link to one edition. */
export type EditionShare = Pick<ShareRequest, 'expires' | 'password' | 'author'> & { downloads?: boolean }

export interface MadeShare {
  share: ShareRow
  token: string
  exposure: Exposure
}

export interface Shares {
  /** What readers would see. Throws NotFoundError, InputError. */
  preview(request: Pick<ShareRequest, 'notebook' | 'values'>, signal: AbortSignal): Promise<Exposure>
  /** The same; throws ConflictError, with the exposure, when raw data is on the page and not confirmed. */
  check(
    request: Pick<ShareRequest, 'notebook' | 'values' | 'confirmed'>,
    signal: AbortSignal,
  ): Promise<Exposure>
  /** Throws NotFoundError, InputError; ConflictError, with the exposure, when raw data is not confirmed. */
  create(request: ShareRequest, signal: AbortSignal): Promise<MadeShare>
  /** A link to one edition, approved or not: whoever makes it has it before their eyes. */
  createFor(edition: EditionRow, request: EditionShare): Promise<MadeShare>
  /** The newest first; ended ones too. */
  list(): Promise<ShareRow[]>
  /** The last minutes in which it was looked at. Throws NotFoundError. */
  views(id: string): Promise<{ minute: string; views: number }[]>
  /** A new token in the old one's place. Throws NotFoundError, ConflictError for one that was ended. */
  rotate(id: string): Promise<string>
  /** Ends those that are open; returns how many. */
  revoke(ids: readonly string[]): Promise<number>
}

const VIEWS_LISTED = 100
const UNITS = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const
const LONGEST = 10 * 366 * UNITS.d

/** Milliseconds of `30d`, `12h` or `2w`; null for `never`. Throws InputError. */
export function parseLifetime(text: string): number | null {
  if (text === 'never') return null
  const [, count, unit] = /^(\d{1,5})([hdw])$/.exec(text) ?? []
  const ms = Number(count) * UNITS[unit as keyof typeof UNITS]
  if (!(ms > 0 && ms <= LONGEST))
    throw new InputError(`“${text.slice(0, 40)}” is not a time for a link to live`, {
      hint: 'Write 12h, 30d, 2w (ten years at most) or never.',
    })
  return ms
}

export function createShares(parts: SharesParts): Shares {
  const { database, library } = parts
  const keep = async (
    what: Shown,
    request: EditionShare & { readerInputs?: ReaderMode },
  ): Promise<MadeShare> => {
    const lifetime = parseLifetime(request.expires)
    const password = request.password === null ? null : await hashPassword(request.password)
    const token = makeToken()
    const share: ShareRow = {
      share_id: makeId(),
      token_hash: sha256(token),
      notebook: what.notebook,
      title: what.title,
      language: what.language,
      mode: what.mode,
      inputs: what.inputs,
      password,
      exposed: JSON.stringify(what.exposure),
      created_at: parts.moment(),
      expires_ms: lifetime === null ? null : parts.now() + lifetime,
      revoked_at: null,
      views: 0,
      last_view_at: null,
      edition_id: what.edition ?? null,
      downloads: request.downloads ? 1 : 0,
      reader_inputs: request.readerInputs ?? 'locked',
      author: request.author,
    }
    await insertShare(database, share, what.page ? await packPage(share, what.page) : null)
    return { share, token, exposure: what.exposure }
  }
  const made = async (
    {
      notebook,
      values,
      readerInputs,
    }: Pick<ShareRequest, 'notebook' | 'values'> & { readerInputs?: ReaderMode },
    signal: AbortSignal,
  ) => {
    const entry = await library.get(notebook)
    const inputs = inputsKey(entry, values)
    const own = JSON.parse(inputs) as Record<string, string>
    const mode = readerInputs ?? 'locked'
    const published = await publish(entry, own, parts, signal, { mode, own, salt: '' })
    return { inputs, published }
  }
  const latest = async ({ notebook, values }: ShareRequest): Promise<EditionRow> => {
    const inputs = inputsKey(await library.get(notebook), values)
    const edition = await readLatestEdition(database, { notebook, inputs, approved: true })
    if (edition) return edition
    throw new ConflictError('This report has no approved edition with these filters yet', {
      hint: 'Make an edition and approve it first.',
    })
  }
  const shownOf = (edition: EditionRow, one: boolean): Shown => ({
    ...edition,
    mode: 'edition',
    exposure: JSON.parse(edition.exposed) as Exposure,
    ...(one && { edition: edition.edition_id }),
  })
  return {
    preview: async (request, signal) => (await made(request, signal)).published.exposure,
    check: async (request, signal) => {
      const { exposure } = (await made(request, signal)).published
      refuseRaw(exposure, request.confirmed)
      return exposure
    },
    create: async (request, signal) => {
      // Before the work: what is wrong with them needs no page to be made.
      parseLifetime(request.expires)
      if (request.readerInputs === 'open' && request.mode !== 'live')
        throw new InputError('Only a live report can be asked with other filters', {
          hint: 'Make the link live, or lock its filters.',
        })
      if (request.mode === 'edition') return keep(shownOf(await latest(request), false), request)
      const { inputs, published } = await made(request, signal)
      const { exposure, html, snapshot } = published
      refuseRaw(exposure, request.confirmed)
      const { notebook, mode } = request
      return keep(
        { ...published, notebook, mode, inputs, ...(mode === 'frozen' && { page: { html, snapshot } }) },
        request,
      )
    },
    createFor: (edition, request) => keep(shownOf(edition, true), request),
    list: () => readShares(database),
    views: async id => {
      if (!(await readShare(database, id))) throw missing()
      return readViews(database, id, VIEWS_LISTED)
    },
    rotate: async id => {
      const token = makeToken()
      if (await replaceToken(database, id, sha256(token))) return token
      if (!(await readShare(database, id))) throw missing()
      throw new ConflictError('This link was revoked and can’t be opened again', { hint: 'Make a new one.' })
    },
    revoke: ids => revokeShares(database, ids, parts.moment()),
  }
}

/** What a link shows. */
interface Shown {
  notebook: string
  title: string
  language: string
  mode: string
  inputs: string
  exposure: Exposure
  /** One edition by its id. */
  edition?: string
  /** Of a frozen one. */
  page?: { html: string; snapshot: Snapshot }
}

async function packPage(
  { share_id, created_at }: ShareRow,
  { html, snapshot }: { html: string; snapshot: Snapshot },
): Promise<SharePageRow> {
  const [{ etag, policy, gzip, brotli }, packed] = await Promise.all([pack(html), packSnapshot(snapshot)])
  return {
    share_id,
    made_at: created_at,
    etag,
    policy,
    gzip: gzip.toString('base64'),
    brotli: brotli.toString('base64'),
    snapshot: packed,
  }
}

const missing = () => new NotFoundError('There is no such link')

function refuseRaw(exposure: Exposure, confirmed: boolean): void {
  const kinds = Object.entries(exposure.raw)
  if (kinds.length === 0 || confirmed) return
  throw new ConflictError(
    `The page holds personal data that masking did not hide: ${kinds.map(([kind, n]) => `${kind} ${n}`).join(', ')}`,
    {
      hint: 'It may stand in the notebook’s own text. Take it out, or confirm that readers may see it.',
      details: { exposure },
    },
  )
}
