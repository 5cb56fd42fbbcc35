/** The contract of a command; `server/cli/commands/NAME.ts` default-exports one, its file name is its name. */
import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'

export interface CommandOption {
  /** Shown in help: `--as KIND`. */
  value?: string
  help: string
  multiple?: boolean
}

export interface Io {
  stdin: NodeJS.ReadableStream
  /** A result. */
  out(text: string): void
  /** A message for people: progress, notes. */
  note(text: string): void
  /** Progress of long work; drawn on a terminal only. */
  progress(done: number, total: number, what: string): void
}

export interface CommandContext {
  config: Config
  io: Io
  args: string[]
  /** Options given: `true` for a flag, texts for those with a value. */
  options: Record<string, string | true | string[] | undefined>
  /** Opened at first use and closed by main. */
  database(): Promise<Database>
  signal: AbortSignal
}

export interface Command {
  summary: string
  /** `import FILE... [--as KIND]` */
  usage: string
  options: Record<string, CommandOption>
  /** What to try, shown at the end of help. */
  examples: string[]
  /** Resolves when done; throws a VerbatimError (exit code 1, or 2 for UsageError). */
  run(context: CommandContext): Promise<void>
}

/** Whether a module's default export is a command. */
export function isCommand(candidate: unknown): candidate is Command {
  const command = candidate as Partial<Command> | null | undefined
  return (
    typeof command?.run === 'function' &&
    typeof command.summary === 'string' &&
    typeof command.usage === 'string'
  )
}
