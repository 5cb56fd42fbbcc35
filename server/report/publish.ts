/** A notebook run and rendered for others: always masked, with what it shows counted. */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { sha256 } from '../lib/hash.ts'
import type { Language } from '../lib/locale.ts'
import type { LibraryEntry } from '../notebook/library.ts'
import { type RunParts, type RunResult, runNotebook } from '../notebook/run.ts'
import type { Connection } from '../store/database.ts'
import { readSources } from '../store/source-names.ts'
import type { ChartDrawer } from './chart-svg.ts'
import { type Exposure, measureExposure } from './exposure.ts'
import { type ReportOptions, renderReport } from './html.ts'
import type { Mask } from './mask-output.ts'
import { createMask } from './masking.ts'
import { type ReaderField, type ReaderKeys, type ReaderMode, readerFields } from './reader-inputs.ts'
import { masked, runOf, type Snapshot, takeSnapshot } from './snapshot.ts'

export interface PublishParts {
  database: Connection
  runParts(): Promise<RunParts>
  charts?: ChartDrawer
  /** Now, `YYYY-MM-DD HH:MM:SS` in the company's time zone. */
  moment(): string
}

export interface Published {
  title: string
  language: Language
  html: string
  exposure: Exposure
  snapshot: Snapshot
  /** What readers may change, where inputs are open to them. */
  form: { fields: ReaderField[]; keys: ReaderKeys }
}

/** What readers may do with the inputs. */
export interface ReaderUse {
  mode: ReaderMode
  /** Texts of inputs as the link has them. */
  own: Readonly<Record<string, string>>
  salt: string
}

/** Runs and renders. Throws InputError for an input that can't be taken, CancelledError when stopped. */
export async function publish(
  entry: Pick<LibraryEntry, 'notebook'>,
  values: Readonly<Record<string, string>>,
  parts: PublishParts,
  signal: AbortSignal,
  reader: ReaderUse = { mode: 'locked', own: values, salt: '' },
): Promise<Published> {
  const { run, hidden, snapshot, mask } = await runMasked(entry, values, parts, signal)
  const { notebook } = entry
  const { mode, own, salt } = reader
  const form =
    mode === 'open'
      ? readerFields({ notebook, run, values, own, mask, salt })
      : { fields: [], keys: new Map() }
  const html = await renderSnapshot(snapshot, parts, {
    inputs: mode === 'open' ? { fields: form.fields } : mode,
  })
  const exposure = await measureExposure(run, html, hidden, parts.database)
  const { title, language } = notebook
  return { title, language, html, exposure, snapshot, form }
}

export interface MaskedRun {
  /** As it came, nothing in it masked. */
  run: RunResult
  parts: RunParts
  mask: Mask
  hidden: ReadonlyMap<string, number>
  snapshot: Snapshot
}

/** Runs a notebook and takes its snapshot. Throws as `publish`. */
export async function runMasked(
  { notebook }: Pick<LibraryEntry, 'notebook'>,
  values: Readonly<Record<string, string>>,
  parts: PublishParts,
  signal: AbortSignal,
): Promise<MaskedRun> {
  const having = await parts.runParts()
  const run = await runNotebook({ id: 'share', notebook, values, signal, emit: () => {} }, having)
  const { mask, hidden } = await createMask(run, notebook.language, parts.database)
  const snapshot = takeSnapshot(notebook, run, mask, {
    currency: having.currency,
    generatedAt: parts.moment(),
    dataTo: having.today,
    sources: await readSources(parts.database),
  })
  return { run, parts: having, mask, hidden, snapshot }
}

/** The page of a snapshot, as it is served: its faces are fetched from the server. */
export function renderSnapshot(
  snapshot: Snapshot,
  { charts }: Pick<PublishParts, 'charts'>,
  more: Pick<ReportOptions, 'edition' | 'fonts' | 'inputs'> = {},
): Promise<string> {
  const { notebook, currency, generatedAt, dataTo } = snapshot
  return renderReport(notebook, runOf(snapshot), {
    currency,
    generatedAt,
    dataTo,
    mask: masked,
    fonts: 'link',
    ...(charts && { charts }),
    ...more,
  })
}

/** A page as it is sent: compressed once, with what its headers need. */
export interface Packed {
  /** Hash of the content, without quotes. */
  etag: string
  /** The value of Content-Security-Policy. */
  policy: string
  gzip: Buffer
  brotli: Buffer
}

const [toGzip, toBrotli] = [promisify(gzip), promisify(brotliCompress)]

/** Compresses as far as it goes: a page is packed once and sent many times. */
export async function pack(html: string): Promise<Packed> {
  const bytes = Buffer.from(html)
  const meta = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)![1]!
  const [gzipped, brotli] = await Promise.all([
    toGzip(bytes, { level: 9 }),
    toBrotli(bytes, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  ])
  return {
    etag: sha256(bytes).slice(0, 32),
    // A frame around the page can't be forbidden by the page itself.
    policy: `${meta}; frame-ancestors 'none'`,
    gzip: gzipped,
    brotli,
  }
}
