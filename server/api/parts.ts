import type { Accounts } from '../accounts/accounts.ts'
import type { Config } from '../config.ts'
import type { Deliveries } from '../jobs/deliveries.ts'
import type { EditionTask } from '../jobs/edition-task.ts'
import type { JobQueue } from '../jobs/queue.ts'
import type { Scheduler } from '../jobs/scheduler.ts'
import type { Schedules } from '../jobs/schedules.ts'
import type { Perform } from '../jobs/thread.ts'
import type { ModelService } from '../llm/model.ts'
import type { MiningStatus } from '../mining/status.ts'
import type { KeptCells } from '../notebook/kept-cells.ts'
import type { Library } from '../notebook/library.ts'
import type { NotebookStore } from '../notebook/store.ts'
import type { PagePrinter } from '../report/browser.ts'
import type { ChartDrawer } from '../report/chart-svg.ts'
import type { Editions } from '../report/editions.ts'
import type { OpenShares } from '../report/open-shares.ts'
import type { Shares } from '../report/shares.ts'
import type { Database } from '../store/database.ts'
import type { Recipient } from '../store/deliveries.ts'
import type { Overview } from '../store/overview.ts'
import type { RunSessions } from './run-sessions.ts'
import type { Telemetry } from './telemetry.ts'

/** What the routes work with; made by service.ts. */
export interface AppParts {
  config: Config
  version: string
  database: Database
  /** People, sessions, tokens, and the log of what matters. */
  accounts: Accounts
  library: Library
  /** Saves into the person's own folder. */
  notebooks: NotebookStore
  cells: KeptCells
  overview: Overview
  /** A language model; null when none is configured. */
  model: ModelService | null
  mining(): Promise<MiningStatus>
  runs: RunSessions
  jobs: JobQueue
  /** Does work that a request waits for, such as a dry run. */
  perform: Perform
  telemetry: Telemetry
  shares: Shares
  openShares: OpenShares
  editions: Editions
  schedules: Schedules
  scheduler: Scheduler
  deliveries: Deliveries
  /** Ways to send messages that are set up. */
  channels: Recipient['channel'][]
  /** What belongs to every task that makes an edition here. */
  editionBase: Pick<
    EditionTask,
    'settings' | 'folders' | 'timeZone' | 'currency' | 'rates' | 'llm' | 'evidence'
  >
  charts: ChartDrawer
  printer: PagePrinter
  /** Where uploads lie until they are imported. */
  uploadFolder: string
  /** Bytes of one upload at most. */
  maxUpload: number
  /** The built web; may not be there. */
  webFolder: string
  /** Aborted when the server goes down: streams end. */
  closing: AbortSignal
  /** Told of programmer's faults. */
  report(error: unknown): void
}
