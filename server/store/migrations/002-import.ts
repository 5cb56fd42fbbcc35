/** What imports of any size need: the greatest alias at once, and room for spend that is too much for memory. */
export const name = '002-import'

export const statements: readonly string[] = [
  'create index clients_alias on clients (alias)',
  `create table {app}.spend_staging (import_id bigint not null, part bigint not null, row_id text not null,
    source text, medium text, campaign text, content text, keyword text, day text, week text, month text,
    impressions bigint, reach bigint, clicks bigint, cost double precision, currency text,
    primary key (import_id, row_id, part))`,
]
