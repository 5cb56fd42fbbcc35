/** Whatever goes wrong, in the one shape. */
import type { ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { NotFoundError, toErrorShape, UsageError, VerbatimError } from '../errors.ts'
import type { ErrorResponse } from './contract.ts'

/** Answers with an error; `report` hears of programmer's faults. */
export function handleErrors(report: (error: unknown) => void): ErrorHandler {
  return error => {
    if (error instanceof VerbatimError) return respond(error)
    if (error instanceof HTTPException && error.status < 500) return respond(new UsageError(error.message))
    report(error)
    return respond(error)
  }
}

/** Nothing is at that address. */
export const handleMissing: NotFoundHandler = c =>
  respond(new NotFoundError(`There is nothing at ${c.req.path.slice(0, 200)}`))

function respond(error: unknown): Response {
  const status = error instanceof VerbatimError ? error.status : 500
  const body: ErrorResponse = { error: toErrorShape(error) }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'no-store' },
  })
}
