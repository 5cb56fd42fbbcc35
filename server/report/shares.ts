/**
 * Links to reports: made, listed, turned and ended by their author. A token is told once, when it is made; an old one never
 * comes back. `frozen` keeps the page as it is; `live` keeps how to make it.
 */
import { ConflictError, InputError, NotFoundError } from '../errors.ts'
import { sha256 } from '../lib/hash.ts'
import type { Library } from '../notebook/library.ts'
import type { Database } from '../store/database.ts'
import {
  insertShare,
  readShare,
  readShares,
  readViews,
  replaceToken,
  revokeShares,
  type ShareRow,
} from '../store/shares.ts'
import type { Exposure } from './exposure.ts'
import { type PublishParts, pack, publish } from './publish.ts'
import { hashPassword, makeShareId, makeToken } from './share-secrets.ts'

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
  mode: 'frozen' | 'live'
  /** `30d`, `12h`, `2w` or `never`. */
  expires: string
  password: string | null
  /** Whether its author has seen what raw personal data is on the page and wants it there. */
  confirmed: boolean
}

export interface MadeShare {
  share: ShareRow
  token: string
  exposure: Exposure
}

export interface Shares {
  /** What readers would see. Throws NotFoundError, InputError. */
  preview(request: Pick<ShareRequest, 'notebook' | 'values'>, signal: AbortSignal): Promise<Exposure>
  /** Throws NotFoundError, InputError; ConflictError, with the exposure, when raw data is not confirmed. */
  create(request: ShareRequest, signal: AbortSignal): Promise<MadeShare>
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
  const made = async (
    { notebook, values }: Pick<ShareRequest, 'notebook' | 'values'>,
    signal: AbortSignal,
  ) => {
    const entry = await library.get(notebook)
    const known = entry.notebook.inputs.flatMap(({ name }) =>
      values[name] === undefined ? [] : [[name, values[name]] as const],
    )
    const inputs = Object.fromEntries(known)
    return { inputs, published: await publish(entry, inputs, parts, signal) }
  }
  return {
    preview: async (request, signal) => (await made(request, signal)).published.exposure,
    create: async (request, signal) => {
      const lifetime = parseLifetime(request.expires)
      const password = request.password === null ? null : await hashPassword(request.password)
      const { inputs, published } = await made(request, signal)
      const { title, language, html, exposure } = published
      refuseRaw(exposure, request.confirmed)
      const token = makeToken()
      const share: ShareRow = {
        share_id: makeShareId(),
        token_hash: sha256(token),
        notebook: request.notebook,
        title,
        language,
        mode: request.mode,
        inputs: JSON.stringify(inputs),
        password,
        exposed: JSON.stringify(exposure),
        created_at: parts.moment(),
        expires_ms: lifetime === null ? null : parts.now() + lifetime,
        revoked_at: null,
        views: 0,
        last_view_at: null,
      }
      if (request.mode === 'live') await insertShare(database, share, null)
      else {
        const { etag, policy, gzip, brotli } = await pack(html)
        await insertShare(database, share, {
          share_id: share.share_id,
          made_at: share.created_at,
          etag,
          policy,
          gzip: gzip.toString('base64'),
          brotli: brotli.toString('base64'),
        })
      }
      return { share, token, exposure }
    },
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
