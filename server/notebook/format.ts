/**
 * The notebook file format.
 *
 * 1. A notebook is Markdown (CommonMark) in UTF-8. It may begin with front matter: YAML between two lines `---`, with
 *    `title`, `description`, `language` (ru or en) and `inputs` (name -> type, default, label, options, query, multiple).
 * 2. A fenced code block (``` or ~~~, at least three, indented at most three spaces, closed by a fence of the same kind
 *    at least as long, or by the end of the file) whose info string begins with a cell kind is a cell.
 * 3. The next word of the info string is the cell's name: a letter or `_`, then letters, digits and `_`; unique.
 * 4. Every other fence, and all text between cells, is prose. `{{ cell.column }}` in it is the first row's value,
 *    `{{ input }}` what the reader chose; in fenced code it stays as it is.
 * 5. A query's table is shown unless a chart or table cell shows it, or prose quotes its one row (present.ts).
 * 6. A cell without a name is known as its kind and number among its kind: `chart-2`; prose as `text-1`, `text-2` …
 *
 * Example:
 *
 *     ---
 *     title: Вопросы клиентов
 *     inputs:
 *       period: { type: period, default: last 90 days }
 *     ---
 *     Вопросы задали **{{ asked.clients }}** клиентов.
 *
 *     ```sql asked
 *     select count(distinct client_id) as clients from mentions where day between :period.from and :period.to
 *     ```
 */
