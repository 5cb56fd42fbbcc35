/**
 * Editions: numbered snapshots of a report that never change. One is made whole (run, masked, compared, rendered, packed)
 * and only then written, in one transaction: a run that fails or is killed leaves the last good one as it stood.
 */
import { randomBytes } from 'node:crypto'
import { CancelledError, ConflictError, InputError, NotFoundError } from '../errors.ts'
import { canonicalJson } from '../lib/hash.ts'
import type { Library, LibraryEntry } from '../notebook/library.ts'
import type { Connection, Database } from '../store/database.ts'
import { queueDeliveries, readRecipients } from '../store/deliveries.ts'
import {
  approveEdition,
  deleteEditions,
  type EditionRow,
  insertEdition,
  nextNumber,
  pruneEditions,
  readEdition,
  readEditionPage,
  readEditions,
  readLatestEdition,
  readMergedThemes,
} from '../store/editions.ts'
import { compareFigures, type EditionChanges, type EditionFigures, readFigures } from './edition-figures.ts'
import { type Exposure, measureExposure } from './exposure.ts'
import { type Packed, type PublishParts, pack, renderSnapshot, runMasked } from './publish.ts'
import { packSnapshot } from './snapshot.ts'

export interface EditionsParts extends PublishParts {
  database: Database
  library: Library
  /** Milliseconds since 1970. */
  now(): number
}

export interface EditionRequest {
  notebook: string
  /** Texts of inputs by name; unknown names are left out. */
  values: Readonly<Record<string, string>>
  cause: 'hand' | 'schedule'
  /** Raw personal data that may be on the page: any (`true`), none, or what was confirmed before. */
  confirmed: boolean | Exposure
  approve: boolean
  /** Who wants it; null where nobody is logged in. */
  actor: string | null
}

export interface EditionsPrune {
  notebook: string
  /** How many of the newest stay, of each set of inputs; null: any number. */
  keepLast: number | null
  /** Older ones go; null: none by age. */
  olderThanDays: number | null
}

/** Done in the transaction in which an edition appears. */
export type WithEdition = (connection: Connection, edition: EditionRow) => Promise<unknown>

export interface Editions {
  /** Throws NotFoundError, InputError; ConflictError when a part of the report has no result, or raw data is not confirmed. */
  make(request: EditionRequest, signal: AbortSignal, also?: WithEdition): Promise<EditionRow>
  /** By notebook, the newest first. */
  list(notebook: string | null): Promise<EditionRow[]>
  /** By id, or `NOTEBOOK:NUMBER`. Throws NotFoundError. */
  get(name: string): Promise<EditionRow>
  page(edition: EditionRow): Promise<Packed>
  /** What changed since another edition of the same notebook, by its number; since the one before, if there is one. */
  changes(edition: EditionRow, since: number | null): Promise<EditionChanges | null>
  /** Sets or takes back an approval. Throws NotFoundError. */
  approve(name: string, approved: boolean, actor: string | null): Promise<EditionRow>
  remove(ids: readonly string[]): Promise<number>
  /** Deletes by a rule what nothing holds; returns how many. Throws InputError for a rule that says nothing. */
  prune(rule: EditionsPrune): Promise<number>
}

export const DAY_MS = 86_400_000
/** Others that make editions of the same notebook at the same time: then the next number is tried. */
const TRIES = 5

/** Inputs that a notebook knows and that are not as its file has them, as they are stored: equal sets give equal texts. */
export function inputsKey(
  { notebook }: Pick<LibraryEntry, 'notebook'>,
  values: Readonly<Record<string, string>>,
): string {
  const known = notebook.inputs.flatMap(({ name, default: usual }) => {
    const value = values[name]
    return value === undefined || value === String(usual ?? '') ? [] : [[name, value] as const]
  })
  return canonicalJson(Object.fromEntries(known))
}

