/**
 * Tokens and passwords of shares. A token is 192 random bits and stored as its SHA-256, since what can't be guessed needs
 * no slow hash. A password is stored by scrypt (RFC 7914; N, r, p as OWASP recommends for 32 MB of memory). Whoever gave
 * the password carries a pass: an end in milliseconds and an HMAC over it and the share's token, so that it dies with
 * either of them and the server keeps nothing of it.
 */
import { createHmac, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { InputError } from '../errors.ts'

const TOKEN = /^[\w-]{32}$/
const COST = { N: 2 ** 15, r: 8, p: 3 } as const
const SHORTEST = 8
const LONGEST = 200

/** 32 characters of base64url. */
export function makeToken(): string {
  return randomBytes(24).toString('base64url')
}

/** Whether a text could be a token at all. */
export function isToken(text: string): boolean {
  return TOKEN.test(text)
}

/** A name for a share that gives nothing away. */
export function makeShareId(): string {
  return randomBytes(9).toString('base64url')
}

/** `scrypt$N$r$p$salt$key`. Throws InputError for a password too short or too long. */
export async function hashPassword(password: string): Promise<string> {
  const length = [...password].length
  if (length < SHORTEST || length > LONGEST)
    throw new InputError(`The password must have from ${SHORTEST} to ${LONGEST} characters`, {
      hint: 'Three or four words in a row are easy to tell by telephone.',
    })
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$')
}

/** Whether a password is the one behind a stored hash. */
export async function checkPassword(password: string, stored: string): Promise<boolean> {
  if ([...password.slice(0, 2 * LONGEST)].length > LONGEST) return false
  const [, N, r, p, salt, key] = stored.split('$')
  const expected = Buffer.from(key!, 'base64')
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  return timingSafeEqual(await derive(password, Buffer.from(salt!, 'base64'), cost), expected)
}

function derive(password: string, salt: Buffer, { N, r, p }: { N: number; r: number; p: number }) {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r }
  return new Promise<Buffer>((resolve, reject) => {
    // The same letters may be typed in several ways.
    scrypt(password.normalize('NFKC'), salt, 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

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
