/** Finds the command, reads its options, runs it, and turns any error into one line with a hint and an exit code. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { CancelledError, UsageError, VerbatimError } from '../errors.ts'
import type { Database } from '../store/database.ts'
import { type Command, type CommandOption, type Io, isCommand } from './command.ts'

export interface Surroundings {
  environment: Record<string, string | undefined>
  signal: AbortSignal
  stdin: NodeJS.ReadableStream
  stdout: NodeJS.WritableStream & { isTTY?: boolean }
  stderr: NodeJS.WritableStream & { isTTY?: boolean }
}

const folder = join(import.meta.dirname, 'commands')

/** Options that every command takes. */
const common: Record<string, CommandOption> = {
  data: { value: 'DIR', help: 'where the databases live (default: VERBATIM_DATA or data/local)' },
  help: { help: 'show this help' },
}

/** Runs one command line; returns the exit code: 0 done, 1 failed, 2 wrong usage. Never throws. */
export async function dispatch(args: string[], around: Surroundings): Promise<number> {
  try {
    return await run(args, around)
  } catch (error) {
    around.stderr.write(`${describe(error)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

async function run(args: string[], around: Surroundings): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === 'help') {
    around.stdout.write(await overview())
    return name === undefined ? 2 : 0
  }
  const command = await load(name)
  const { values, positionals } = parse(command, rest)
  if (values.help) {
    around.stdout.write(helpOf(command))
    return 0
  }
  const config = readConfig(
    around.environment,
    typeof values.data === 'string' ? { dataDir: values.data } : {},
  )
  let opening: Promise<Database> | undefined
  try {
    await command.run({
      config,
      io: createIo(around),
      args: positionals,
      options: values,
      database: () => {
        opening ??= import('../store/open.ts').then(({ openDatabase }) => openDatabase(config))
        return opening
      },
      signal: around.signal,
    })
  } finally {
    await opening?.then(
      database => database.close(),
      () => {},
    )
  }
  return 0
}

async function load(name: string): Promise<Command> {
  const names = await commandNames()
  if (!names.includes(name)) {
    throw new UsageError(`There is no command “${name}”`, { hint: `Commands: ${names.join(', ')}` })
  }
  const loaded = (await import(`./commands/${name}.ts`)) as { default: unknown }
  if (!isCommand(loaded.default)) throw new TypeError(`commands/${name}.ts does not export a command`)
  return loaded.default
}

async function commandNames(): Promise<string[]> {
  const { readdir } = await import('node:fs/promises')
  return (await readdir(folder))
    .filter(file => file.endsWith('.ts'))
    .map(file => file.slice(0, -3))
    .sort()
}

function parse(command: Command, args: string[]) {
  const options = Object.fromEntries(
    Object.entries({ ...common, ...command.options }).map(([name, option]) => [
      name,
      {
        type: option.value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: option.multiple === true,
      },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true })
    return { values: values as Record<string, string | true | string[] | undefined>, positionals }
  } catch (error) {
    throw new UsageError((error as Error).message.split('. To specify')[0]!, {
      hint: `Usage: ${command.usage}`,
      cause: error,
    })
  }
}

async function overview(): Promise<string> {
  const commands = await Promise.all(
    (await commandNames()).map(async name => ({ name, ...(await load(name)) })),
  )
  const width = Math.max(...commands.map(command => command.name.length)) + 2
  const lines = commands.map(command => `  ${command.name.padEnd(width)}${command.summary}`)
  return `Usage: npm run -s verbatim -- COMMAND [OPTIONS]\n\n${lines.join('\n')}\n\nHelp for one: COMMAND --help\n`
}

function helpOf(command: Command): string {
  const rows = Object.entries({ ...command.options, ...common }).map(
    ([name, option]) =>
      [`--${name}${option.value === undefined ? '' : ` ${option.value}`}`, option.help] as const,
  )
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  const options = rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n')
  const examples = command.examples.map(example => `  ${example}`).join('\n')
  return `${command.summary}\n\nUsage: ${command.usage}\n\nOptions:\n${options}\n${examples && `\nExamples:\n${examples}\n`}`
}

/** One line, with a hint where there is one; only a programmer's fault shows its stack. */
function describe(error: unknown): string {
  if (error instanceof VerbatimError) return error.message + (error.hint ? ` — ${error.hint}` : '')
  if ((error as Error | undefined)?.name === 'AbortError') return new CancelledError('Stopped').message
  return `Internal error: ${(error as Error | undefined)?.stack ?? String(error)}`
}

function createIo(around: Surroundings): Io {
  const { stdin, stdout, stderr } = around
  let drawn = 0
  return {
    stdin,
    out: text => void stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    note: text => void stderr.write(`${text}\n`),
    progress: (done, total, what) => {
      const now = Date.now()
      const last = done >= total
      if (!stderr.isTTY || (now - drawn < 100 && !last)) return
      drawn = now
      stderr.write(`\r\u001b[K${what} ${Math.floor((100 * done) / Math.max(1, total))} %${last ? '\n' : ''}`)
    },
  }
}
