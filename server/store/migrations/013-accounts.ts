/** Who may come in, by which session or token, the links by which passwords are set, and the log of what matters. */
import type { Dialect } from '../database.ts'

export const name = '013-accounts'

export const statements = (dialect: Dialect): readonly string[] => {
  // Where the schema of an index is named differs.
  const index = (what: string, name: string, on: string, columns: string) =>
    dialect === 'sqlite'
      ? `create ${what} {app}.${name} on ${on} (${columns})`
      : `create ${what} ${name} on {app}.${on} (${columns})`
  return [
    `create table {app}.users (user_id text not null, login text not null, name text not null, role text not null,
      password text, subject text, disabled bigint not null, created_ms bigint not null, seen_ms bigint,
      primary key (user_id))`,
    index('unique index', 'users_login', 'users', 'login'),
    index('unique index', 'users_subject', 'users', 'subject'),
    `create table {app}.sessions (token_hash text not null, session_id text not null, user_id text not null,
      agent text not null, created_ms bigint not null, seen_ms bigint not null, expires_ms bigint not null,
      primary key (token_hash))`,
    index('index', 'sessions_user', 'sessions', 'user_id'),
    `create table {app}.api_tokens (token_hash text not null, token_id text not null, user_id text not null,
      name text not null, scopes text not null, created_ms bigint not null, used_ms bigint, expires_ms bigint,
      primary key (token_hash))`,
    index('index', 'api_tokens_user', 'api_tokens', 'user_id'),
    `create table {app}.account_links (token_hash text not null, user_id text not null, kind text not null,
      expires_ms bigint not null, primary key (token_hash))`,
    index('index', 'account_links_user', 'account_links', 'user_id'),
    `create table {app}.audit (audit_id text not null, at_ms bigint not null, event text not null, via text not null,
      user_id text, subject text, details text not null, primary key (audit_id))`,
    index('index', 'audit_time', 'audit', 'at_ms'),
    'alter table {app}.shares add column author text',
  ]
}
