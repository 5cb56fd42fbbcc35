import { createHmac } from 'node:crypto'

/** The hash under which an erased key is known; from it nobody finds the key without the installation's secret. */
export function tombstoneOf(key: string, secret: string): string {
  return createHmac('sha256', secret).update(`erased\0${key}`).digest('hex').slice(0, 32)
}
