/** Who logs in, and what they did. */
import { integer, maybeInteger, maybeText, type TableDefinition, text } from './columns.ts'

export const people = {
  /** People who log in. Moments of accounts are instants (milliseconds since 1970): an end must not hang on a zone. */
  users: {
    area: 'app',
    large: false,
    key: ['user_id'],
    columns: {
      user_id: text,
      /** An e-mail address in small letters. */
      login: text,
      /** What others see beside their work. */
      name: text,
      /** viewer, editor or administrator */
      role: text,
      /** scrypt with its parameters and salt, see lib/secrets.ts; null until it is set. */
      password: maybeText,
      /** Issuer and subject at the OIDC provider, as JSON; null for who has never come from there. */
      subject: maybeText,
      disabled: integer,
      created_ms: integer,
      seen_ms: maybeInteger,
    },
  },
  /** Browsers that are logged in; by the hash of what their cookie holds. */
  sessions: {
    area: 'app',
    large: false,
    key: ['token_hash'],
    columns: {
      token_hash: text,
      /** A name for it that opens nothing. */
      session_id: text,
      user_id: text,
      /** Browser and system in a few words. */
      agent: text,
      created_ms: integer,
      seen_ms: integer,
      expires_ms: integer,
    },
  },
  /** Tokens by which programs act for a person. */
  api_tokens: {
    area: 'app',
    large: false,
    key: ['token_hash'],
    columns: {
      token_hash: text,
      token_id: text,
      user_id: text,
      name: text,
      /** read, run, edit, share, admin; with spaces between. */
      scopes: text,
      created_ms: integer,
      used_ms: maybeInteger,
      expires_ms: maybeInteger,
    },
  },
  /** Links by which a person sets a password, once; at most one a person. */
  account_links: {
    area: 'app',
    large: false,
    key: ['token_hash'],
    columns: {
      token_hash: text,
      user_id: text,
      /** invitation or reset */
      kind: text,
      expires_ms: integer,
    },
  },
  /** What matters for safety, by whom. Ids and counts alone: no name, no text, no secret. */
  audit: {
    area: 'app',
    large: false,
    key: ['audit_id'],
    columns: {
      audit_id: text,
      at_ms: integer,
      event: text,
      /** local, session, token or cli; nobody before a login. */
      via: text,
      user_id: maybeText,
      /** The id of what it was done to. */
      subject: maybeText,
      /** JSON. */
      details: text,
    },
  },
} as const satisfies Record<string, TableDefinition>
