import { UsageError } from '../../errors.ts'
import { checkCron } from '../../jobs/cron.ts'
import { type EditionTask, makeEdition } from '../../jobs/edition-task.ts'
import { createSchedules, type Schedules } from '../../jobs/schedules.ts'
import { createChartDrawer } from '../../report/chart-svg.ts'
import type { EditionChanges } from '../../report/edition-figures.ts'
import { createEditions, type Editions, type EditionsParts } from '../../report/editions.ts'
import { createShares } from '../../report/shares.ts'
import { atZone } from '../../sources/values.ts'
import type { Database } from '../../store/database.ts'
import type { EditionRow } from '../../store/editions.ts'
import type { Command, CommandContext } from '../command.ts'
import { readInputValues } from '../input-values.ts'
import { foldersOf, libraryOf, runPartsOf } from '../running.ts'
import { toTextTable } from '../table.ts'

const command: Command = {
  summary: 'Make numbered editions of a report, by hand or by schedule; list, approve and prune them',
  usage:
    'edition NOTEBOOK [--set name=value] [--approve] [--yes] | list [NOTEBOOK] | approve EDITION... | prune NOTEBOOK --keep N | schedule NOTEBOOK --cron TIMES | schedule [--remove ID]',
  options: {
    set: { value: 'NAME=VALUE', help: 'an input’s value, as in run', multiple: true },
    approve: { help: 'approve the edition, or those of the schedule, at once' },
    withdraw: { help: 'with approve: take the approval back' },
    keep: { value: 'N', help: 'prune, schedule: keep the newest N' },
    older: { value: 'DAYS', help: 'prune, schedule: delete those older than so many days' },
    cron: { value: 'TIMES', help: 'minute, hour, day, month, weekday in the company’s time zone' },
    to: {
      value: 'WHOM',
      help: 'schedule: send the link to an e-mail address or telegram:CHAT',
      multiple: true,
    },
    remove: { value: 'ID', help: 'schedule: end one' },
    yes: { help: 'even though the page holds personal data that masking did not hide' },
    json: { help: 'print JSON' },
  },
  examples: [
    'edition 01-overview --approve',
    'edition list 01-overview',
    'edition approve 01-overview:4',
    'edition prune 01-overview --keep 12 --older 365',
    'edition schedule 01-overview --cron "0 9 * * 1" --keep 12 --approve',
  ],
  run: async context => {
    const [action, ...names] = context.args
    const act = action === undefined ? undefined : actions[action]
    if (action === undefined || (!act && names.length > 0)) throw wrong()
    const database = await context.database()
    const [runParts, charts] = [await runPartsOf(context), createChartDrawer()]
    const sharing: EditionsParts = {
      database,
      library: libraryOf(context.config),
      charts,
      runParts: async () => runParts,
      moment: () => atZone(Date.now(), context.config.timeZone),
      now: Date.now,
    }
    const { timeZone } = context.config
    const schedules = createSchedules({ ...sharing, shares: createShares(sharing), timeZone })
    try {
      const having = { context, database, editions: createEditions(sharing), schedules }
      if (act) await act(names, having)
      else await make(action, having)
    } finally {
      await Promise.all([charts.close(), runParts.cache.flush()])
    }
  },
}

interface Having {
  context: CommandContext
  database: Database
  editions: Editions
  schedules: Schedules
}

const wrong = () =>
  new UsageError('Name one notebook, or say what to do', { hint: `Usage: ${command.usage}` })

