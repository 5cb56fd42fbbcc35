/** Links to reports: who may open what until when, the page as it was frozen, and when it was looked at. */
import type { Dialect } from '../database.ts'

export const name = '005-shares'

export const statements = (dialect: Dialect): readonly string[] => [
  `create table {app}.shares (share_id text not null, token_hash text not null, notebook text not null,
    title text not null, language text not null, mode text not null, inputs text not null, password text,
    exposed text not null, created_at text not null, expires_ms bigint, revoked_at text, views bigint not null,
    last_view_at text, primary key (share_id))`,
  // Where the schema of an index is named differs.
  dialect === 'sqlite'
    ? 'create unique index {app}.shares_token on shares (token_hash)'
    : 'create unique index shares_token on {app}.shares (token_hash)',
  `create table {app}.share_pages (share_id text not null, made_at text not null, etag text not null,
    policy text not null, gzip text not null, brotli text not null, primary key (share_id))`,
  `create table {app}.share_views (share_id text not null, minute text not null, views bigint not null,
    primary key (share_id, minute))`,
]
