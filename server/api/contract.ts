/**
 * What the server and the browser say to each other. Browser-safe, and the only server file that `web/` imports: types
 * of requests, responses and events, and the pure helpers that both sides must share to write a number alike.
 *
 * JSON under `/api`; an error is always `{ error: ErrorShape }`; runs and jobs are followed as server-sent events whose
 * `data` is one event of the unions below.
 */
import type { ErrorShape } from '../errors.ts'
import type { Audience } from '../insight/audience.ts'
import type { AudienceRule } from '../insight/audience-rules.ts'
import type { Job } from '../jobs/job.ts'
import type { InputValue, Language } from '../notebook/cell.ts'
import type { Block, CellError, InputSpec, RunEvent } from '../notebook/model.ts'
import type { Quote, SpanRef } from '../notebook/output.ts'
import type { RetainedKind } from '../privacy/retention.ts'
import type { EditionChanges } from '../report/edition-figures.ts'
import type { Exposure } from '../report/exposure.ts'
import type { Message } from '../sources/messages.ts'

export type { ErrorShape } from '../errors.ts'
/**
 * POST /api/audiences/export {rule, platform, hashed, identifier, country}: the file, as an attachment. GET
 * /api/audiences/exports: who took which, the newest first. POST /api/audiences/size {rule} answers AudienceSize.
 */
export { brokenRules, countAd } from '../insight/ad-check.ts'
export type { AudienceRule } from '../insight/audience-rules.ts'
/** GET /api/brief?deal=ID or ?client=ID: what to know before a call. */
export type { Brief } from '../insight/brief.ts'
/** GET /api/personas/edits: the log, the newest first. POST makes a PersonaEdit, answers {id}; DELETE …/:id undoes it. */
/**
 * GET /api/faq?states=missing,poor&limit=: drafts; /api/faq/THEME: one or null; POST /api/faq/edits {action: write or status, …};
 * GET /api/faq/faq.md and /api/faq/faq.json (JSON-LD) ?which=published or written: files.
 */
export type { FaqDraft } from '../insight/faq-drafts.ts'
export type { LoggedPersonaEdit, PersonaEdit } from '../insight/persona-edits.ts'
export type { Job } from '../jobs/job.ts'
export * from '../lib/locale.ts'
export type { FaqEdit, FaqStatus, LoggedFaqEdit } from '../mining/faq-edits.ts'
export type { CellResult, InputValue } from '../notebook/cell.ts'
export { formatScalar } from '../notebook/format-scalar.ts'
export type { Block, CellError, CellState, InputSpec, RunEvent } from '../notebook/model.ts'
export type * from '../notebook/output.ts'
export type { RetainedKind } from '../privacy/retention.ts'
export type { EditionChanges, Figure, FigureId, ThemeChange } from '../report/edition-figures.ts'
export type { Exposure } from '../report/exposure.ts'
export type { Message, MessageCode } from '../sources/messages.ts'
export type * from './contract-accounts.ts'

export interface ErrorResponse {
  error: ErrorShape
}

/** GET /api/status */
export interface Status {
  version: string
  language: Language
  currency: string
  timeZone: string
  database: 'sqlite' | 'postgres'
  /** The last day that the facts know; null while there are none. */
  today: string | null
  /** Whether nothing has been loaded yet. */
  empty: boolean
  tables: TableStatus[]
  mining: MiningStatus
}

export interface TableStatus {
  name: string
  rows: number
  /** First and last day, where the table is dated. */
  from: string | null
  to: string | null
}

export interface MiningStatus {
  /** Which likeness stands behind the themes. */
  engine: string
  mentions: number
  assigned: number
  waiting: number
  /** Conversations that came or changed since the last mining. */
  unread: number
}

/** GET /api/notebooks */
export interface NotebookSummary {
  id: string
  title: string
  description: string
  language: Language
  cells: number
  /** Comes with Verbatim; one's own copy of the same id stands in its place. */
  bundled: boolean
}

/**
 * GET /api/notebooks/:id. GET /api/notebooks/:id/report.html, .md, .pdf, .xlsx and …/tables.zip are its report as a file,
 * …/charts/:block/:n.svg (.png, .json) the n-th chart of a block, …/as-reader the page that a link would show, all with the
 * inputs as query parameters; …/notebook.md is its own file.
 */
