/**
 * JSON Lines (one object a line, streamed) and JSON (a list of objects, or an object that holds one, as services answer:
 * `data`, `result.data`, `items`, `_embedded.leads`). Nested fields get dotted names; an object's `turns` (or
 * `utterances`, `messages`, `phrases`) are a conversation's turns.
 */
import { InputError } from '../../errors.ts'
import { decodeText, sniffEncoding } from '../encoding.ts'
import { readLines } from '../lines.ts'
import type { CellValue, FileFormat, SourceItem, TranscriptTurn } from '../source.ts'
import { type LooseTurn, list, parseJson, property, readText, secondsToMs, toItems } from '../transcript.ts'

const MAX_LINE = 8_000_000
const TURNS = ['turns', 'utterances', 'messages', 'phrases', 'segments']

/** Flat fields of an object; lists of scalars are joined, `tags: [{name}]` too. */
function flatten(
  value: object,
  prefix = '',
  into: Record<string, CellValue> = {},
): Record<string, CellValue> {
  for (const [name, inner] of Object.entries(value)) {
    const key = prefix + name
    if (typeof inner === 'string' || typeof inner === 'number') into[key] = inner
    else if (typeof inner === 'boolean') into[key] = inner ? 1 : 0
    else if (Array.isArray(inner)) {
      const texts = inner.map(item =>
        typeof item === 'object' ? (property(item, 'name') ?? JSON.stringify(item)) : item,
      )
      if (texts.length > 0) into[key] = texts.join(', ')
    } else if (inner !== null) flatten(inner as object, `${key}.`, into)
    else into[key] = null
  }
  return into
}

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

function* toRecord(value: unknown, line: number): Iterable<SourceItem> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const raw = JSON.stringify(value)?.slice(0, 1000) ?? ''
    yield { type: 'unread', row: { line, reason: 'not an object with named fields', raw } }
    return
  }
  const name = TURNS.find(candidate =>
    list(property(value, candidate)).some(item => typeof item === 'object' && item !== null),
  )
  if (name === undefined) {
    yield { type: 'record', line, fields: flatten(value) }
    return
  }
  const { [name]: said, ...rest } = value as Record<string, unknown>
  const turns: TranscriptTurn[] = []
  const unread: SourceItem[] = []
  for (const item of toItems(null, list(said).map(looseTurn))) {
    if (item.type === 'transcript') turns.push(...item.transcript.turns)
    else if (item.type === 'unread') unread.push({ type: 'unread', row: { ...item.row, line } })
  }
  yield { type: 'record', line, fields: flatten(rest), turns }
  yield* unread
}

/** The list of objects that a document is or holds, at most three levels down. */
function findList(value: unknown, depth = 0): unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null || depth > 3) return undefined
  for (const inner of Object.values(value)) {
    const found = Array.isArray(inner) && inner.every(item => typeof item === 'object') ? inner : undefined
    if (found) return found
  }
  return Object.values(value)
    .map(inner => (Array.isArray(inner) ? undefined : findList(inner, depth + 1)))
    .find(found => found !== undefined)
}

/** Whether the first line alone is a whole object: then the file is JSON Lines. */
function isLines(head: string): boolean {
  const first = head.trimStart().split('\n', 1)[0]!.trim()
  if (!first.startsWith('{')) return false
  try {
    JSON.parse(first)
    return true
  } catch {
    return false
  }
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
          yield* toRecord(JSON.parse(text), number)
        } catch (error) {
          const reason = cut
            ? 'the line is too long'
            : `the line is not whole JSON: ${(error as Error).message}`
          yield { type: 'unread', row: { line: number, reason, raw: text.slice(0, 1000) } }
        }
      }
      return
    }
    const rows = findList(parseJson(await readText(input), input.name))
    if (!rows) {
      throw new InputError(`${input.name} holds no list of rows`, {
        hint: 'Give a list of objects, or one object a line.',
      })
    }
    for (const [i, row] of rows.entries()) yield* toRecord(row, i + 1)
  },
}

export default format
