/** YAML bodies of cells: what they mention, and their options with inputs put in. */
import { LineCounter, parseDocument } from 'yaml'
import { NotebookError } from '../errors.ts'
import type { CellKind, CellUses, InputValue } from './cell.ts'

const INPUT = /^:([\p{L}_][\p{L}\p{N}_]*)(?:\.([\p{L}_][\p{L}\p{N}_]*))?$/u
/** Options whose value is the name of another cell. */
const NAMING = new Set(['data', 'table'])

/** Inputs (`:name` as a value) and cells (values of `data` and `table`) that a body mentions. */
export function usesOfYaml(body: string): CellUses {
  const uses: CellUses = { inputs: [], names: [] }
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      const input = INPUT.exec(value)?.[1]
      if (input !== undefined) uses.inputs.push({ name: input, offset: body.indexOf(value) })
      else if (NAMING.has(key)) uses.names.push({ name: value, offset: body.indexOf(value) })
    } else if (Array.isArray(value)) for (const item of value) walk(item, key)
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) walk(inner, name)
  }
  try {
    walk(parseDocument(body).toJS({ maxAliasCount: 20 }), '')
  } catch {
    // A body that is no YAML uses nothing; running it says what is wrong.
  }
  return uses
}

/** A cell's options: parsed, inputs put in, checked by the kind. Throws NotebookError with `offset`. */
export function parseOptions<Options>(
  kind: CellKind<Options>,
  body: string,
  inputs: ReadonlyMap<string, InputValue>,
): Options {
  if (kind.body === 'sql') return kind.options.parse({ sql: body })
  const counter = new LineCounter()
  const document = parseDocument(body, { lineCounter: counter })
  const [problem] = document.errors
  if (problem)
    throw new NotebookError(problem.message.split('\n')[0]!, { details: { offset: problem.pos[0] } })
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return fillText(value, inputs, body)
    if (Array.isArray(value)) return value.map(fill)
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner)]))
    return value
  }
  const parsed = kind.options.safeParse(fill(document.toJS({ maxAliasCount: 20 }) ?? {}))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const key = issue.path[0] ?? ('keys' in issue ? (issue.keys as string[])[0] : undefined)
  const offset = key === undefined ? 0 : Math.max(0, body.search(new RegExp(`^\\s*${String(key)}\\s*:`, 'm')))
  throw new NotebookError(`${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}`, {
    hint: `An example of ${kind.kind}:\n${kind.example}`,
    details: { offset },
  })
}

function fillText(text: string, inputs: ReadonlyMap<string, InputValue>, body: string): unknown {
  const match = INPUT.exec(text)
  if (!match) return text
  const value = inputs.get(match[1]!)
  const offset = body.indexOf(text)
  if (value === undefined)
    throw new NotebookError(`There is no input “${match[1]}”`, {
      hint: 'Add it to the inputs of the front matter.',
      details: { offset },
    })
  if (match[2] === undefined) return value
  return (value as Record<string, unknown> | null)?.[match[2]] ?? null
}