export interface NotebookDocument {
  id: string
  title: string
  description: string
  language: Language
  bundled: boolean
  inputs: InputSpec[]
  /** What each select offers, by input; absent when it could not be read. */
  choices: Record<string, { value: string; label: string }[]>
  blocks: Block[]
  errors: CellError[]
}

/**
 * GET /api/notebooks/:id/source, and the answer of a save. PUT /api/notebooks/:id {text, revision}: saves; 409 with
 * ConflictDetails when the file changed after that revision. PATCH /api/notebooks/:id {title}: renames.
 * POST /api/notebooks {title, language, from?, text?}: makes one, empty, of another's text or of a text given.
 * DELETE /api/notebooks/:id: into the bin, answers {entry}. POST /api/bin/:entry: takes it back.
 */
export interface NotebookSource {
  id: string
  text: string
  /** Names the text. */
  revision: string
  bundled: boolean
  blocks: Block[]
  errors: CellError[]
}

/** Details of the error with which a save is refused. */
export interface ConflictDetails {
  mine: string
  theirs: string
  /** Of theirs. */
  revision: string
}

/** GET /api/notebooks/:id/versions: the newest first. GET /api/notebooks/:id/versions/:version answers {text, blocks}. */
export interface NotebookVersion {
  id: string
  savedAt: string
}

/** GET /api/bin: deleted notebooks, the last one first. */
export interface BinnedNotebook {
  entry: string
  id: string
  deletedAt: string
}

/** GET /api/kinds: cell kinds that can be added. */
export interface KindSummary {
  kind: string
  body: 'sql' | 'yaml'
  /** A body that works. */
  example: string
  /** JSON Schema of the options as they are written; null for SQL. */
  schema: object | null
}

/**
 * GET /api/choices/:from?language=: what an option may be, where its schema says `choices: from`. `source`, `product`,
 * `city`, `profile`, `stage`, `persona`: of the data, the most frequent first; `field`, `metric`: of the program.
 */
export interface Choice {
  value: string
  label: string
}

/** POST /api/runs: starts one. Inputs as texts by name (`last 90 days`, `2026-01-01..2026-03-31`, `a,b`). */
export interface RunRequest {
  notebook: string
  values: Record<string, string>
}
export interface RunStarted {
  run: string
  inputs: Record<string, InputValue>
}
/**
 * GET /api/runs/:run/events: RunEvent from the first on (or after `Last-Event-ID`), then as they come; 204 once all was
 * said, so that an EventSource stops asking. DELETE /api/runs/:run cancels it. A run that nobody follows any more ends.
 */
export type RunMessage = RunEvent

/**
 * POST /api/imports: multipart `file`, and before it, optional, `as`, `map` (JSON {column: field}), `system`, `dryRun`.
 * Answers when the file has been read; meanwhile it is a job of kind `import`, which goes on even when the asker leaves,
 * and mining follows it.
 */
export interface ImportReport {
  source: string
  format: string
  kind: string
  mapping: { column: string; field: string | null }[]
  rowsRead: number
  rowsNew: number
  rowsChanged: number
  rowsUnchanged: number
  rowsRejected: number
  preview: Record<string, unknown>[]
  rowsErased: number
  rejects: { line: number; reason: string; why: Message }[]
  /** In English; `messages` are the same for saying them in any language. */
  notes: string[]
  messages: Message[]
}

/** GET /api/imports: the newest first. */
export interface ImportRecord {
  id: number
  source: string
  kind: string
  format: string
  rowsRead: number
  rowsNew: number
  rowsChanged: number
  rowsRejected: number
  /** Of clients who were erased, passed over. */
  rowsErased: number
  startedAt: string
  finishedAt: string | null
}

/** GET /api/rejects?import=&limit=&offset= */
export interface RejectPage {
  total: number
  rejects: RejectLine[]
}
export interface RejectLine {
  id: string
  import: number
  source: string
  line: number | null
  /** In English; `why` says it in any language, null for rows of an earlier version. */
  reason: string
  why: Message | null
  raw: string | null
  madeAt: string
  /** How it was read, for putting it right; null where only its file can be mended. */
  reading: { kind: string; columns: { column: string; field: string | null }[]; cells: string[] } | null
}

