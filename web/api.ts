/** The API as the browser calls it: typed, with every failure an ApiError that can be shown to a person. */
import type {
  CatalogueCoverage,
  ColumnSample,
  Conversation,
  EditMade,
  ErasureCertificate,
  ErasurePlan,
  ErrorResponse,
  ErrorShape,
  Exposure,
  FaqDraft,
  FaqEdit,
  FetchedPage,
  ImportFields,
  ImportRecord,
  ImportReport,
  Job,
  JobMessage,
  LoggedEdit,
  NotebookDocument,
  NotebookSummary,
  PageSection,
  PersonaEdit,
  PersonaLine,
  RejectPage,
  RejectsRetried,
  RetentionState,
  RunMessage,
  RunRequest,
  RunStarted,
  SchemaTable,
  ShareCreate,
  ShareMade,
  ShareRecord,
  Status,
  TableTheme,
  ThemeEdit,
  ThemeMention,
  ThemeProposal,
  ThemeTable,
} from '../server/api/contract.ts'

/** What went wrong with a request. `code` is `offline` when the server did not answer at all. */
export class ApiError extends Error {
  readonly shape: ErrorShape
  readonly status: number

  constructor(shape: ErrorShape, status: number) {
    super(shape.message)
    this.shape = shape
    this.status = status
  }
}

type Listener = () => void
const signedOut = new Set<Listener>()

/** Calls back when the server says that nobody is logged in (any more). */
export function onSignedOut(listener: Listener): void {
  signedOut.add(listener)
}

