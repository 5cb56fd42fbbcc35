/** Wires the parts of a running Verbatim: what a server, and a test of one, begins with and ends. */
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Hono } from 'hono'
import { createAccounts } from '../accounts/accounts.ts'
import type { Config } from '../config.ts'
import { createChannels } from '../jobs/channels.ts'
import { createDeliveries } from '../jobs/deliveries.ts'
import { openModel } from '../jobs/open-model.ts'
import { createJobQueue } from '../jobs/queue.ts'
import { createScheduler } from '../jobs/scheduler.ts'
import { createSchedules } from '../jobs/schedules.ts'
import { type Perform, performInThread } from '../jobs/thread.ts'
import { createMiningStatus } from '../mining/status.ts'
import { createKeptCells } from '../notebook/kept-cells.ts'
import { createLibrary } from '../notebook/library.ts'
import { createNotebookStore } from '../notebook/store.ts'
import { createPagePrinter } from '../report/browser.ts'
import { createChartDrawer } from '../report/chart-svg.ts'
import { createEditions } from '../report/editions.ts'
import { createOpenShares } from '../report/open-shares.ts'
import { createShares, type SharesParts } from '../report/shares.ts'
import { atZone } from '../sources/values.ts'
import type { Database } from '../store/database.ts'
import { createOverview } from '../store/overview.ts'
import { readVersion } from '../version.ts'
import { baseAddress } from './address.ts'
import { createApp } from './app.ts'
import { editionTitle } from './editions.ts'
import type { AppParts } from './parts.ts'
import { runParts } from './run-parts.ts'
import { createRunSessions } from './run-sessions.ts'
import { createTelemetry } from './telemetry.ts'

const root = resolve(import.meta.dirname, '../..')
/** 2 GB: beyond that the command line is the better door. */
const MAX_UPLOAD = 2 * 1024 ** 3

export interface Service {
  app: Hono
  parts: AppParts
  /** Ends runs, jobs and streams, and writes what is still to be written. The database stays open. */
  close(): Promise<void>
}

/** Folders and effects that a test puts its own in the place of. */
export interface ServiceOptions {
  webFolder?: string
  notebookFolder?: string
  perform?: Perform
  maxUpload?: number
  report?(error: unknown): void
}

export function createService(config: Config, database: Database, options: ServiceOptions = {}): Service {
  const perform = options.perform ?? performInThread
  const closing = new AbortController()
  const uploadFolder = join(config.dataDir, 'uploads')
  const folders = {
    bundled: options.notebookFolder ?? join(root, 'notebooks'),
    own: join(config.dataDir, 'notebooks'),
  }
  const library = createLibrary(folders)
  const report = options.report ?? ((error: unknown) => process.emitWarning(error as Error))
  const [cells, overview, charts] = [createKeptCells(database), createOverview(database), createChartDrawer()]
  const moment = () => atZone(Date.now(), config.timeZone)
  const model = openModel(database, config.llm, moment)
  const sharing: SharesParts = {
    database,
    library,
    charts,
    runParts: () => runParts({ database, overview, cells, config, model }),
    moment,
    now: Date.now,
  }
  const { now } = sharing
  const shares = createShares(sharing)
  const openShares = createOpenShares(sharing)
  const jobs = createJobQueue(perform)
  const editionBase = {
    settings: { dataDir: config.dataDir, database: config.database },
    folders,
    timeZone: config.timeZone,
    currency: config.currency,
    rates: config.rates,
    llm: config.llm,
    evidence: config.evidence,
  }
  const channels = createChannels(config)
  const deliveries = createDeliveries({
    database,
    shares,
    channels,
    publicUrl: baseAddress(config),
    moment,
    now,
    report,
  })
  const scheduler = createScheduler({
    database,
    jobs,
    base: editionBase,
    titleOf: ({ notebook }) => editionTitle(notebook, config.language),
    moment,
    now,
    closing: closing.signal,
    report,
    ended: () => {
      openShares.forget()
      void deliveries.tick().catch(report)
    },
  })
  const parts: AppParts = {
    config,
    version: readVersion(),
    database,
    accounts: createAccounts(database, report),
    library,
    notebooks: createNotebookStore(library, join(config.dataDir, 'notebooks')),
    cells,
    overview,
    model,
    mining: createMiningStatus(database),
    runs: createRunSessions(),
    jobs,
    perform,
    telemetry: createTelemetry(),
    shares,
    openShares,
    editions: createEditions(sharing),
    schedules: createSchedules({ database, library, shares, timeZone: config.timeZone, moment, now }),
    scheduler,
    deliveries,
    channels: (['email', 'telegram'] as const).filter(channel => channels[channel]),
    editionBase,
    charts,
    printer: createPagePrinter(),
    uploadFolder,
    maxUpload: options.maxUpload ?? MAX_UPLOAD,
    webFolder: options.webFolder ?? join(root, 'dist'),
    closing: closing.signal,
    report,
  }
  return {
    app: createApp(parts),
    parts,
    close: async () => {
      closing.abort()
      scheduler.close()
      await Promise.all([
        parts.runs.close(),
        parts.jobs.close(),
        parts.openShares.close(),
        deliveries.close(),
        charts.close(),
        parts.printer.close(),
      ])
      await Promise.all([parts.cells.flush(), parts.accounts.audit.flush()])
      await rm(uploadFolder, { recursive: true, force: true })
    },
  }
}
