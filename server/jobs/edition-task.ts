/** Making an edition in a thread: by hand, or because a schedule is due; then what is due next is written with it. */
import type { Evidence } from '../insight/evidence.ts'
import type { ModelSettings } from '../llm/settings.ts'
import { createKeptCells } from '../notebook/kept-cells.ts'
import { createLibrary } from '../notebook/library.ts'
import type { RunParts } from '../notebook/run.ts'
import { createChartDrawer } from '../report/chart-svg.ts'
import { createEditions, DAY_MS, type EditionRequest } from '../report/editions.ts'
import { atZone } from '../sources/values.ts'
import type { Database } from '../store/database.ts'
import { type EditionRow, pruneEditions } from '../store/editions.ts'
import type { DatabaseSettings } from '../store/open.ts'
import { createOverview } from '../store/overview.ts'
import { endSchedule } from '../store/schedules.ts'
import { openModel } from './open-model.ts'
import { collectRunParts } from './run-parts.ts'

export interface EditionTask {
  kind: 'edition'
  settings: DatabaseSettings
  folders: { bundled: string; own: string }
  timeZone: string
  currency: string
  rates: NonNullable<RunParts['rates']>
  /** A language model; undefined when none is configured. */
  llm: ModelSettings | undefined
  /** What must stand behind a finding. */
  evidence: Evidence
  request: EditionRequest
  /** Which schedule it is made for, when that is due next, and what goes then. */
  schedule: { id: string; nextMs: number | null; keepLast: number | null; keepDays: number | null } | null
}

/** What making one tells, as plain data. */
export interface EditionMade {
  edition: EditionRow
  pruned: number
}

/** Makes it. Throws as `Editions.make`. */
export async function makeEdition(
  database: Database,
  { folders, timeZone, currency, rates, llm, evidence, request, schedule }: EditionTask,
  signal: AbortSignal,
): Promise<EditionMade> {
  const [cells, charts] = [createKeptCells(database), createChartDrawer()]
  const moment = () => atZone(Date.now(), timeZone)
  const editions = createEditions({
    database,
    library: createLibrary(folders),
    charts,
    moment,
    now: Date.now,
    runParts: () =>
      collectRunParts({
        database,
        overview: createOverview(database),
        settings: { currency, rates, evidence },
        cache: cells,
        model: openModel(database, llm, moment),
      }),
  })
  let pruned = 0
  try {
    const edition = await editions.make(request, signal, async (connection, { notebook, inputs }) => {
      if (!schedule) return
      const { keepLast, keepDays } = schedule
      if (keepLast !== null || keepDays !== null) {
        const before = keepDays === null ? null : Date.now() - keepDays * DAY_MS
        const rule = { notebook, inputs, keepLast, before }
        pruned = (await pruneEditions(connection, rule, Date.now())).length
      }
      await endSchedule(connection, schedule.id, { at: moment(), error: null, nextMs: schedule.nextMs })
    })
    return { edition, pruned }
  } finally {
    await Promise.all([charts.close(), cells.flush()])
  }
}