const actions: Record<string, (names: string[], having: Having) => Promise<void>> = {
  list: async ([notebook, ...more], { context, editions }) => {
    if (more.length > 0) throw wrong()
    const rows = (await editions.list(notebook ?? null)).map(row => ({
      id: row.edition_id,
      edition: `${row.notebook}:${row.number}`,
      made: row.made_at,
      by: row.cause,
      approved: row.approved_at ?? 'no',
      filters: row.inputs === '{}' ? '' : row.inputs,
      changes: describe(JSON.parse(row.changes) as EditionChanges | null),
    }))
    print(rows, context, 'There are no editions')
  },
  approve: async (names, { context, editions }) => {
    if (names.length === 0) throw wrong()
    for (const name of names) {
      const { notebook, number } = await editions.approve(name, !context.options.withdraw, null)
      context.io.note(
        `${notebook}:${number} ${context.options.withdraw ? 'is not approved any more' : 'is approved'}`,
      )
    }
  },
  prune: async ([notebook, ...more], { context, editions }) => {
    if (notebook === undefined || more.length > 0) throw wrong()
    const removed = await editions.prune({
      notebook,
      keepLast: numberOf('keep', context),
      olderThanDays: numberOf('older', context),
    })
    context.io.note(`${removed} deleted`)
  },
  schedule: async ([notebook, ...more], { context, schedules }) => {
    const { options, io, config, signal } = context
    if (more.length > 0) throw wrong()
    if (typeof options.remove === 'string') {
      await schedules.remove(options.remove)
      return io.note('The schedule is ended')
    }
    if (notebook !== undefined && typeof options.cron === 'string') {
      const { notebook: parsed } = await libraryOf(config).get(notebook)
      const made = await schedules.create(
        {
          notebook,
          values: readInputValues(options.set as string[] | undefined, parsed),
          cron: options.cron,
          active: true,
          approve: options.approve === true,
          keepLast: numberOf('keep', context),
          keepDays: numberOf('older', context),
          recipients: ((options.to as string[] | undefined) ?? []).map(toRecipient),
          confirmed: options.yes === true,
          actor: null,
        },
        signal,
      )
      const times = checkCron(made.cron, config.timeZone, Date.now())
      io.note(
        `Next: ${times.map(ms => atZone(ms, config.timeZone).slice(0, 16)).join(', ')}, by a server that runs`,
      )
      return io.out(made.schedule_id)
    }
    const rows = (await schedules.list(notebook ?? null)).map(row => ({
      id: row.schedule_id,
      notebook: row.notebook,
      cron: row.cron,
      active: row.active === 1 ? 'yes' : 'no',
      next: row.next_ms === null ? 'never' : atZone(row.next_ms, config.timeZone).slice(0, 16),
      last: row.last_at,
      outcome: row.last_error ?? row.last_state,
    }))
    print(rows, context, 'There are no schedules')
  },
}

async function make(notebook: string, { context, database }: Having): Promise<void> {
  const { config, options, io, signal } = context
  const { notebook: parsed } = await libraryOf(config).get(notebook)
  const task: EditionTask = {
    kind: 'edition',
    settings: config,
    folders: foldersOf(config),
    timeZone: config.timeZone,
    currency: config.currency,
    rates: config.rates,
    llm: config.llm,
    evidence: config.evidence,
    request: {
      notebook,
      values: readInputValues(options.set as string[] | undefined, parsed),
      cause: 'hand',
      confirmed: options.yes === true,
      approve: options.approve === true,
      actor: null,
    },
    schedule: null,
  }
  const { edition } = await makeEdition(database, task, signal)
  if (options.json) return io.out(JSON.stringify(toJson(edition)))
  io.note(describe(JSON.parse(edition.changes) as EditionChanges | null))
  io.out(`${edition.notebook}:${edition.number}`)
}

const toJson = (row: EditionRow) => ({
  id: row.edition_id,
  notebook: row.notebook,
  number: row.number,
  madeAt: row.made_at,
  approvedAt: row.approved_at,
  inputs: JSON.parse(row.inputs),
  changes: JSON.parse(row.changes),
})

function print(
  rows: readonly Record<string, string | null>[],
  { io, options }: CommandContext,
  none: string,
) {
  if (options.json) for (const row of rows) io.out(JSON.stringify(row))
  else if (rows.length === 0) io.note(none)
  else
    io.out(
      toTextTable(
        Object.keys(rows[0]!),
        rows.map(row => Object.values(row)),
      ),
    )
}

/** «since 3: 2 new questions, 1 fading, 0 said more» in a line. */
function describe(changes: EditionChanges | null): string {
  if (!changes) return 'the first with these filters'
  const { since, appeared, faded, rose, numbers } = changes
  const cac = numbers.cac.now.value === null ? 'unknown' : Math.round(numbers.cac.now.value)
  return `since ${since}: ${appeared.length} new questions, ${faded.length} fading, ${rose.length} said more; CAC ${cac}, n ${numbers.cac.now.n}`
}

function numberOf(name: 'keep' | 'older', { options }: CommandContext): number | null {
  const given = options[name]
  if (given === undefined) return null
  const number = Number(given)
  if (!Number.isInteger(number) || number < 1)
    throw new UsageError(`--${name} ${given}: a whole number from 1 on`)
  return number
}

function toRecipient(text: string) {
  const chat = /^telegram:(-?\d{1,20}|@\w{4,40})$/.exec(text)?.[1]
  if (chat !== undefined) return { channel: 'telegram' as const, to: chat }
  if (/^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(text)) return { channel: 'email' as const, to: text }
  throw new UsageError(`--to ${text}: an e-mail address, or telegram:CHAT`)
}

export default command