import { LineCounter, parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import type { Block, CellError, InputSpec, Notebook } from './model.ts'

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u

const optionSchema = z.union([
  z.string(),
  z.number(),
  z.object({ value: z.union([z.string(), z.number()]), label: z.string() }),
])
const inputSchema = z.strictObject({
  type: z.enum(['period', 'select', 'text', 'number', 'flag']),
  label: z.string().optional(),
  default: z.unknown().optional(),
  multiple: z.boolean().default(false),
  options: z.union([z.literal('sql'), z.array(optionSchema)]).optional(),
  query: z.string().optional(),
})
const frontSchema = z.object({
  title: z.string().optional(),
  description: z.string().default(''),
  language: z.enum(['ru', 'en']).default('ru'),
  inputs: z.record(z.string(), inputSchema).default({}),
})

/** A parsed file: always a notebook, with what was wrong as data. */
export interface Parsed {
  notebook: Notebook
  errors: CellError[]
}

/** Parses a notebook's text. `kinds` are the cell kinds that are known. Never throws. */
export function parseNotebook(text: string, kinds: ReadonlySet<string>): Parsed {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const errors: CellError[] = []
  const { front, next } = parseFront(lines, errors)
  const blocks = parseBlocks(lines, next, kinds, errors)
  const heading = blocks.find(block => block.kind === 'markdown')?.body.match(/^#\s+(.+)$/m)?.[1]
  const inputs = Object.entries(front.inputs).map(([name, input]): InputSpec => {
    if (!NAME.test(name))
      errors.push(fault(`“${name}” can't name an input`, 1, 1, 'Use letters, digits and _.'))
    return {
      name,
      type: input.type,
      label: input.label ?? name,
      default: input.default ?? null,
      multiple: input.multiple,
      options:
        input.query !== undefined
          ? { query: input.query }
          : Array.isArray(input.options)
            ? { values: input.options.map(option => toChoice(option)) }
            : null,
    }
  })
  const { title, description, language } = front
  return { notebook: { title: title ?? heading ?? '', description, language, inputs, blocks }, errors }
}

function toChoice(option: z.infer<typeof optionSchema>): { value: string; label: string } {
  return typeof option === 'object'
    ? { value: String(option.value), label: option.label }
    : { value: String(option), label: String(option) }
}

function fault(message: string, line: number, column: number, hint?: string): CellError {
  return { code: 'notebook', message, line, column, ...(hint !== undefined && { hint }) }
}

function parseFront(
  lines: readonly string[],
  errors: CellError[],
): { front: z.infer<typeof frontSchema>; next: number } {
  const empty = frontSchema.parse({})
  if (lines[0]?.trimEnd() !== '---') return { front: empty, next: 0 }
  const end = lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---')
  if (end === -1) {
    errors.push(fault('The front matter is opened and never closed', 1, 1, 'Put a line --- after it.'))
    return { front: empty, next: 1 }
  }
  const counter = new LineCounter()
  const document = parseDocument(lines.slice(1, end).join('\n'), { lineCounter: counter })
  for (const problem of document.errors) {
    const at = counter.linePos(problem.pos[0])
    errors.push(fault(`Front matter: ${problem.message.split('\n')[0]}`, at.line + 1, at.col))
  }
  if (document.errors.length > 0) return { front: empty, next: end + 1 }
  let plain: unknown
  try {
    plain = document.toJS({ maxAliasCount: 20 }) ?? {}
    // What holds itself, or goes too deep, can't be written down either.
    JSON.stringify(plain)
  } catch {
    errors.push(fault('Front matter: it refers to itself, too often, or to what is not there', 1, 1))
    return { front: empty, next: end + 1 }
  }
  const parsed = frontSchema.safeParse(plain)
  if (parsed.success) return { front: parsed.data, next: end + 1 }
  for (const issue of parsed.error.issues) {
    const node = document.getIn(issue.path, true) as { range?: [number] } | undefined
    const at = counter.linePos(node?.range?.[0] ?? 0)
    errors.push(fault(`Front matter, ${issue.path.join('.')}: ${issue.message}`, at.line + 1, at.col))
  }
  return { front: empty, next: end + 1 }
}

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/

function parseBlocks(
  lines: readonly string[],
  from: number,
  kinds: ReadonlySet<string>,
  errors: CellError[],
): Block[] {
  const blocks: Block[] = []
  const names = new Set<string>()
  const numbers = new Map<string, number>()
  const nextId = (kind: string) => {
    numbers.set(kind, (numbers.get(kind) ?? 0) + 1)
    return `${kind}-${numbers.get(kind)}`
  }
  let prose: string[] = []
  let proseLine = from + 1
  const endProse = () => {
    const lead = prose.findIndex(line => line.trim() !== '')
    if (lead !== -1) {
      const body = prose.slice(lead).join('\n').trimEnd()
      blocks.push({ id: nextId('text'), kind: 'markdown', name: null, body, line: proseLine + lead })
    }
    prose = []
  }
  for (let i = from; i < lines.length; i++) {
    const fence = FENCE.exec(lines[i]!)
    const mark = fence?.[1]
    const info = (fence?.[2] ?? '').trim()
    // A backtick in the info string makes it inline code, not a fence.
    if (!mark || (mark[0] === '`' && info.includes('`'))) {
      if (prose.length === 0) proseLine = i + 1
      prose.push(lines[i]!)
      continue
    }
    let end = i + 1
    const closing = new RegExp(`^ {0,3}\\${mark[0]}{${mark.length},}\\s*$`)
    while (end < lines.length && !closing.test(lines[end]!)) end++
    const [kind = '', name] = info.split(/\s+/)
    if (!kinds.has(kind)) {
      if (prose.length === 0) proseLine = i + 1
      prose.push(...lines.slice(i, end + 1))
    } else {
      endProse()
      const valid = name === undefined || NAME.test(name)
      if (!valid)
        errors.push(
          fault(
            `“${name}” can't name a cell`,
            i + 1,
            lines[i]!.indexOf(name) + 1,
            'Use letters, digits and _.',
          ),
        )
      else if (name !== undefined && names.has(name)) {
        errors.push(
          fault(
            `Two cells are called “${name}”`,
            i + 1,
            lines[i]!.indexOf(name, lines[i]!.indexOf(kind) + kind.length) + 1,
            'Rename one of them.',
          ),
        )
      }
      const own = valid && name !== undefined && !names.has(name) ? name : null
      if (own !== null) names.add(own)
      blocks.push({
        id: own ?? nextId(kind),
        kind,
        name: own,
        body: lines.slice(i + 1, end).join('\n'),
        line: i + 2,
      })
    }
    i = end
  }
  endProse()
  return blocks
}

/** The notebook as text; parsing it gives the same notebook (but for lines). */
export function printNotebook(notebook: Notebook): string {
  const inputs = Object.fromEntries(
    notebook.inputs.map(input => [
      input.name,
      {
        type: input.type,
        ...(input.label !== input.name && { label: input.label }),
        ...(input.default !== null && { default: input.default }),
        ...(input.multiple && { multiple: true }),
        ...(input.options &&
          ('query' in input.options
            ? { options: 'sql', query: input.options.query }
            : { options: input.options.values })),
      },
    ]),
  )
  const front = {
    title: notebook.title,
    ...(notebook.description !== '' && { description: notebook.description }),
    language: notebook.language,
    ...(notebook.inputs.length > 0 && { inputs }),
  }
  const parts = notebook.blocks.map(block => {
    if (block.kind === 'markdown') return block.body
    const longest = Math.max(
      2,
      ...[...block.body.matchAll(/^ {0,3}(`{3,})/gm)].map(match => match[1]!.length),
    )
    const fence = '`'.repeat(longest + 1)
    return `${fence}${block.kind}${block.name === null ? '' : ` ${block.name}`}\n${block.body === '' ? '' : `${block.body}\n`}${fence}`
  })
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${parts.join('\n\n')}\n`
}
