/**
 * What notebooks ask of deals so often that it is kept ready beside them: their place among the client's deals and
 * purchases, the client's own fields, how the client got in touch and how long they waited. Pure; `write-deals.ts`
 * stores it.
 */
import { daysBetween, dayToMs } from '../lib/dates.ts'
import { originId } from '../lib/origin.ts'
import type { Row } from '../store/schema.ts'
import { MESSENGER } from './values.ts'

/** Reasons by which a lead never was one. A lead lost for another reason was marketing's good work. */
const JUNK =
  /спам|дубл|нецелев|не целев|ошиб\S* номер|не туда|(?<!\p{L})тест(?:ов\p{L}+)?(?!\p{L})|робот|не оставлял|не наш|вне зоны|другой регион|другой город|не занимаемся|spam|duplicate|wrong (?:number|person)|not a lead|unqualified|irrelevant|out of area|\btest\b|\bbot\b|robo-?call/iu

export type DealFacts = Pick<
  Row<'deals'>,
  | 'client_id'
  | 'deal_id'
  | 'status'
  | 'amount'
  | 'source'
  | 'medium'
  | 'campaign'
  | 'content'
  | 'keyword'
  | 'created_at'
  | 'qualified_at'
  | 'closed_at'
  | 'loss_reason'
  | 'day'
>
export type ClientFields = Pick<Row<'clients'>, 'kind' | 'city' | 'region' | 'profile'>
export type Talk = Pick<
  Row<'conversations'>,
  'conversation_id' | 'kind' | 'direction' | 'started_at' | 'wait_s' | 'is_missed' | 'source' | 'medium'
>

export const derivedColumns = [
  'origin_id',
  'client_kind',
  'city',
  'region',
  'profile',
  'is_mql',
  'is_sql',
  'qualified_day',
  'closed_day',
  'cycle_days',
  'previous_day',
  'next_day',
  'is_only',
  'purchase_n',
  'purchases_later',
  'contact_kind',
  'contact_s',
] as const
export type DerivedDeal = Pick<
  Row<'deals'>,
  'client_id' | 'deal_id' | 'status' | (typeof derivedColumns)[number]
>

/** A won deal for which money came in; one of a negative sum gives money back and is no purchase. */
export function isPurchase(deal: Pick<DealFacts, 'status' | 'amount'>): boolean {
  return deal.status === 'won' && (deal.amount ?? 0) >= 0
}

