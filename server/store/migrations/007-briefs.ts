/** A deal by its id alone, for the brief that a CRM asks for; and the log of audiences that left the house. */
export const name = '007-briefs'

export const statements: readonly string[] = [
  'create index deals_id on deals (deal_id)',
  `create table {app}.audience_exports (export_id bigint not null, author text, made_at text not null,
    platform text not null, rule text not null, clients bigint not null, rows_written bigint not null,
    hashed bigint not null, primary key (export_id))`,
]