/**
 * POST /api/rejects/retry {ids, cells?, map?}: `cells` of one row, in the order of its columns; `map` {column: field} for all
 * of them. A row is a reject no more only when it is stored.
 */
export interface RejectsRetried {
  taken: string[]
  left: { id: string; reason: string; why: Message }[]
}

/** GET /api/imports/fields: what a column may be read as, by the kind of data. */
export type ImportFields = Record<string, string[]>

/**
 * GET /api/retention: days that each kind of data is kept (null: without end), and how much is over. PUT sets all days; POST
 * /preview tells what would be over with others; POST /apply removes what is over, which the server does once a day.
 */
export interface RetentionState {
  days: Record<RetainedKind, number | null>
  over: Partial<Record<RetainedKind, number>>
}

/** GET /api/schema/:table/samples: some values of each column, masked. */
export interface ColumnSample {
  name: string
  values: string[]
}

/**
 * GET /api/pages: sections of landing pages and FAQ in their order. POST adds {url, kind, heading, text, publishedAt}, PUT
 * /api/pages/:id changes it, DELETE removes it; POST /api/pages/order {ids} puts sections into an order.
 */
export interface PageSection {
  id: string
  url: string | null
  kind: string
  position: number
  heading: string | null
  text: string
  /** From when visitors see the text, where known. */
  publishedAt: string | null
}

/** POST /api/pages/fetch {url, kind, take}: a page's sections; with `take` they are stored too. */
export interface FetchedPage {
  url: string
  sections: { heading: string | null; text: string }[]
  taken: { added: number; changed: number } | null
}

/** POST /api/erasures/preview {client}: what an erasure would remove, by table and place. Nothing is changed. */
export interface ErasurePlan {
  alias: number
  counts: Record<string, number>
  /** Numbers of other clients with the same phone or e-mail. */
  alike: number[]
}

/**
 * POST /api/erasures {client, alias} erases; `alias` is the number that the preview showed. GET /api/erasures: the newest
 * first. Holds no personal data.
 */
export interface ErasureCertificate {
  id: string
  alias: number
  author: string | null
  madeAt: string
  finishedAt: string | null
  counts: Record<string, number>
}

/** GET /api/schema: what a notebook may read. */
export interface SchemaTable {
  name: string
  columns: { name: string; type: 'text' | 'integer' | 'real' }[]
}

/** GET /api/conversations/:client/:conversation */
export interface Conversation {
  client_id: string
  conversation_id: string
  /** The client's number, never a name. */
  alias: number
  kind: string
  direction: string | null
  startedAt: string | null
  durationS: number | null
  manager: string | null
  source: string | null
  deal: {
    title: string | null
    status: string
    stage: string | null
    amount: number | null
    currency: string | null
  } | null
  turns: Turn[]
}

export interface Turn {
  n: number
  speaker: 'client' | 'agent' | 'note'
  start_ms: number | null
  text: string
  /** What mining found in it. */
  marks: { from: number; to: number; kind: string; theme: string | null }[]
}

/** The address of a quote's conversation, with the quote marked. */
export function conversationPath(ref: SpanRef): string {
  const [client, conversation] = [ref.client_id, ref.conversation_id].map(encodeURIComponent)
  return `/conversations/${client}/${conversation}?n=${ref.n}&from=${ref.from}&to=${ref.to}`
}

/** GET /api/themes?kind=&topic=&status=&all=&limit=: the catalogue, by falling number of clients. */
export interface Catalogue {
  themes: ThemeLine[]
  coverage: { kind: string; mentions: number; assigned: number; waiting: number; few: number; bare: number }[]
}

export interface ThemeLine {
  theme_id: string
  kind: string
  label: string
  /** What the machine called it. */
  machine_label: string
  topic: string
  status: string
  hidden: boolean
  /** The older theme that it was merged into. */
  alias_of: string | null
  clients: number
  mentions: number
  first_day: string | null
  last_day: string | null
}

/** A theme with its evidence. GET /api/themes/:id: one, merged and hidden ones too. */
export interface TableTheme extends ThemeLine {
  /** answered, poor, missing or unsure; null where mining has not compared it with pages. */
  faq: string | null
  /** Distinct clients with a won deal, and with a lost one and none won. */
  won: number
  lost: number
  /** Distinct clients by month: the last twelve months of the kind, zeros too. */
  trend: { label: string; clients: number }[]
}

