/** Links to reports, their editions and how these are sent. */
import { integer, maybeInteger, maybeText, type TableDefinition, text } from './columns.ts'

export const reports = {
  /** Links to reports. */
  shares: {
    area: 'app',
    large: false,
    key: ['share_id'],
    columns: {
      share_id: text,
      /** Hex SHA-256 of the token, which is kept nowhere. */
      token_hash: text,
      notebook: text,
      title: text,
      language: text,
      /** frozen, live or edition */
      mode: text,
      /** Texts of the inputs by name, as JSON. */
      inputs: text,
      /** scrypt with its parameters and salt; see lib/secrets.ts. */
      password: maybeText,
      /** What its author confirmed that readers will see, as JSON. */
      exposed: text,
      created_at: text,
      /** An instant, since an end must not hang on a zone. */
      expires_ms: maybeInteger,
      revoked_at: maybeText,
      views: integer,
      last_view_at: maybeText,
      /** The name of who made it; null where nobody logs in. */
      author: maybeText,
      /** The one edition that it shows; null in mode edition: the latest approved one. */
      edition_id: maybeText,
      /** Whether readers may take files; null as 0. */
      downloads: maybeInteger,
      /** locked, hidden or open; null as locked. */
      reader_inputs: maybeText,
    },
  },
  /** Pages of frozen shares, compressed, as base64; `snapshot` is what files are made of, see report/snapshot.ts. */
  share_pages: {
    area: 'app',
    large: false,
    key: ['share_id'],
    columns: {
      share_id: text,
      made_at: text,
      etag: text,
      policy: text,
      gzip: text,
      brotli: text,
      snapshot: maybeText,
    },
  },
  /** Views by minute; of the viewer nothing is kept. */
  share_views: {
    area: 'app',
    large: false,
    key: ['share_id', 'minute'],
    columns: { share_id: text, minute: text, views: integer },
  },
  /** The last number given to an edition of a notebook. */
  edition_numbers: {
    area: 'app',
    large: false,
    key: ['notebook'],
    columns: { notebook: text, last: integer },
  },
  /** Numbered snapshots of reports, without their pages. */
  editions: {
    area: 'app',
    large: false,
    key: ['edition_id'],
    columns: {
      edition_id: text,
      notebook: text,
      number: integer,
      title: text,
      language: text,
      /** Texts of the inputs by name, as canonical JSON: those equal belong to one row of editions. */
      inputs: text,
      /** hand or schedule */
      cause: text,
      made_at: text,
      made_ms: integer,
      made_by: maybeText,
      data_to: maybeText,
      exposed: text,
      /** What later ones are compared with, as JSON; see report/edition-figures.ts. */
      figures: text,
      /** What changed since the one before, as JSON; `null` for a first one. */
      changes: text,
      approved_at: maybeText,
      approved_by: maybeText,
      etag: text,
      policy: text,
      bytes: integer,
    },
  },
  /** Pages of editions and what their files are made of, compressed, as base64. */
  edition_pages: {
    area: 'app',
    large: false,
    key: ['edition_id'],
    columns: { edition_id: text, gzip: text, brotli: text, snapshot: text },
  },
  edition_schedules: {
    area: 'app',
    large: false,
    key: ['schedule_id'],
    columns: {
      schedule_id: text,
      notebook: text,
      inputs: text,
      /** Five fields, in the company's time zone. */
      cron: text,
      active: integer,
      /** Whether its editions are approved at once. */
      approve: integer,
      keep_last: maybeInteger,
      keep_days: maybeInteger,
      /** Personal data on the page that its author confirmed, as JSON. */
      exposed: text,
      /** To whom approved editions are sent, as JSON: [{channel, to}]. */
      recipients: text,
      made_at: text,
      made_by: maybeText,
      /** When it is due; passed only together with the edition that was due, so that one missed is made. */
      next_ms: maybeInteger,
      /** Until when somebody works at it. */
      lease_ms: maybeInteger,
      last_at: maybeText,
      /** done or failed */
      last_state: maybeText,
      last_error: maybeText,
    },
  },
  /** Messages that tell of an edition; the link in them is made when they are sent. */
  deliveries: {
    area: 'app',
    large: false,
    key: ['delivery_id'],
    columns: {
      delivery_id: text,
      edition_id: text,
      notebook: text,
      number: integer,
      /** email or telegram */
      channel: text,
      recipient: text,
      share_id: maybeText,
      /** waiting, sent or failed */
      state: text,
      tries: integer,
      next_ms: maybeInteger,
      lease_ms: maybeInteger,
      made_at: text,
      sent_at: maybeText,
      error: maybeText,
    },
  },
} as const satisfies Record<string, TableDefinition>
