/** YAML bodies of cells: what they mention, and their options with inputs put in. */
import { type Document, isMap, isPair, isScalar, type Node, parseDocument, visit } from 'yaml'
import { NotebookError } from '../errors.ts'
import type { CellKind, CellUses, InputValue } from './cell.ts'

const INPUT = /^:([\p{L}_][\p{L}\p{N}_]*)(?:\.([\p{L}_][\p{L}\p{N}_]*))?$/u
/** Options whose value is the name of another cell. */
const NAMING = new Set(['data', 'table'])
/** YAML's own bomb: references that unfold into references. */
const MAX_ALIASES = 20

const startOf = (node: unknown): number => (node as Node | null | undefined)?.range?.[0] ?? 0

/** Inputs (`:name` as a value) and cells (values of `data` and `table`) that a body mentions. */
export function usesOfYaml(body: string): CellUses {
  const uses: CellUses = { inputs: [], names: [] }
  visit(parseDocument(body), {
    Scalar: (key, node, path) => {
      if (key === 'key' || typeof node.value !== 'string') return
      const pair = path.at(-1)
      const option = isPair(pair) && isScalar(pair.key) ? String(pair.key.value) : ''
      const input = INPUT.exec(node.value)?.[1]
      if (input !== undefined) uses.inputs.push({ name: input, offset: startOf(node) })
      else if (NAMING.has(option)) uses.names.push({ name: node.value, offset: startOf(node) })
    },
  })
  return uses
}

/** A cell's options: parsed, inputs put in, checked by the kind. Throws NotebookError with `offset`. */
export function parseOptions<Options>(
  kind: CellKind<Options>,
  body: string,
  inputs: ReadonlyMap<string, InputValue>,
): Options {
  if (kind.body === 'sql') return kind.options.parse({ sql: body })
  const document = parseDocument(body)
  const [problem] = document.errors
  if (problem)
    throw new NotebookError(problem.message.split('\n')[0]!.replace(/ at line \d+.*$/, ''), {
      hint: 'Options are lines like name: value.',
      details: { offset: problem.pos[0] },
    })
  const unknown = usesOfYaml(body).inputs.find(use => !inputs.has(use.name))
  if (unknown)
    throw new NotebookError(`There is no input “${unknown.name}”`, {
      hint: 'Add it to the inputs of the front matter.',
      details: { offset: unknown.offset },
    })
  const parsed = kind.options.safeParse(fill(toPlain(document), inputs))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const { message, offset } = describe(issue, document)
  throw new NotebookError(message, {
    hint: `An example of ${kind.kind}: ${kind.example.replaceAll('\n', ' ⏎ ')}`,
    details: { offset },
  })
}

function toPlain(document: Document): unknown {
  try {
    const plain: unknown = document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {}
    // What holds itself, or goes too deep, can't be written down either.
    JSON.stringify(plain)
    return plain
  } catch (error) {
    throw new NotebookError('The options refer to themselves too often', { cause: error })
  }
}

function fill(value: unknown, inputs: ReadonlyMap<string, InputValue>): unknown {
  if (Array.isArray(value)) return value.map(item => fill(item, inputs))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, inputs)]))
  const match = typeof value === 'string' ? INPUT.exec(value) : null
  if (!match) return value
  const input = inputs.get(match[1]!) ?? null
  return match[2] === undefined ? input : ((input as Record<string, unknown> | null)?.[match[2]] ?? null)
}

/** What is wrong in words, and where: at the value, at an option that is not known, or at the nearest thing around. */
function describe(
  issue: { code?: string; message: string; path: PropertyKey[] },
  document: Document,
): { message: string; offset: number } {
  const path = issue.path.filter(part => typeof part !== 'symbol')
  const nodeAt = (length: number): unknown =>
    length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
  const name = path.join('.')
  if ('keys' in issue) {
    const [key] = issue.keys as string[]
    const map = nodeAt(path.length)
    const pair = isMap(map)
      ? map.items.find(item => isScalar(item.key) && String(item.key.value) === key)
      : undefined
    return {
      message: `There is no option “${name === '' ? '' : `${name}.`}${key}”`,
      offset: startOf(pair?.key),
    }
  }
  if (path.length === 0) return { message: 'Options are lines like name: value', offset: 0 }
  const node = nodeAt(path.length)
  if (node !== undefined && node !== null)
    return { message: `${name}: ${issue.message}`, offset: startOf(node) }
  const around = path.map((_, i) => nodeAt(path.length - 1 - i)).find(found => found !== undefined)
  return { message: `The option “${name}” is missing`, offset: startOf(around) }
}
