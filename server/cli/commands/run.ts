import { stat, writeFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { CancelledError, InputError, NotebookError, UsageError } from '../../errors.ts'
import { noCache } from '../../notebook/cell-cache.ts'
import type { Parsed } from '../../notebook/format.ts'
import { readNotebook } from '../../notebook/library.ts'
import type { CellError, NotebookResult, RunEvent } from '../../notebook/model.ts'
import { toResult } from '../../notebook/result.ts'
import { type RunParts, type RunResult, runNotebook } from '../../notebook/run.ts'
import type { Mask } from '../../report/mask-output.ts'
import { atZone } from '../../sources/values.ts'
import { readSources } from '../../store/source-names.ts'
import { recordWritten } from '../../store/written-files.ts'
import type { Command, CommandContext } from '../command.ts'
import { readInputValues } from '../input-values.ts'
import { libraryOf, runPartsOf } from '../running.ts'

interface Ran {
  parsed: Parsed
  run: RunResult
  result: NotebookResult
  about: { currency: string; generatedAt: string; dataTo: string; mask?: Mask }
  /** What was imported. */
  sources(): Promise<{ kind: string; files: number }[]>
}

const toMarkdown = async ({ parsed, run, about }: Ran) => {
  const { renderMarkdown } = await import('../../report/markdown.ts')
  return renderMarkdown(parsed.notebook, run, about)
}

const toPage = async ({ parsed, run, about }: Ran) => {
  const { renderReport } = await import('../../report/html.ts')
  return renderReport(parsed.notebook, run, about)
}

const toFacts = async ({ parsed, run, about, sources }: Ran) => {
  const { toExportFacts } = await import('../../report/export-facts.ts')
  return toExportFacts(parsed.notebook, run, { ...about, sources: await sources() })
}

/** What an ending of --out makes of a run. */
const forms: Record<string, (ran: Ran) => Promise<string | Uint8Array> | string> = {
  '.html': toPage,
  '.pdf': async ran => {
    const [{ renderPdf }, { createPagePrinter }] = await Promise.all([
      import('../../report/pdf.ts'),
      import('../../report/browser.ts'),
    ])
    const printer = createPagePrinter()
    try {
      return await renderPdf(await toPage(ran), await toFacts(ran), printer)
    } finally {
      await printer.close()
    }
  },
  '.xlsx': async ran => (await import('../../report/workbook.ts')).renderWorkbook(await toFacts(ran)),
  '.md': toMarkdown,
  '.json': ({ result }) => `${JSON.stringify(result, null, 2)}\n`,
}

const command: Command = {
  summary: 'Run a notebook and print or write its report',
  usage: 'run NOTEBOOK [--set name=value] [--out FILE] [--unmasked] [--json] [--dry-run]',
  options: {
    set: {
      value: 'NAME=VALUE',
      help: 'an input’s value: period=2026-01-01..2026-03-31, source=a,b',
      multiple: true,
    },
    out: {
      value: 'FILE',
      help: `write it to a file; the ending says the form: ${Object.keys(forms).join(' ')}`,
    },
    unmasked: { help: 'leave personal data in a report that --out writes (.json always holds it)' },
    json: { help: 'print the whole result as JSON' },
    'dry-run': { help: 'print what would be sent to the language model, masked, and send nothing' },
  },
  examples: [
    'run 03-questions',
    'run notebooks/02-segments.md --set "period=last 30 days"',
    'run 01-overview --out report.html',
    'run 03-questions --out questions.pdf',
  ],
  run: async context => {
    const { args, options, config, io, signal } = context
    const [name, ...others] = args
    if (name === undefined || others.length > 0)
      throw new UsageError('Name one notebook', { hint: `Usage: ${command.usage}` })
    const out = options.out as string | undefined
    const form = out === undefined ? undefined : forms[extname(out).toLowerCase()]
    if (out !== undefined && !form)
      throw new UsageError(`--out ${out}: the ending must be one of ${Object.keys(forms).join(' ')}`)
    const parsed = await findNotebook(name, context)
    const values = readInputValues(options.set as string[] | undefined, parsed.notebook)
    if (options['dry-run']) return showQuestions(parsed, values, context, name)
    const parts = await runPartsOf(context)
    const run = await runWatched(parsed, values, parts, context, name).finally(() => parts.cache.flush())
    const result = toResult(parsed, run, parts)
    const generatedAt = atZone(Date.now(), config.timeZone)
    const about = { currency: parts.currency, generatedAt, dataTo: parts.today }
    const database = await context.database()
    const ran: Ran = { parsed, run, result, about, sources: () => readSources(database) }
    if (form) {
      const { clientsOf, createMask } = await import('../../report/masking.ts')
      const masked = options.unmasked
        ? about
        : { ...about, mask: (await createMask(run, parsed.notebook.language, database)).mask }
      // Noted first: a file that is noted and was never written hurts nobody.
      const clients = options.unmasked || /\.json$/i.test(out!) ? 'all' : clientsOf(run)
      await recordWritten(database, out!, clients, generatedAt)
      await write(out!, await form({ ...ran, about: masked }))
    } else io.out(options.json ? JSON.stringify(result) : await toMarkdown(ran))
    if (signal.aborted) throw new CancelledError('The run was stopped')
    complain(result, name, text => io.note(text))
  },
}

/** «at most 4300 tokens, up to 0.0021 USD». */
function atMost({
  tokens,
  cost,
  currency,
}: {
  tokens: number
  cost: number | null
  currency: string
}): string {
  return `at most ${tokens} tokens${cost === null ? '' : `, up to ${Number(cost.toFixed(4))} ${currency}`}`
}

/** Runs without keeping or sending anything, and prints what a language model would be asked. */
async function showQuestions(
  { notebook }: Parsed,
  values: Record<string, string>,
  context: CommandContext,
  name: string,
): Promise<void> {
  const { io, signal, config } = context
  if (!config.llm)
    throw new UsageError('No language model is configured, so nothing would be sent', {
      hint: 'Set VERBATIM_LLM_URL, VERBATIM_LLM_MODEL and, where one is needed, VERBATIM_LLM_KEY.',
    })
  let questions = 0
  const parts = await runPartsOf(context, {
    dryRun: ({ messages }, estimate) => {
      questions++
      io.out(`=== ${estimate.task}: ${atMost(estimate)}`)
      for (const { role, content } of messages) io.out(`--- ${role}\n${content}`)
    },
  })
  await runNotebook({ id: 'cli', notebook, values, signal, emit: () => {} }, { ...parts, cache: noCache })
  io.note(`${name}: questions to the model ${questions}; nothing was sent`)
}

function runWatched(
  { notebook }: Parsed,
  values: Record<string, string>,
  parts: RunParts,
  { io, signal }: CommandContext,
  name: string,
): Promise<RunResult> {
  const total = notebook.blocks.length
  let done = 0
  const emit = (event: RunEvent) => {
    if (/^block-(?:done|failed|skipped|cancelled)$/.test(event.type)) io.progress(++done, total, name)
    else if (event.type === 'block-estimate') io.note(`${event.block}: asking the model, ${atMost(event)}`)
  }
  return runNotebook({ id: 'cli', notebook, values, signal, emit }, parts)
}

/** A path when it looks like one or a file is there, else an id of the library. */
async function findNotebook(name: string, { config }: CommandContext): Promise<Parsed> {
  const isPath = /[\\/]|\.md$/i.test(name) || (await stat(name).catch(() => null))?.isFile() === true
  return isPath ? readNotebook(resolve(name)) : libraryOf(config).get(name)
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(path, content).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`${path} can't be written: ${error.code}`, { cause: error })
  })
}

/** Says each fault with its place, and ends with exit code 1 where there is one. */
function complain(result: NotebookResult, name: string, say: (text: string) => void): void {
  if (result.ok) return
  const failed = result.blocks.filter(block => block.error !== null)
  const faults: CellError[] = [...result.errors, ...failed.flatMap(({ error }) => error ?? [])]
  for (const { line, column, message, hint } of faults)
    say(`${name}:${line}:${column}: ${message}${hint ? ` — ${hint}` : ''}`)
  const skipped = result.blocks.filter(block => block.state === 'skipped').length
  throw new NotebookError(
    `${failed.length} of ${result.blocks.length} blocks failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  )
}

export default command
