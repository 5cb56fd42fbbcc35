/**
 * Tokens and passwords. A token is 192 random bits and stored as its SHA-256, since what can't be guessed needs no slow
 * hash. A password is stored by scrypt (RFC 7914) with a salt of its own; N, r, p as OWASP recommends for 32 MB of memory.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { InputError } from '../errors.ts'

const TOKEN = /^[\w-]{32}$/
const COST = { N: 2 ** 15, r: 8, p: 3 } as const
const SHORTEST = 8
const LONGEST = 200
/** Derivations at once: each takes 32 MB and a core for 0.2 s, and the threads that do it also read files. */
const AT_ONCE = 2

/** 32 characters of base64url. */
export function makeToken(): string {
  return randomBytes(24).toString('base64url')
}

/** Whether a text could be a token at all. */
export function isToken(text: string): boolean {
  return TOKEN.test(text)
}

/** A name for something that gives nothing away: 12 characters of base64url. */
export function makeId(): string {
  return randomBytes(9).toString('base64url')
}

/** `scrypt$N$r$p$salt$key`. Throws InputError for a password too short or too long. */
export async function hashPassword(password: string): Promise<string> {
  const length = [...password.slice(0, 2 * LONGEST + 1)].length
  if (length < SHORTEST || length > LONGEST)
    throw new InputError(`The password must have from ${SHORTEST} to ${LONGEST} characters`, {
      hint: 'Three or four words in a row are easy to tell by telephone.',
    })
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$')
}

/** Whether a password is the one behind a stored hash. Without one it takes as long and is not. */
export async function checkPassword(password: string, stored: string | null): Promise<boolean> {
  if ([...password.slice(0, 2 * LONGEST + 1)].length > LONGEST) return false
  if (stored === null) {
    await derive(password, randomBytes(16), COST)
    return false
  }
  const [, N, r, p, salt, key] = stored.split('$')
  const expected = Buffer.from(key!, 'base64')
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  return timingSafeEqual(await derive(password, Buffer.from(salt!, 'base64'), cost), expected)
}

let free = AT_ONCE
const waiting: (() => void)[] = []

async function derive(password: string, salt: Buffer, { N, r, p }: { N: number; r: number; p: number }) {
  if (free === 0) await new Promise<void>(resolve => waiting.push(resolve))
  else free--
  try {
    const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r }
    return await new Promise<Buffer>((resolve, reject) => {
      // The same letters may be typed in several ways.
      scrypt(password.normalize('NFKC'), salt, 32, options, (error, key) =>
        error ? reject(error) : resolve(key),
      )
    })
  } finally {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
}