/**
 * GET /api/themes/table?kind=&topic=&status=&faq=&search=&hidden=&sort=&reverse=&limit=&offset=: a page of the themes of a
 * kind, and how many there are in all. `sort`: clients, won, lost, growth, last, label.
 */
export interface ThemeTable {
  total: number
  themes: TableTheme[]
}

/** GET /api/themes/coverage: how much of what clients said stands in themes; kinds with nothing said are zeros. */
export interface CatalogueCoverage {
  /** Distinct clients who ever got in touch: what shares are of. */
  clients: number
  kinds: {
    kind: 'question' | 'value' | 'objection'
    mentions: number
    assigned: number
    waiting: number
    /** Of those that wait: said by too few clients alike, and without a word that tells. */
    few: number
    bare: number
    /** Themes that are shown, and that are hidden. */
    themes: number
    hidden: number
  }[]
}

/**
 * GET /api/themes/:id/mentions?search=&limit=&offset=: quotes, the most central first; `waiting-question`, `waiting-value`,
 * `waiting-objection` for those that wait.
 */
export interface ThemeMention extends Quote {
  day: string | null
  score: number | null
}

/** A mention by its place, as edits name it. */
export interface MentionRef {
  client_id: string
  conversation_id: string
  n: number
  from: number
}

/** POST /api/themes/edits: makes one. DELETE /api/themes/edits/:id: undoes it. */
export interface EditMade {
  id: number
  /** The theme that a split made, or the one that a merge left. */
  theme: string | null
}
export type ThemeEdit =
  | { action: 'rename'; theme: string; label: string }
  | { action: 'topic'; theme: string; topic: string }
  | { action: 'status'; theme: string; status: string }
  | { action: 'hide'; theme: string; hidden: boolean }
  | { action: 'merge'; themes: string[] }
  | { action: 'split'; theme: string; into?: string | undefined; label: string; mentions: MentionRef[] }
  /** `from` is null for a mention that waited. */
  | { action: 'move'; mention: MentionRef; from: string | null; to: string }

/** GET /api/themes/edits: the log, the newest first. */
export interface LoggedEdit {
  id: number
  edit: ThemeEdit
  undone: boolean
  /** `YYYY-MM-DD HH:MM:SS` in the company's time zone. */
  madeAt: string
  author: string | null
  /** What the themes it names are called now, by id. */
  labels: Record<string, string>
}

export type AudienceSize = Pick<Audience, 'found' | 'consented' | 'value' | 'days'>

export interface AudienceExportLine {
  id: number
  author: string | null
  madeAt: string
  platform: string
  rule: AudienceRule
  /** Clients with consent, and lines of the file. */
  clients: number
  rows: number
  hashed: boolean
}

/** GET /api/personas: pinned ones first, then by falling number of clients. */
export type { PersonaLine } from '../insight/persona-catalogue.ts'

/**
 * GET /api/themes/proposals?kind=: what the last fresh clustering would change and nobody took yet, by falling number of
 * clients. POST /api/themes/proposals {kind}: looks anew, answers the job. POST /api/themes/proposals/accept {kind, ids}:
 * takes some, all or none, and answers {edits}, ids of edits.
 */
export interface ThemeProposal {
  id: string
  action: 'merge' | 'split'
  /** Distinct clients whom it concerns. */
  clients: number
  /** What would come together; or the part that stays and the one that leaves. */
  parts: { label: string; clients: number; quotes: string[] }[]
}

/**
 * GET /api/jobs: the newest first. POST /api/jobs {kind: 'mine'}: the job made, or the one that waits already.
 * DELETE /api/jobs/:id cancels. GET /api/jobs/events: all jobs, then a job whenever it changes.
 */
export type JobMessage = Job

/**
 * POST /api/shares {notebook, values, mode, expires, password, confirmed, downloads, readerInputs}: a link to a report. `expires` is 12h, 30d, 2w or
 * never. 409 with `details.exposure` when the page holds personal data and `confirmed` is not set.
 * POST /api/shares/preview {notebook, values}: the Exposure alone.
 */