export async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/api${path}`, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiError({ code: 'offline', message: 'The server does not answer' }, 0)
  }
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => undefined)
  if (response.ok && body !== undefined) return body as T
  if (response.status === 401) for (const listener of signedOut) listener()
  const known = (body as Partial<ErrorResponse> | undefined)?.error
  throw new ApiError(
    known ?? { code: 'internal', message: `${response.status} ${response.statusText}`.trim() },
    response.status,
  )
}

export const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const part = encodeURIComponent

export const getStatus = (signal?: AbortSignal) => call<Status>('/status', { signal })
export const getNotebooks = (signal?: AbortSignal) => call<NotebookSummary[]>('/notebooks', { signal })
export const getNotebook = (id: string, signal?: AbortSignal) =>
  call<NotebookDocument>(`/notebooks/${part(id)}`, { signal })
export const startRun = (request: RunRequest) => call<RunStarted>('/runs', json('POST', request))
export const cancelRun = (run: string) => call<unknown>(`/runs/${part(run)}`, { method: 'DELETE' })
export const getConversation = (client: string, conversation: string, signal?: AbortSignal) =>
  call<Conversation>(`/conversations/${part(client)}/${part(conversation)}`, { signal })
export const getImports = (signal?: AbortSignal) => call<ImportRecord[]>('/imports', { signal })
export const getFields = (signal?: AbortSignal) => call<ImportFields>('/imports/fields', { signal })
export const retryRejects = (request: {
  ids: readonly string[]
  cells?: readonly string[]
  map?: Readonly<Record<string, string>>
}) => call<RejectsRetried>('/rejects/retry', json('POST', request))
export const getSamples = (table: string, signal?: AbortSignal) =>
  call<ColumnSample[]>(`/schema/${part(table)}/samples`, { signal })

export type SectionDraft = Omit<PageSection, 'id' | 'position'>
export const getPages = (signal?: AbortSignal) => call<PageSection[]>('/pages', { signal })
export const addPage = (section: SectionDraft) => call<PageSection>('/pages', json('POST', section))
export const changePage = (id: string, section: SectionDraft) =>
  call<PageSection>(`/pages/${part(id)}`, json('PUT', section))
export const removePage = (id: string) => call<unknown>(`/pages/${part(id)}`, { method: 'DELETE' })
export const orderPages = (ids: readonly string[]) => call<unknown>('/pages/order', json('POST', { ids }))
export const fetchPage = (request: { url: string; kind: string; take: boolean }) =>
  call<FetchedPage>('/pages/fetch', json('POST', request))

export const previewErasure = (client: string) =>
  call<ErasurePlan>('/erasures/preview', json('POST', { client }))
export const eraseClient = (client: string, alias: number) =>
  call<ErasureCertificate>('/erasures', json('POST', { client, alias }))
export const getErasures = (signal?: AbortSignal) => call<ErasureCertificate[]>('/erasures', { signal })

export const getRetention = (signal?: AbortSignal) => call<RetentionState>('/retention', { signal })
export const previewRetention = (days: RetentionState['days']) =>
  call<RetentionState>('/retention/preview', json('POST', days))
export const setRetention = (days: RetentionState['days']) =>
  call<RetentionState>('/retention', json('PUT', days))
export const applyRetention = () => call<RetentionState>('/retention/apply', { method: 'POST' })

export const getSchema = (signal?: AbortSignal) => call<SchemaTable[]>('/schema', { signal })
export const startJob = (kind: Job['kind']) => call<Job>('/jobs', json('POST', { kind }))
export const cancelJob = (id: string) => call<unknown>(`/jobs/${part(id)}`, { method: 'DELETE' })

export const getThemeTable = (query: URLSearchParams, signal?: AbortSignal) =>
  call<ThemeTable>(`/themes/table?${query}`, { signal })
export const getCoverage = (signal?: AbortSignal) => call<CatalogueCoverage>('/themes/coverage', { signal })
export const getTheme = (id: string, signal?: AbortSignal) =>
  call<TableTheme>(`/themes/${part(id)}`, { signal })
export const getThemeEdits = (signal?: AbortSignal) => call<LoggedEdit[]>('/themes/edits', { signal })
export const makeThemeEdit = (edit: ThemeEdit) => call<EditMade>('/themes/edits', json('POST', edit))
export const undoThemeEdit = (id: number) => call<unknown>(`/themes/edits/${id}`, { method: 'DELETE' })

export const getPersonas = (signal?: AbortSignal) => call<PersonaLine[]>('/personas', { signal })
export const makePersonaEdit = (edit: PersonaEdit) =>
  call<{ id: number }>('/personas/edits', json('POST', edit))
export const undoPersonaEdit = (id: number) => call<unknown>(`/personas/edits/${id}`, { method: 'DELETE' })

export const getDraft = (theme: string, signal?: AbortSignal) =>
  call<FaqDraft | null>(`/faq/${part(theme)}`, { signal })
export const makeFaqEdit = (edit: FaqEdit) => call<{ id: number }>('/faq/edits', json('POST', edit))

export const getProposals = (kind: string, signal?: AbortSignal) =>
  call<ThemeProposal[]>(`/themes/proposals?kind=${part(kind)}`, { signal })
export const findProposals = (kind: string) => call<Job>('/themes/proposals', json('POST', { kind }))
export const acceptProposals = (kind: string, ids: readonly string[]) =>
  call<{ edits: number[] }>('/themes/proposals/accept', json('POST', { kind, ids }))

/** Quotes of a theme, or of a kind that wait (`waiting-question`). */
export function getMentions(
  id: string,
  page: { search: string; limit: number; offset: number },
  signal?: AbortSignal,
): Promise<ThemeMention[]> {
  const query = new URLSearchParams({ limit: String(page.limit), offset: String(page.offset) })
  if (page.search !== '') query.set('search', page.search)
  return call(`/themes/${part(id)}/mentions?${query}`, { signal })
}

export const getShares = (signal?: AbortSignal) => call<ShareRecord[]>('/shares', { signal })
export const previewShare = (request: Pick<ShareCreate, 'notebook' | 'values'>) =>
  call<Exposure>('/shares/preview', json('POST', request))
export const createShare = (request: ShareCreate) => call<ShareMade>('/shares', json('POST', request))
export const revokeShares = (ids: readonly string[]) =>
  call<{ revoked: number }>('/shares', json('DELETE', { ids }))
export const rotateShare = (id: string) =>
  call<{ path: string }>(`/shares/${part(id)}/rotate`, { method: 'POST' })
export const getShareViews = (id: string) =>
  call<{ minute: string; views: number }[]>(`/shares/${part(id)}/views`)

/** A page of rejects, of one import or of all. */
export function getRejects(
  page: { import: number | null; limit: number; offset: number },
  signal?: AbortSignal,
): Promise<RejectPage> {
  const query = new URLSearchParams({ limit: String(page.limit), offset: String(page.offset) })
  if (page.import !== null) query.set('import', String(page.import))
  return call(`/rejects?${query}`, { signal })
}

export interface UploadOptions {
  /** What the rows are; found by the columns when absent. */
  as?: string
  /** Column -> field; an empty field keeps it as an attribute. */
  map?: Record<string, string>
  /** Reads and checks everything, stores nothing. */
  dryRun: boolean
}

/** Sends a file to be read (dry run) or taken. */
export function uploadFile(file: File, options: UploadOptions, signal?: AbortSignal): Promise<ImportReport> {
  const form = new FormData()
  // Options go first, so that a server reading the form as a stream knows them before the file comes.
  if (options.as) form.set('as', options.as)
  if (options.map && Object.keys(options.map).length > 0) form.set('map', JSON.stringify(options.map))
  form.set('dryRun', String(options.dryRun))
  form.set('file', file)
  return call('/imports', { method: 'POST', body: form, signal })
}

/** Attempts of the browser to come back, about three seconds apart, until a stream is given up. */
const PATIENCE = 4

/** Follows server-sent events until told to stop; the browser reconnects by itself. Returns how to stop. */
function follow<T>(path: string, onMessage: (message: T) => void, onLost?: () => void): () => void {
  const source = new EventSource(`/api${path}`)
  let failures = 0
  source.onmessage = event => {
    failures = 0
    onMessage(JSON.parse(event.data) as T)
  }
  source.onerror = () => {
    failures += 1
    if (!onLost || (source.readyState !== EventSource.CLOSED && failures < PATIENCE)) return
    source.close()
    onLost()
  }
  return () => source.close()
}

export const followRun = (run: string, onMessage: (message: RunMessage) => void, onLost?: () => void) =>
  follow<RunMessage>(`/runs/${part(run)}/events`, onMessage, onLost)
export const followJobs = (onMessage: (message: JobMessage) => void) =>
  follow<JobMessage>('/jobs/events', onMessage)
