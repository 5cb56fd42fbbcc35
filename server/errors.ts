/**
 * Every error that a person may meet. Each class has a stable `code` (for programs), an HTTP `status`,
 * a `message` that says what happened and where, and a `hint` that says how to mend it.
 * Anything else that is thrown is a programmer's fault and is reported as `internal`.
 */
export interface ErrorOptions {
  hint?: string
  /** Plain data for programs: file, line, column, row … Never personal data, never a secret. */
  details?: Record<string, unknown>
  cause?: unknown
}

export class VerbatimError extends Error {
  readonly code: string = 'internal'
  readonly status: number = 500
  readonly hint: string | undefined
  readonly details: Record<string, unknown> | undefined

  constructor(message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.hint = options.hint
    this.details = options.details
  }
}

/** The command line or a request was put wrongly; exit code 2. */
export class UsageError extends VerbatimError {
  override readonly code = 'usage'
  override readonly status = 400
}

/** A file, option or body holds something that can't be taken; exit code 1. */
export class InputError extends VerbatimError {
  override readonly code = 'bad_input'
  override readonly status = 422
}

/** The thing named is not there. */
export class NotFoundError extends VerbatimError {
  override readonly code = 'not_found'
  override readonly status = 404
}

/** Nobody has said who they are, or what they said is not so. */
export class AuthenticationError extends VerbatimError {
  override readonly code = 'not_signed_in'
  override readonly status = 401
}

/** Asked for something that this caller may not have. */
export class ForbiddenError extends VerbatimError {
  override readonly code = 'forbidden'
  override readonly status = 403
}

/** Two changes met; neither is lost. */
export class ConflictError extends VerbatimError {
  override readonly code = 'conflict'
  override readonly status = 409
}

/** A notebook file or one of its cells is wrong. Details: line, column (both from 1) in the notebook file. */
export class NotebookError extends VerbatimError {
  override readonly code = 'notebook'
  override readonly status = 422
}

/** A query was refused or failed. Details: `offset` (UTF-16 units into the SQL text) where it is known. */
export class QueryError extends VerbatimError {
  override readonly code = 'query'
  override readonly status = 422
}

/** Work was stopped by the person or by a limit. */
export class CancelledError extends VerbatimError {
  override readonly code = 'cancelled'
  override readonly status = 499
}

/** A time, row or size limit was reached. */
export class LimitError extends VerbatimError {
  override readonly code = 'limit'
  override readonly status = 413
}

/** Tried too often. Details: `seconds` until the next try. */
export class TooManyError extends VerbatimError {
  override readonly code = 'too_many'
  override readonly status = 429
}

/** A service that this needs is not configured or does not answer. */
export class UnavailableError extends VerbatimError {
  override readonly code = 'unavailable'
  override readonly status = 503
}

export interface ErrorShape {
  code: string
  message: string
  hint?: string
  details?: Record<string, unknown>
}

/** The one wire shape of an error. Unknown errors give no inner details away. */
export function toErrorShape(error: unknown): ErrorShape {
  if (!(error instanceof VerbatimError)) return { code: 'internal', message: 'Internal error' }
  return {
    code: error.code,
    message: error.message,
    ...(error.hint !== undefined && { hint: error.hint }),
    ...(error.details !== undefined && { details: error.details }),
  }
}