export interface ShareCreate {
  notebook: string
  values: Record<string, string>
  mode: 'frozen' | 'live' | 'edition'
  expires: string
  password: string | null
  confirmed: boolean
  /** Whether readers may take files. */
  downloads: boolean
  /** `open`: readers may change the inputs of a live link, within their declared choices. */
  readerInputs: 'locked' | 'hidden' | 'open'
}
export interface ShareMade {
  share: ShareRecord
  /** `/r/TOKEN`; told this once. */
  path: string
  exposure: Exposure
}

/**
 * GET /api/shares: the newest first, ended ones too. POST /api/shares/:id/rotate: {path}, the old one ends.
 * DELETE /api/shares {ids}: {revoked}. GET /api/shares/:id/views: {minute, views}, the latest first.
 */
export interface ShareRecord {
  id: string
  notebook: string
  title: string
  mode: 'frozen' | 'live' | 'edition'
  inputs: Record<string, string>
  state: 'open' | 'expired' | 'revoked'
  hasPassword: boolean
  downloads: boolean
  readerInputs: 'locked' | 'hidden' | 'open'
  createdAt: string
  /** ISO 8601 in UTC; null: no end. */
  expiresAt: string | null
  revokedAt: string | null
  views: number
  lastViewAt: string | null
  /** Who made it; null where nobody logs in. */
  author: string | null
}

/**
 * GET /api/editions?notebook=ID: {editions, schedules, deliveries, channels}, the newest first. POST /api/editions
 * {notebook, values, approve, confirmed}: makes one, answers EditionRecord; 409 when a part of the report has no result, or
 * when personal data is on the page and `confirmed` is not set. PATCH /api/editions/:id {approved}. DELETE /api/editions
 * {ids}: {removed}. POST /api/editions/prune {notebook, keepLast, olderThanDays}: {removed}. GET /api/editions/:id/page: its
 * page. GET /api/editions/:id/changes?since=NUMBER: EditionChanges or null. POST /api/editions/:id/share {expires,
 * password}: ShareMade, a link to this edition.
 */
export interface EditionRecord {
  id: string
  notebook: string
  number: number
  title: string
  language: Language
  inputs: Record<string, string>
  cause: 'hand' | 'schedule'
  madeAt: string
  madeBy: string | null
  /** The last day that the facts knew. */
  dataTo: string | null
  approvedAt: string | null
  approvedBy: string | null
  /** Of its page, packed. */
  bytes: number
  currency: string
  exposure: Exposure
  /** Null for a first one with these inputs. */
  changes: EditionChanges | null
}

/**
 * POST /api/editions/schedules {notebook, values, cron, active, approve, keepLast, keepDays, recipients, confirmed};
 * PATCH /api/editions/schedules/:id changes, DELETE ends one; POST /api/editions/schedules/:id/run runs it now.
 */
export interface ScheduleRecord {
  id: string
  notebook: string
  inputs: Record<string, string>
  /** Minute, hour, day, month, weekday in the company's time zone. */
  cron: string
  active: boolean
  /** Whether its editions are approved at once. */
  approve: boolean
  keepLast: number | null
  keepDays: number | null
  recipients: { channel: 'email' | 'telegram'; to: string }[]
  /** ISO 8601 in UTC; null: never again. */
  nextAt: string | null
  running: boolean
  lastAt: string | null
  lastState: 'done' | 'failed' | null
  lastError: string | null
}

/**
 * POST /api/editions/:id/deliver {channel, to}: sends the link of an approved edition. POST
 * /api/editions/deliveries/:id/retry: tries one that failed again.
 */
export interface DeliveryRecord {
  id: string
  notebook: string
  number: number
  channel: 'email' | 'telegram'
  to: string
  state: 'waiting' | 'sent' | 'failed'
  tries: number
  /** ISO 8601 in UTC: of the next try. */
  nextAt: string | null
  madeAt: string
  sentAt: string | null
  /** Why the last try failed. */
  error: string | null
}

export interface EditionPage {
  editions: EditionRecord[]
  schedules: ScheduleRecord[]
  /** The latest first. */
  deliveries: DeliveryRecord[]
  /** Ways to send messages that are set up. */
  channels: ('email' | 'telegram')[]
  /** IANA zone in which schedules are read. */
  timeZone: string
}