const byTime = (a: string | null, b: string | null) =>
  (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0

/** Ready columns of all deals of one client. `idOf` may remember what it computed. */
export function deriveDeals(
  client: ClientFields,
  deals: readonly DealFacts[],
  talks: readonly Talk[],
  idOf: typeof originId = originId,
): DerivedDeal[] {
  const order = [...deals].sort((a, b) => byTime(a.created_at, b.created_at) || byTime(a.deal_id, b.deal_id))
  const dated = order.filter(deal => deal.day !== null)
  const bought = order
    .filter(isPurchase)
    .sort((a, b) => byTime(a.closed_at ?? a.created_at, b.closed_at ?? b.created_at))
  const contacts = talks
    .filter(talk => talk.kind !== 'comment' && talk.started_at !== null)
    .sort((a, b) => byTime(a.started_at, b.started_at) || byTime(a.conversation_id, b.conversation_id))
  return order.map(deal => {
    const place = dated.indexOf(deal)
    const purchase = bought.indexOf(deal)
    const isSql = deal.qualified_at !== null || deal.status === 'won'
    const junk = deal.status === 'lost' && deal.loss_reason !== null && JUNK.test(deal.loss_reason)
    return {
      client_id: deal.client_id,
      deal_id: deal.deal_id,
      status: deal.status,
      origin_id: idOf(deal),
      client_kind: client.kind,
      city: client.city,
      region: client.region,
      profile: client.profile,
      is_mql: isSql || !junk ? 1 : 0,
      is_sql: isSql ? 1 : 0,
      qualified_day: qualifiedDay(deal),
      closed_day: deal.status === 'open' ? null : (deal.closed_at?.slice(0, 10) ?? null),
      cycle_days: cycleOf(deal),
      previous_day: place > 0 ? dated[place - 1]!.day : null,
      next_day: place >= 0 ? (dated[place + 1]?.day ?? null) : null,
      is_only: order.length === 1 ? 1 : 0,
      purchase_n: purchase === -1 ? null : purchase + 1,
      purchases_later: purchase === -1 ? null : bought.length - purchase - 1,
      ...contactOf(deal, order[order.indexOf(deal) - 1], order[order.indexOf(deal) + 1], contacts),
    }
  })
}

/** The day on which sales took a deal on; money given back is no lead that anybody took. */
function qualifiedDay(deal: DealFacts): string | null {
  if (deal.status === 'won' && !isPurchase(deal)) return null
  return (deal.qualified_at ?? (deal.status === 'won' ? deal.closed_at : null))?.slice(0, 10) ?? null
}

/** Days from a purchase's creation to its closing: below zero where it was closed before it began, null without a date. */
function cycleOf(deal: DealFacts): number | null {
  if (!isPurchase(deal) || deal.created_at === null || deal.closed_at === null) return null
  return daysBetween(deal.created_at.slice(0, 10), deal.closed_at.slice(0, 10))
}

const DAY_MS = 86_400_000
const toMs = (moment: string) =>
  dayToMs(moment.slice(0, 10))! +
  Number(moment.slice(11, 13)) * 3_600_000 +
  Number(moment.slice(14, 16)) * 60_000 +
  Number(moment.slice(17, 19)) * 1000

/**
 * How the client got in touch about a deal: the first conversation from a day before its creation on (calls come before
 * the deals that are made of them), up to the next deal. And how many seconds passed until one of ours spoke with them.
 */
function contactOf(
  deal: DealFacts,
  previous: DealFacts | undefined,
  next: DealFacts | undefined,
  contacts: readonly Talk[],
): Pick<DerivedDeal, 'contact_kind' | 'contact_s'> {
  if (deal.created_at === null) return { contact_kind: null, contact_s: null }
  const created = toMs(deal.created_at)
  const from = Math.max(created - DAY_MS, previous?.created_at ? toMs(previous.created_at) + 1 : 0)
  const to = next?.created_at ? toMs(next.created_at) - 1 : Number.POSITIVE_INFINITY
  const own = contacts.filter(talk => {
    const at = toMs(talk.started_at!)
    return at >= from && at <= to
  })
  const [first] = own
  if (!first) return { contact_kind: null, contact_s: null }
  const kind =
    first.kind === 'chat' && MESSENGER.test(`${first.source} ${first.medium}`) ? 'messenger' : first.kind
  const spoken = own.find(talk => talk.kind !== 'form' && talk.is_missed === 0)
  if (!spoken) return { contact_kind: kind, contact_s: null }
  const since = Math.min(created, toMs(first.started_at!))
  const waited = Math.max(0, toMs(spoken.started_at!) - since) / 1000 + (spoken.wait_s ?? 0)
  return { contact_kind: kind, contact_s: Math.round(waited) }
}

/** Calls of clients that were missed and after which nobody of ours ever spoke with them: 1; others 0. */
export function findLost(talks: readonly Talk[]): Map<string, 0 | 1> {
  const spoken = talks.filter(talk => talk.is_missed === 0 && !['comment', 'form'].includes(talk.kind))
  const last = spoken.reduce(
    (latest, talk) => (byTime(latest, talk.started_at) < 0 ? talk.started_at! : latest),
    '',
  )
  return new Map(
    talks.map(talk => [
      talk.conversation_id,
      talk.is_missed === 1 &&
      talk.direction !== 'out' &&
      (last === '' || (talk.started_at !== null && talk.started_at > last))
        ? 1
        : 0,
    ]),
  )
}
