/**
 * JSON Lines (one object a line, streamed) and JSON (a list of objects, or an object that holds one, as services answer:
 * `data`, `result.data`, `items`, `_embedded.leads`). Nested fields get dotted names; an object's `turns` (or
 * `utterances`, `messages`, `phrases`) are a conversation's turns.
 */
import { decodeText, sniffEncoding } from '../encoding.ts'
import { readLines } from '../lines.ts'
import { message } from '../messages.ts'
import { type CellValue, type FileFormat, type SourceItem, type TranscriptTurn, unread } from '../source.ts'
import { type LooseTurn, list, parseJson, property, readText, secondsToMs, toItems } from '../transcript.ts'
import { shorten } from '../values.ts'

const MAX_LINE = 8_000_000
const TURNS = ['turns', 'utterances', 'messages', 'phrases', 'segments']

/** Objects in objects beyond this are no service's answer. */
const MAX_DEPTH = 12

/** Flat fields of an object; lists of scalars are joined, `tags: [{name}]` too. Throws when it is nested too deeply. */
function flatten(
  value: object,
  prefix = '',
  // Without a prototype, so that a field of any name is a field.
  into: Record<string, CellValue> = Object.create(null),
  depth = 0,
): Record<string, CellValue> {
  if (depth > MAX_DEPTH) throw new TooDeep()
  for (const [name, inner] of Object.entries(value)) {
    const key = prefix + name
    if (typeof inner === 'string' || typeof inner === 'number') into[key] = inner
    else if (typeof inner === 'boolean') into[key] = inner ? 1 : 0
    else if (Array.isArray(inner)) {
      const texts = inner.map(item =>
        typeof item === 'object' ? (nameOf(item) ?? JSON.stringify(item)) : item,
      )
      if (texts.length > 0) into[key] = texts.join(', ')
    } else if (inner !== null) flatten(inner as object, `${key}.`, into, depth + 1)
    else into[key] = null
  }
  return into
}

/** `{name}` or `{tag_name}` of an item of a list. */
function nameOf(item: unknown): unknown {
  const key = Object.keys(item ?? {}).find(key => /^(?:\w+_)?name$/.test(key))
  return key === undefined ? undefined : property(item, key)
}

class TooDeep extends Error {}

function looseTurn(turn: unknown, i: number): LooseTurn {
  const first = (...names: string[]) =>
    names.map(name => property(turn, name)).find(value => value !== undefined)
  const operator = property(turn, 'is_operator')
  return {
    speaker:
      first('speaker', 'role', 'author', 'from', 'source') ??
      (operator === undefined ? null : operator ? 'operator' : 'client'),
    start: first('start_ms') ?? secondsToMs(first('start', 'time', 'offset')),
    end: first('end_ms') ?? secondsToMs(first('end')),
    text: first('text', 'phrase', 'message', 'content', 'transcript'),
    line: i + 1,
  }
}

/** The record of an object, after it what of its turns could not be read; what is no such object is unread itself. */
function toRecord(value: unknown, line: number): SourceItem[] {
  try {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [unread(line, message('not_object'), JSON.stringify(value) ?? '')]
    const name = turnsOf(value)
    if (name === undefined) return [{ type: 'record', line, fields: flatten(value) }]
    const { [name]: said, ...rest } = value as Record<string, unknown>
    const turns: TranscriptTurn[] = []
    const items: SourceItem[] = [{ type: 'record', line, fields: flatten(rest), turns }]
    for (const item of toItems(null, list(said).map(looseTurn))) {
      if (item.type === 'transcript') turns.push(...item.transcript.turns)
      else if (item.type === 'unread') items.push({ type: 'unread', row: { ...item.row, line } })
    }
    return items
  } catch (error) {
    // The engine's own writer of JSON goes by recursion.
    if (error instanceof TooDeep || error instanceof RangeError)
      return [unread(line, message('too_deep'), '')]
    throw error
  }
}

/** The field in which an object holds a conversation's turns. */
function turnsOf(value: unknown): string | undefined {
  return TURNS.find(name =>
    list(property(value, name)).some(item => typeof item === 'object' && item !== null),
  )
}

/** The list of objects that a document is or holds, at most three levels down; the first that is not empty. */
function findList(value: unknown, depth = 0): unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null || depth > 3) return undefined
  const lists = Object.values(value).filter(
    inner => Array.isArray(inner) && inner.length > 0 && inner.every(item => typeof item === 'object'),
  )
  if (lists.length > 0) return lists[0] as unknown[]
  for (const inner of Object.values(value)) {
    const found = Array.isArray(inner) ? undefined : findList(inner, depth + 1)
    if (found) return found
  }
  return undefined
}

/** The rows of a whole document: a list, a list inside, or the one object that it is. */
function rowsOf(value: unknown): unknown[] {
  if (turnsOf(value) !== undefined) return [value]
  return findList(value) ?? [value]
}

/** Whether the first line alone is a whole object and another follows: then the file is JSON Lines. */
function isLines(head: string): boolean {
  const text = head.trimStart()
  const end = text.indexOf('\n')
  if (end === -1 || !/^\s*\{/.test(text.slice(end))) return false
  try {
    JSON.parse(text.slice(0, end))
    return true
  } catch {
    return false
  }
}

/** Parses JSON; whole numbers too large for a double stay as they are written, since they are ids. */
function parse(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text)
  const keep = (_name: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && context?.source
      ? context.source
      : value
  return JSON.parse(text, keep)
}

const format: FileFormat = {
  name: 'json',
  endings: ['.json', '.jsonl', '.ndjson'],
  recognise: input => {
    const head = decodeText(input.head)
    if (!/^\s*(?:\{\s*["}]|\[\s*[{\]])/.test(head)) return /\.(?:jsonl?|ndjson)$/i.test(input.name) ? 0.3 : 0
    return 0.5
  },
  async *read(input) {
    const head = decodeText(input.head)
    if (/\.(?:jsonl|ndjson)$/i.test(input.name) || isLines(head)) {
      for await (const { number, text, cut } of readLines(
        input.open(),
        sniffEncoding(input.head),
        MAX_LINE,
      )) {
        if (text.trim() === '') continue
        try {
          if (cut) throw new Error('the line is too long')
          yield* toRecord(parse(text), number)
        } catch (error) {
          const why = cut
            ? message('long_line', { most: MAX_LINE })
            : message('not_json', { why: shorten((error as Error).message, 120) })
          yield unread(number, why, text)
        }
      }
      return
    }
    const rows = rowsOf(parseJson(await readText(input), input.name, parse))
    for (const [i, row] of rows.entries()) yield* toRecord(row, i + 1)
  },
}

export default format
