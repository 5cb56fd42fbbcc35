/**
 * Items with evidence, by a model: mask, ask, check, send back once what failed with the reason, drop and count the rest.
 * Nothing that a model wrote leaves here unchecked.
 */
import { type ZodRawShape, z } from 'zod'
import { stem } from '../language/stems.ts'
import { tokenize } from '../language/tokens.ts'
import type { ChatMessage } from './chat.ts'
import { checkItem } from './evidence/check-item.ts'
import { speaksToModel } from './injection.ts'
import { type MaskedSource, maskSources, maskWords, type ReadPeople } from './masker.ts'
import type { Item, Refusal, WritingTask, Written } from './model.ts'
import { toCorrection, toMessages } from './prompt.ts'
import { parseAnswer, toJsonSchema } from './structured.ts'

export interface Question {
  task: string
  messages: readonly ChatMessage[]
  schema: Record<string, unknown>
  maxTokens: number
  /** Whether an answer has the schema: others are not worth keeping. */
  fits(answer: string): boolean
}

/** Asks the endpoint, or the cache; null when nothing is sent (a dry run). */
export type AskModel = (question: Question) => Promise<string | null>

/** Tokens that an answer may take: for each item its text and places, and room for thought. */
const TOKENS_AN_ITEM = 220
const TOKENS_AROUND = 600
const MAX_QUESTION = 1_000

const reference = z.strictObject({
  utterance: z.string(),
  from: z.number().int(),
  to: z.number().int(),
})

/** What an answer must look like. The schema names no limits that servers don't know; items are cut to `most` after. */
function schemaOf<Shape extends ZodRawShape>(shape: Shape) {
  const item = z.strictObject({
    text: z.string(),
    evidence: z.array(reference),
    ...shape,
  })
  return z.strictObject({ items: z.array(item) })
}

interface RawItem {
  text: string
  evidence: z.infer<typeof reference>[]
  [field: string]: unknown
}

interface Failed {
  text: string
  refusal: Refusal
  reason: string
}

export async function write<Shape extends ZodRawShape>(
  task: WritingTask<Shape>,
  ask: AskModel,
  readPeople: ReadPeople,
): Promise<Written<Shape>> {
  const sources = task.sources.filter(source => !speaksToModel(source.text))
  const withheld = task.sources.length - sources.length
  const nothing = { items: [], dropped: {}, withheld, asked: false }
  if (sources.length === 0) return nothing
  const people = await readPeople([...new Set(sources.map(source => source.alias))])
  const masked = maskSources(sources, people)
  const shape = (task.fields ?? {}) as Shape
  const schema = schemaOf(shape)
  const jsonSchema = toJsonSchema(schema)
  const question = task.question?.slice(0, MAX_QUESTION)
  const messages = toMessages(
    { ...task, sources: masked, question: question === undefined ? null : maskWords(question, people) },
    jsonSchema,
  )
  const maxTokens = TOKENS_AROUND + task.most * TOKENS_AN_ITEM
  const fits = (answer: string) => parseAnswer(answer, schema).ok
  const request = { task: task.name, schema: jsonSchema, maxTokens, fits }
  const check = createCheck(task, shape, new Map(masked.map(source => [source.id, source])))

  const first = await ask({ ...request, messages })
  if (first === null) return nothing
  const read = (answer: string) => {
    const parsed = parseAnswer(answer, schema as z.ZodType<{ items: RawItem[] }>)
    return parsed.ok
      ? { ...check(parsed.value.items.slice(0, task.most)), reason: null }
      : { kept: [], failed: [], reason: parsed.reason }
  }
  const one = read(first)
  if (one.reason === null && one.failed.length === 0)
    return { items: unique(one.kept), dropped: {}, withheld, asked: true }

  const faults = one.reason === null ? one.failed : [{ text: '', reason: one.reason }]
  const second = await ask({
    ...request,
    messages: [...messages, { role: 'assistant', content: first }, toCorrection(faults)],
  })
  const two = second === null ? { kept: [], failed: one.failed, reason: null } : read(second)
  const dropped: Written['dropped'] = {}
  const count = (refusal: Refusal, n: number) => {
    if (n > 0) dropped[refusal] = (dropped[refusal] ?? 0) + n
  }
  if (two.reason !== null) {
    count('invalid', one.reason === null ? 0 : 1)
    for (const { refusal } of one.failed) count(refusal, 1)
  } else {
    for (const { refusal } of two.failed) count(refusal, 1)
    // Given up in silence: counted as what was wrong with them at first.
    const left = Math.max(0, one.failed.length - two.kept.length - two.failed.length)
    for (const { refusal } of one.failed.slice(0, left)) count(refusal, 1)
  }
  return { items: unique([...one.kept, ...two.kept]).slice(0, task.most), dropped, withheld, asked: true }
}

/** Parts items into those that stand and those that don't. */
function createCheck<Shape extends ZodRawShape>(
  task: WritingTask<Shape>,
  shape: Shape,
  sources: ReadonlyMap<string, MaskedSource>,
) {
  const vocabulary = new Set(
    (task.vocabulary ?? []).flatMap(words => tokenize(words).map(({ norm }) => stem(norm, task.language))),
  )
  const names = Object.keys(shape)
  return (raw: readonly RawItem[]): { kept: Item<Shape>[]; failed: Failed[] } => {
    const kept: Item<Shape>[] = []
    const failed: Failed[] = []
    for (const { text: given, evidence, ...rest } of raw) {
      const text = given.trim()
      const verdict = checkItem(text, evidence, sources, { whose: task.whose, vocabulary })
      if (!verdict.ok) {
        failed.push({ text, refusal: verdict.refusal, reason: verdict.reason })
        continue
      }
      const fields = Object.fromEntries(names.map(name => [name, rest[name]])) as Item<Shape>['fields']
      const item: Item<Shape> = { text, fields, spans: verdict.spans }
      const limit = task.check?.(item) ?? null
      if (limit === null) kept.push(item)
      else failed.push({ text, refusal: 'limits', reason: limit })
    }
    return { kept, failed }
  }
}

/** The first of items that say the same. */
function unique<Shape extends ZodRawShape>(items: readonly Item<Shape>[]): Item<Shape>[] {
  const seen = new Set<string>()
  return items.filter(({ text, fields }) => {
    const key = `${text.toLowerCase()}\n${JSON.stringify(fields)}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
