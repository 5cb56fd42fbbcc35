import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { UnavailableError, VerbatimError } from '../../errors.ts'
import { openModel } from '../../jobs/open-model.ts'
import { createMiningStatus } from '../../mining/status.ts'
import { readRejects } from '../../store/books.ts'
import { createOverview } from '../../store/overview.ts'
import { sql } from '../../store/sql.ts'
import type { Command, CommandContext } from '../command.ts'
import { libraryOf } from '../running.ts'

type State = 'good' | 'worth a look' | 'wrong'
interface Finding {
  what: string
  state: State
  message: string
  /** How to mend it. */
  hint?: string
}
type Check = (context: CommandContext) => Promise<Omit<Finding, 'what'>>

/** Node.js that runs TypeScript as it is and is tested with. */
const LEAST_NODE = 24
/** Megabytes of disk below which an import may not fit. */
const LEAST_DISK = 500

const checks: Record<string, Check> = {
  'Node.js': async () => {
    const major = Number(process.versions.node.split('.')[0])
    return major >= LEAST_NODE
      ? { state: 'good', message: process.versions.node }
      : {
          state: 'wrong',
          message: process.versions.node,
          hint: `Node.js ${LEAST_NODE} or newer is needed: npm ci`,
        }
  },
  'Data folder': async ({ config }) => {
    await requireWritable(config.dataDir)
    const { bavail, bsize } = await statfs(config.dataDir)
    const free = Math.round((bavail * bsize) / 1024 ** 2)
    const message = `${config.dataDir}, ${free} MB free`
    return free >= LEAST_DISK
      ? { state: 'good', message }
      : { state: 'worth a look', message, hint: 'Free some space before the next import.' }
  },
  Database: async context => {
    const database = await context.database()
    await database.reader.read(sql`select count(*) as n from table_versions`)
    const applied = await database.query<{ name: string }>(sql`select name from app.migrations order by name`)
    return {
      state: 'good',
      message: `${database.dialect}, answers; schema ${applied.at(-1)?.name ?? 'empty'}`,
    }
  },
  Facts: async context => {
    const overview = createOverview(await context.database())
    const rows = (await overview.tables()).filter(({ name }) => !['imports', 'rejects'].includes(name))
    const total = rows.reduce((sum, table) => sum + table.rows, 0)
    return total > 0
      ? { state: 'good', message: `${total} rows, up to ${await overview.today()}` }
      : {
          state: 'worth a look',
          message: 'nothing is loaded',
          hint: 'verbatim import FILE..., or verbatim demo',
        }
  },
  Mining: async context => {
    const { unread, waiting, mentions } = await createMiningStatus(await context.database())()
    if (unread > 0)
      return {
        state: 'worth a look',
        message: `${unread} conversations are not mined yet`,
        hint: 'verbatim mine',
      }
    return { state: 'good', message: `up to date; mentions ${mentions}, waiting for a theme ${waiting}` }
  },
  Rejects: async context => {
    const { total } = await readRejects(await context.database(), { import: null, limit: 1, offset: 0 })
    return total === 0
      ? { state: 'good', message: 'every row was taken' }
      : {
          state: 'worth a look',
          message: `${total} rows could not be taken`,
          hint: 'verbatim export rejects shows each with its reason; mend the file and import it again',
        }
  },
  'Language model': async context => {
    const { config, signal } = context
    const model = openModel(await context.database(), config.llm, () => '')
    if (!model)
      return {
        state: 'good',
        message: 'none is configured; everything works without, VERBATIM_LLM_URL adds one',
      }
    await model.ping(signal)
    return { state: 'good', message: `${config.llm!.model} answers` }
  },
  Notebooks: async ({ config }) => {
    const entries = await libraryOf(config).list()
    const faults = entries.flatMap(({ id, errors }) =>
      errors.map(({ line, column, message }) => `${id}:${line}:${column}: ${message}`),
    )
    return faults.length === 0
      ? { state: 'good', message: `${entries.length} can be read` }
      : { state: 'wrong', message: faults.join('; '), hint: 'Mend those lines of the files.' }
  },
}

async function requireWritable(folder: string): Promise<void> {
  await access(folder, constants.W_OK | constants.R_OK).catch((error: NodeJS.ErrnoException) => {
    throw new UnavailableError(`${folder} can't be written: ${error.code}`, {
      hint: 'Give write permission, or choose another folder with --data.',
      cause: error,
    })
  })
}

async function examine(what: string, check: Check, context: CommandContext): Promise<Finding> {
  try {
    return { what, ...(await check(context)) }
  } catch (error) {
    if (!(error instanceof VerbatimError)) throw error
    const { message, hint } = error
    return { what, state: 'wrong', message, ...(hint !== undefined && { hint }) }
  }
}

const command: Command = {
  summary: 'Check that all is well, and say how to mend what is not',
  usage: 'doctor [--json]',
  options: { json: { help: 'print the findings as JSON' } },
  examples: ['doctor'],
  run: async context => {
    const { io, options } = context
    // The folder is made when the database is first opened.
    await context.database().catch(() => {})
    const findings: Finding[] = []
    for (const [what, check] of Object.entries(checks)) findings.push(await examine(what, check, context))
    const marks = { good: 'ok', 'worth a look': '! ', wrong: 'XX' }
    if (options.json) io.out(JSON.stringify(findings))
    else
      for (const { what, state, message, hint } of findings)
        io.out(`${marks[state]}  ${what}: ${message}${hint ? `\n      ${hint}` : ''}`)
    const wrong = findings.filter(({ state }) => state === 'wrong').length
    if (wrong > 0) throw new UnavailableError(`${wrong} of ${findings.length} checks failed`)
  },
}

export default command
