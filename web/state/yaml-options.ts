/**
 * A cell's options read out of its YAML and written back into it. What is not changed stays as it was written, to its
 * comments, quotes and blank lines. Pure; loaded with the form.
 */
import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  type Node,
  type Pair,
  parseDocument,
  stringify,
} from 'yaml'

export interface OptionsRead {
  values: Record<string, unknown>
  /** Why it can't be read as options; the form waits until the text is mended. */
  problem: string | null
}

export function readOptions(body: string): OptionsRead {
  const document = parseDocument(body)
  const [problem] = document.errors
  if (problem) return { values: {}, problem: problem.message.split('\n')[0]! }
  try {
    const values: unknown = document.toJS({ maxAliasCount: 20 }) ?? {}
    if (typeof values === 'object' && !Array.isArray(values))
      return { values: values as Record<string, unknown>, problem: null }
    return { values: {}, problem: 'name: value' }
  } catch (error) {
    return { values: {}, problem: (error as Error).message }
  }
}

/**
 * The body with one option set; undefined takes it out. A path leads into nested options, which are made where they are
 * not there. A body that can't be read is given back as it is.
 */
export function writeOption(body: string, path: readonly string[], value: unknown): string {
  const document = parseDocument(body)
  if (document.errors.length > 0) return body
  const spliced = path.length === 1 ? spliceOption(body, document, path[0]!, value) : null
  if (spliced !== null) return spliced
  if (value === undefined) {
    document.deleteIn(path)
    prune(document, path.slice(0, -1))
  } else {
    const node = document.createNode(value)
    if (isCollection(node)) node.flow = true
    setIn(document, path, node)
  }
  return document.toString({ lineWidth: 0 }).trimEnd()
}

/** Sets a node; what is missing on the way to it is made as a flow map: `{ field: deals }`. */
function setIn(document: Document, path: readonly string[], node: unknown): void {
  if (!isMap(document.contents)) document.contents = document.createNode({}) as never
  for (let length = 1; length < path.length; length++) {
    const at = path.slice(0, length)
    if (isMap(document.getIn(at, true))) continue
    const made = document.createNode({})
    if (isCollection(made)) made.flow = length > 1
    document.setIn(at, made)
  }
  document.setIn(path, node)
}

/** Maps that have lost their last option go too. */
function prune(document: Document, path: readonly string[]): void {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (!isMap(node) || node.items.length > 0) return
    document.deleteIn(path.slice(0, length))
  }
}

/** The same without touching any other character; null where the text is not plain lines of options. */
function spliceOption(body: string, document: Document, name: string, value: unknown): string | null {
  const map = document.contents
  if (map === null) return value === undefined ? body : joined(body, `${name}: ${inline(value)}`)
  if (!isMap(map) || map.flow) return null
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === name) as
    | Pair<Node, Node>
    | undefined
  if (!pair) return value === undefined ? body : joined(body, `${name}: ${inline(value)}`)
  const [from] = pair.key.range!
  const node = pair.value
  const simple = node !== null && (isScalar(node) || (isCollection(node) && node.flow === true))
  if (!simple || node.range![1] === node.range![0] || /[|>]/.test(body[node.range![0]]!)) return null
  if (value !== undefined) return body.slice(0, node.range![0]) + inline(value) + body.slice(node.range![1])
  const start = body.lastIndexOf('\n', from - 1) + 1
  const end = body.indexOf('\n', node.range![1])
  const rest = end === -1 ? '' : body.slice(end + 1)
  return (body.slice(0, start) + rest).replace(end === -1 ? /\n$/ : /$^/, '')
}

const joined = (body: string, line: string) => (body.trim() === '' ? line : `${body.trimEnd()}\n${line}`)

/** A value as it is written on one line. */
function inline(value: unknown): string {
  // Inputs are written bare, as people write them.
  if (typeof value === 'string' && /^:[\p{L}_][\p{L}\p{N}_.]*$/u.test(value)) return value
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd()
}
