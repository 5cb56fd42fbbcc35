/** An answer as checked data: JSON of a schema, or in what way it is not. */
import { z } from 'zod'

export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string }

/** The JSON Schema that is sent: strict, closed, without what servers know least. */
export function toJsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7' }) as Record<string, unknown>
  return rest
}

/** Reads an answer. A fence of Markdown around it is forgiven; anything else is not. */
export function parseAnswer<T>(text: string, schema: z.ZodType<T>): Parsed<T> {
  const bare = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text
  let value: unknown
  try {
    value = JSON.parse(bare)
  } catch {
    return { ok: false, reason: 'the answer is not JSON' }
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const issue = parsed.error.issues[0]!
  return {
    ok: false,
    reason: `the answer breaks the schema at ${issue.path.join('.') || 'its top'}: ${issue.message}`,
  }
}
