/** What notebooks ask of deals most, kept ready beside them, so that no question joins or sorts a million rows. */
export const name = '003-ready-columns'

const text = (columns: string) =>
  columns.split(' ').map(column => `alter table deals add column ${column} text`)
const whole = (columns: string) =>
  columns.split(' ').map(column => `alter table deals add column ${column} bigint`)

export const statements: readonly string[] = [
  ...whole('origin_id'),
  ...text('client_kind city region profile'),
  ...whole('is_mql is_sql'),
  ...text('qualified_day closed_day'),
  ...whole('cycle_days'),
  ...text('previous_day next_day'),
  ...whole('purchase_n purchases_later'),
  ...text('contact_kind'),
  ...whole('contact_s'),
  'create index deals_closed on deals (closed_day, status)',
  'create index deals_qualified on deals (qualified_day)',
  'alter table conversations add column is_lost bigint',
  `create table origins (origin_id bigint not null, source text, medium text, campaign text, content text,
    keyword text, primary key (origin_id))`,
]
