/** What was removed and must not come back, what the program wrote to disk, and rejects that can be mended and tried again. */
export const name = '015-care'

export const statements: readonly string[] = [
  `create table {app}.removals (removal_id text not null, kind text not null, state text not null, client_id text,
    alias bigint, author text, made_at text not null, finished_at text, counts text not null,
    primary key (removal_id))`,
  'create table {app}.erased_keys (key_hash text not null, erased_at text not null, primary key (key_hash))',
  `create table {app}.written_files (path text not null, written_at text not null, clients text not null,
    primary key (path))`,
  `create table {app}.column_mappings (header_hash text not null, kind text not null, mapping text not null,
    made_at text not null, primary key (header_hash, kind))`,
  'alter table imports add column rows_erased bigint',
  'alter table rejects add column problem text',
  'alter table rejects add column reading text',
]
