/**
 * Sends what waits: a message with a link of its own for each recipient, so that one can be ended and its views are counted
 * apart. A link's token is made when the message is, and kept nowhere: another try turns it. What fails is tried again, ever
 * later; what can't succeed is not.
 */
import { NotFoundError } from '../errors.ts'
import type { Shares } from '../report/shares.ts'
import type { Database } from '../store/database.ts'
import {
  claimDelivery,
  type DeliveryRow,
  endDelivery,
  noteShare,
  queueDeliveries,
  type Recipient,
  readDelivery,
  readDueDeliveries,
} from '../store/deliveries.ts'
import { type EditionRow, readEdition } from '../store/editions.ts'
import { type Send, SendError } from './channels.ts'
import { toMessage } from './message.ts'

export interface DeliveriesParts {
  database: Database
  shares: Pick<Shares, 'createFor' | 'rotate' | 'revoke'>
  channels: Partial<Record<Recipient['channel'], Send>>
  /** Where readers reach this server, without a slash at its end. */
  publicUrl: string
  moment(): string
  now(): number
  report(error: unknown): void
}

export interface Deliveries {
  /** Sends what is due; resolves when all of it was tried. */
  tick(): Promise<void>
  /** Queues one edition for one recipient. */
  send(edition: EditionRow, to: Recipient): Promise<number>
  /** Tries one that failed again, from the beginning. Throws NotFoundError. */
  retry(id: string): Promise<void>
  close(): Promise<void>
}

const MINUTE = 60_000
/** Waits after the first failure, the second …; after as many it has failed. */
const WAITS = [1, 5, 30, 120, 360].map(minutes => minutes * MINUTE)
const EVERY = 15_000
/** For which one is held: longer than any channel takes. */
const LEASE = 2 * MINUTE
const AT_ONCE = 50
/** Milliseconds that closing waits for what is being sent. */
const GRACE = 3_000
/** What a link in a message lives; said in the message. */
const LIFETIME = '30d'

export function createDeliveries(parts: DeliveriesParts, every = EVERY): Deliveries {
  const { database, shares, channels, now } = parts
  const linkFor = async ({ delivery_id, share_id }: DeliveryRow, edition: EditionRow): Promise<string> => {
    if (share_id !== null) return shares.rotate(share_id)
    const { share, token } = await shares.createFor(edition, {
      expires: LIFETIME,
      password: null,
      author: edition.approved_by,
    })
    await noteShare(database, delivery_id, share.share_id)
    return token
  }
  const attempt = async (row: DeliveryRow): Promise<void> => {
    const edition = await readEdition(database, row.edition_id)
    if (edition?.approved_at == null)
      throw new SendError('The edition is deleted or not approved any more', { final: true })
    const send = channels[row.channel as Recipient['channel']]
    if (!send) throw new SendError(`${NAMES[row.channel] ?? row.channel} is not set up here`, { final: true })
    const token = await linkFor(row, edition)
    await send(row.recipient, toMessage(edition, `${parts.publicUrl}/r/${token}`))
  }
  const sendOne = async (row: DeliveryRow): Promise<void> => {
    const { delivery_id: id } = row
    const tries = row.tries + 1
    try {
      await attempt(row)
      await endDelivery(database, id, {
        state: 'sent',
        tries,
        next_ms: null,
        sent_at: parts.moment(),
        error: null,
      })
    } catch (error) {
      const known = error instanceof SendError ? error : null
      if (!known) parts.report(error)
      const wait = WAITS[tries - 1]
      const over = known?.final === true || wait === undefined
      await endDelivery(database, id, {
        state: over ? 'failed' : 'waiting',
        tries,
        next_ms: over ? null : now() + Math.max(wait, known?.waitMs ?? 0),
        sent_at: null,
        error: known?.message ?? 'Internal error',
      })
      // A link that nobody was told of must not stand open.
      const share = over ? (await readDelivery(database, id))?.share_id : null
      if (share) await shares.revoke([share])
    }
  }
  let running: Promise<void> = Promise.resolve()
  const tick = () => {
    running = running.then(async () => {
      for (const row of await readDueDeliveries(database, now(), AT_ONCE))
        if (await claimDelivery(database, row, now(), now() + LEASE)) await sendOne(row)
    })
    const done = running
    running = running.catch(() => {})
    return done
  }
  const timer = setInterval(() => void tick().catch(parts.report), every)
  timer.unref()
  return {
    tick,
    send: (edition, to) =>
      database.transaction(connection =>
        queueDeliveries(connection, edition, [to], { moment: parts.moment(), nowMs: now() }),
      ),
    retry: async id => {
      const row = await readDelivery(database, id)
      if (!row) throw new NotFoundError('There is no such message')
      if (row.state !== 'failed') return
      const anew = { state: 'waiting', tries: 0, next_ms: now(), sent_at: null, error: row.error }
      await database.transaction(async connection => {
        await endDelivery(connection, id, anew)
        // Its link was ended when it failed.
        await noteShare(connection, id, null)
      })
    },
    close: async () => {
      clearInterval(timer)
      // One that hangs is tried again by whoever opens the database next.
      await Promise.race([running, new Promise(resolve => setTimeout(resolve, GRACE).unref())])
    },
  }
}

const NAMES: Record<string, string> = { email: 'E-mail', telegram: 'Telegram' }
