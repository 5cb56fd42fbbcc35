/**
 * The pass of who gave a share's password: an end in milliseconds and an HMAC over it and the share's token, so that it
 * dies with either of them and the server keeps nothing of it. Tokens and passwords themselves are those of lib/secrets.ts.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a pass is bound to: both sides of a share that may change. */
export interface PassKeys {
  tokenHash: string
  /** Its stored hash. */
  password: string
}

/** `END.HMAC`, valid until `end` (milliseconds). */
export function makePass(end: number, keys: PassKeys): string {
  return `${end}.${sign(end, keys)}`
}

/** Whether a pass was made for this share and has not ended. */
export function isPass(pass: string, now: number, keys: PassKeys): boolean {
  const [end, signature] = pass.split('.')
  if (!/^\d{1,15}$/.test(end ?? '') || signature === undefined || Number(end) <= now) return false
  const [given, expected] = [Buffer.from(signature), Buffer.from(sign(Number(end), keys))]
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function sign(end: number, { tokenHash, password }: PassKeys): string {
  return createHmac('sha256', password).update(`${tokenHash} ${end}`).digest('base64url')
}