export function createEditions(parts: EditionsParts): Editions {
  const { database, library } = parts
  const get = async (name: string): Promise<EditionRow> => {
    const [, notebook, number] = /^(.+):(\d{1,9})$/.exec(name) ?? []
    const found =
      notebook === undefined
        ? await readEdition(database, name)
        : (await readEditions(database, notebook)).find(row => row.number === Number(number))
    if (found) return found
    throw new NotFoundError(`There is no edition “${name.slice(0, 100)}”`, {
      hint: 'Name one by its id, or as NOTEBOOK:NUMBER.',
    })
  }
  const compare = async (figures: EditionFigures, before: EditionRow | null) =>
    before &&
    compareFigures(
      { ...(JSON.parse(before.figures) as EditionFigures), number: before.number, madeAt: before.made_at },
      figures,
      await readMergedThemes(database),
    )
  /** Tells those whom the report's schedules name, unless a later edition is approved already. */
  const tell = async (connection: Connection, edition: EditionRow) => {
    const latest = await readLatestEdition(connection, { ...edition, approved: true })
    if (latest?.edition_id !== edition.edition_id) return
    const recipients = await readRecipients(connection, edition)
    await queueDeliveries(connection, edition, recipients, { moment: parts.moment(), nowMs: parts.now() })
  }
  return {
    make: async (request, signal, also = async () => {}) => {
      const entry = await library.get(request.notebook)
      const inputs = inputsKey(entry, request.values)
      const made = await runMasked(entry, JSON.parse(inputs) as Record<string, string>, parts, signal)
      const { run, hidden, mask, snapshot, parts: having } = made
      refuseStopped(signal)
      refuseFaults(snapshot.outcomes.flatMap(([id, outcome]) => ('result' in outcome ? [] : [id])))
      const figures = await readFigures(having.reader, run.inputs, having.currency, mask, signal)
      const before = await readLatestEdition(database, {
        notebook: request.notebook,
        inputs,
        approved: false,
      })
      const changes = await compare(figures, before)
      const packedSnapshot = await packSnapshot(snapshot)
      for (let tries = 0; tries < TRIES; tries++) {
        refuseStopped(signal)
        const number = await nextNumber(database, request.notebook)
        const html = await renderSnapshot(snapshot, parts, {
          edition: { number, changes, currency: figures.currency },
        })
        const exposure = await measureExposure(run, html, hidden, database)
        refuseRaw(exposure, request.confirmed)
        const { etag, policy, gzip, brotli } = await pack(html)
        const approval = request.approve ? parts.moment() : null
        const edition: EditionRow = {
          edition_id: randomBytes(9).toString('base64url'),
          notebook: request.notebook,
          number,
          title: entry.notebook.title || request.notebook,
          language: entry.notebook.language,
          inputs,
          cause: request.cause,
          made_at: snapshot.generatedAt,
          made_ms: parts.now(),
          made_by: request.actor,
          data_to: snapshot.dataTo,
          exposed: JSON.stringify(exposure),
          figures: JSON.stringify(figures),
          changes: JSON.stringify(changes),
          approved_at: approval,
          approved_by: approval === null ? null : request.actor,
          etag,
          policy,
          bytes: gzip.length,
        }
        const page = {
          edition_id: edition.edition_id,
          gzip: gzip.toString('base64'),
          brotli: brotli.toString('base64'),
          snapshot: packedSnapshot,
        }
        const whole = async (connection: Connection) => {
          if (request.approve) await tell(connection, edition)
          await also(connection, edition)
        }
        if (await insertEdition(database, edition, page, whole)) return edition
      }
      throw new ConflictError('Others make editions of this report at the same time', { hint: 'Try again.' })
    },
    list: notebook => readEditions(database, notebook),
    get,
    page: async ({ edition_id, etag, policy }) => {
      const page = await readEditionPage(database, edition_id)
      if (!page) throw new NotFoundError('This edition is not there any more')
      return {
        etag,
        policy,
        gzip: Buffer.from(page.gzip, 'base64'),
        brotli: Buffer.from(page.brotli, 'base64'),
      }
    },
    changes: async (edition, since) => {
      if (since === null) return JSON.parse(edition.changes) as EditionChanges | null
      const before = await get(`${edition.notebook}:${since}`)
      return compare(JSON.parse(edition.figures) as EditionFigures, before)
    },
    approve: async (name, approved, actor) => {
      const edition = await get(name)
      await database.transaction(async connection => {
        const approval = approved ? { at: parts.moment(), by: actor } : null
        await approveEdition(connection, edition.edition_id, approval)
        if (approved) await tell(connection, edition)
      })
      return get(edition.edition_id)
    },
    remove: ids => database.transaction(connection => deleteEditions(connection, ids)),
    prune: async ({ notebook, keepLast, olderThanDays }) => {
      if (keepLast === null && olderThanDays === null)
        throw new InputError('Say how many editions to keep, or from which age on they go')
      const before = olderThanDays === null ? null : parts.now() - olderThanDays * DAY_MS
      const gone = await database.transaction(connection =>
        pruneEditions(connection, { notebook, inputs: null, keepLast, before }, parts.now()),
      )
      return gone.length
    },
  }
}

function refuseStopped(signal: AbortSignal): void {
  if (signal.aborted) throw new CancelledError('Stopped before the edition was made')
}

/** An edition is whole: a part that could not be made would stand there for good. */
function refuseFaults(blocks: readonly string[]): void {
  if (blocks.length === 0) return
  throw new ConflictError(`No edition was made: without a result are ${blocks.join(', ')}`, {
    hint: 'Open the report: each part says what is wrong. The last edition stays up.',
    details: { blocks },
  })
}

function refuseRaw(exposure: Exposure, confirmed: boolean | Exposure): void {
  if (confirmed === true) return
  const kinds = Object.entries(exposure.raw).filter(
    ([kind, n]) => n > (confirmed === false ? 0 : (confirmed.raw[kind] ?? 0)),
  )
  if (kinds.length === 0) return
  throw new ConflictError(
    `The page holds personal data that masking did not hide: ${kinds.map(([kind, n]) => `${kind} ${n}`).join(', ')}`,
    {
      hint: 'It may stand in the notebook’s own text. Take it out, or confirm that readers may see it.',
      details: { exposure },
    },
  )
}
