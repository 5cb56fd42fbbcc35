/** Reading a request: whatever can't be taken is an error of the one shape. */
import type { Context } from 'hono'
import type { ZodType } from 'zod'
import { InputError, NotFoundError, UsageError } from '../errors.ts'

/** A JSON body that meets the schema. Throws UsageError for another type of content, InputError for a wrong body. */
export async function readBody<T>(c: Context, schema: ZodType<T>): Promise<T> {
  const type = c.req.header('content-type') ?? ''
  // A form of another site could send text, but not JSON.
  if (!/^application\/json\b/i.test(type))
    throw new UsageError('The body must be JSON', { hint: 'Send it with Content-Type: application/json.' })
  const text = await c.req.text()
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (error) {
    throw new InputError(`The body is not JSON: ${(error as Error).message}`, { cause: error })
  }
  return check(body, schema, 'body')
}

/** Query parameters that meet the schema. Throws InputError. */
export function readQuery<T>(c: Context, schema: ZodType<T>): T {
  return check(c.req.query(), schema, 'address')
}

function check<T>(value: unknown, schema: ZodType<T>, where: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue!.path.join('.')
  throw new InputError(`In the ${where}${path === '' ? '' : `, ${path}`}: ${issue!.message}`, {
    details: {
      issues: parsed.error.issues
        .slice(0, 20)
        .map(({ path, message }) => ({ path: path.join('.'), message })),
    },
  })
}

/** An id from the address: what could be nobody's id is simply not there. Throws NotFoundError. */
export function readId(c: Context, name: string): string {
  const id = c.req.param(name) ?? ''
  if (id === '' || id.length > 500 || /[\u0000-\u001f\u007f]/.test(id) || !id.isWellFormed())
    throw new NotFoundError('There is nothing of that id')
  return id
}
