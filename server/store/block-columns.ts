/**
 * Which columns of which tables are kept as blocks (blocks.ts), and what each says of a row. The same expressions are
 * asked of the rows themselves where there are no blocks.
 */

/** What a deal is, as bits of one number; see `flags` in metrics/tally.ts. */
const BITS = `coalesce(d.is_mql, 1) + 2 * coalesce(d.is_sql, 0)
  + case when d.purchase_n is null then 0 when d.purchase_n = 1 then 12 else 4 end
  + case when d.purchases_later > 0 then 16 else 0 end + case when d.status = 'open' then 32 else 0 end
  + case when d.status <> 'won' or d.amount is null then 0 when d.amount > 0 then 64 when d.amount < 0 then 128 else 0 end`

export const dealColumns = {
  day: 'd.day',
  closed_day: 'd.closed_day',
  qualified_day: 'd.qualified_day',
  previous_day: 'd.previous_day',
  week: 'd.week',
  month: 'd.month',
  bits: BITS,
  /** The client, where this is not its only deal. */
  client: 'case when d.is_only = 1 then null else d.client_id end',
  /** Of won deals. */
  amount: "case when d.status = 'won' then d.amount end",
  currency: "case when d.status = 'won' and d.amount is not null then coalesce(d.currency, '') end",
  status: 'd.status',
  source: 'd.source',
  origin_id: 'd.origin_id',
  product: 'd.product',
  manager: 'd.manager',
  pipeline: 'd.pipeline',
  stage: 'd.stage',
  loss_reason: 'd.loss_reason',
  landing_page: 'd.landing_page',
  contact_kind: 'd.contact_kind',
  contact_s: 'd.contact_s',
  cycle_days: 'd.cycle_days',
  client_kind: 'd.client_kind',
  city: 'd.city',
  region: 'd.region',
  profile: 'd.profile',
} as const
export type DealColumn = keyof typeof dealColumns

/** Signs that no mark holds, between marks and in the place of one that is not there. */
export const BETWEEN = '␟'
export const NOTHING = '␀'
const marks = (...names: string[]) =>
  names.map(mark => `coalesce(s.${mark}, '${NOTHING}')`).join(` || '${BETWEEN}' || `)

export const spendColumns = {
  day: 's.day',
  source: 's.source',
  /** All marks in one text: spend has a row a keyword and day. */
  origin: marks('source', 'medium', 'campaign', 'content', 'keyword'),
  coarse: marks('source', 'medium'),
  currency: 's.currency',
  cost: 's.cost',
} as const

export const blockTables = {
  deals: { from: 'deals d', day: 'd.day', columns: dealColumns as Record<string, string> },
  spend: { from: 'spend s', day: 's.day', columns: spendColumns as Record<string, string> },
} as const
export type BlockTable = keyof typeof blockTables
