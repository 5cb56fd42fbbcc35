/** Editions of reports: numbered snapshots with what changed, when they are made by themselves, and to whom they are sent. */
import type { Dialect } from '../database.ts'

export const name = '014-editions'

const onApp = (dialect: Dialect, index: string, table: string, columns: string) =>
  // Where the schema of an index is named differs.
  dialect === 'sqlite'
    ? `create index {app}.${index} on ${table} (${columns})`
    : `create index ${index} on {app}.${table} (${columns})`

export const statements = (dialect: Dialect): readonly string[] => [
  'alter table {app}.shares add column edition_id text',
  'alter table {app}.shares add column downloads bigint',
  'alter table {app}.shares add column reader_inputs text',
  'alter table {app}.share_pages add column snapshot text',
  // Numbers are never given twice, whatever is pruned.
  'create table {app}.edition_numbers (notebook text not null, last bigint not null, primary key (notebook))',
  `create table {app}.editions (edition_id text not null, notebook text not null, number bigint not null,
    title text not null, language text not null, inputs text not null, cause text not null, made_at text not null,
    made_ms bigint not null, made_by text, data_to text, exposed text not null, figures text not null,
    changes text not null, approved_at text, approved_by text, etag text not null, policy text not null,
    bytes bigint not null, primary key (edition_id))`,
  onApp(dialect, 'editions_notebook', 'editions', 'notebook, number'),
  `create table {app}.edition_pages (edition_id text not null, gzip text not null, brotli text not null,
    snapshot text not null, primary key (edition_id))`,
  `create table {app}.edition_schedules (schedule_id text not null, notebook text not null, inputs text not null,
    cron text not null, active bigint not null, approve bigint not null, keep_last bigint, keep_days bigint,
    exposed text not null, recipients text not null, made_at text not null, made_by text, next_ms bigint,
    lease_ms bigint, last_at text, last_state text, last_error text, primary key (schedule_id))`,
  `create table {app}.deliveries (delivery_id text not null, edition_id text not null, notebook text not null,
    number bigint not null, channel text not null, recipient text not null, share_id text, state text not null,
    tries bigint not null, next_ms bigint, lease_ms bigint, made_at text not null, sent_at text, error text,
    primary key (delivery_id))`,
  onApp(dialect, 'deliveries_state', 'deliveries', 'state, next_ms'),
]
