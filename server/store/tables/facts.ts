/** Facts: what is known of clients, and what was loaded. */
import {
  calendar,
  integer,
  maybeInteger,
  maybeReal,
  maybeText,
  origin,
  real,
  spendColumns,
  type TableDefinition,
  text,
} from './columns.ts'

export const facts = {
  clients: {
    area: 'facts',
    large: true,
    key: ['client_id'],
    columns: {
      client_id: text,
      /** The number shown instead of a name («Клиент 14»); given at first sight, never reused. */
      alias: integer,
      kind: maybeText,
      city: maybeText,
      region: maybeText,
      profile: maybeText,
      consent: maybeInteger,
      first_seen_at: maybeText,
      ...calendar,
    },
  },
  client_attributes: {
    area: 'facts',
    large: true,
    key: ['client_id', 'name'],
    columns: { client_id: text, name: text, value: maybeText },
  },
  deals: {
    area: 'facts',
    large: true,
    key: ['client_id', 'deal_id'],
    columns: {
      client_id: text,
      deal_id: text,
      title: maybeText,
      product: maybeText,
      pipeline: maybeText,
      stage: maybeText,
      /** open, won or lost */
      status: text,
      /** In units of `currency`, kopecks after the point. */
      amount: maybeReal,
      currency: maybeText,
      manager: maybeText,
      ...origin,
      landing_page: maybeText,
      created_at: maybeText,
      qualified_at: maybeText,
      closed_at: maybeText,
      loss_reason: maybeText,
      ...calendar,
      /** The rest follows from other facts and is kept ready by sources/write-deals.ts. In `origins`. */
      origin_id: maybeInteger,
      client_kind: maybeText,
      city: maybeText,
      region: maybeText,
      profile: maybeText,
      /** 0 where the lead was lost as no lead at all (spam, a wrong number). */
      is_mql: maybeInteger,
      is_sql: maybeInteger,
      qualified_day: maybeText,
      closed_day: maybeText,
      /** From creation to closing, of purchases; below zero where the CRM says that it was won before it was created. */
      cycle_days: maybeInteger,
      /** Days on which the client's deal before and after this one were created. */
      previous_day: maybeText,
      next_day: maybeText,
      /** Which purchase of the client it is, from 1, and how many followed; null when it is none. */
      purchase_n: maybeInteger,
      purchases_later: maybeInteger,
      /** How the client got in touch: call, chat, messenger, email or form. */
      contact_kind: maybeText,
      /** Seconds until one of ours spoke with the client; null while nobody did. */
      contact_s: maybeInteger,
      /** 1 where the client has no other deal, dated or not. */
      is_only: maybeInteger,
    },
  },
  /** Every combination of marks that a deal came with, by the number that deals carry. */
  origins: {
    area: 'facts',
    large: false,
    key: ['origin_id'],
    columns: { origin_id: integer, ...origin },
  },
  deal_stages: {
    area: 'facts',
    large: true,
    key: ['client_id', 'deal_id', 'n'],
    columns: { client_id: text, deal_id: text, n: integer, stage: text, entered_at: maybeText },
  },
  deal_tags: {
    area: 'facts',
    large: true,
    key: ['client_id', 'deal_id', 'tag'],
    columns: { client_id: text, deal_id: text, tag: text },
  },
  conversations: {
    area: 'facts',
    large: true,
    key: ['client_id', 'conversation_id'],
    columns: {
      client_id: text,
      conversation_id: text,
      deal_id: maybeText,
      /** call, chat, messenger, email, form or comment */
      kind: text,
      /** in or out */
      direction: maybeText,
      started_at: maybeText,
      duration_s: maybeReal,
      wait_s: maybeReal,
      manager: maybeText,
      is_missed: integer,
      recording: maybeText,
      ...origin,
      landing_page: maybeText,
      ...calendar,
      /** Rises with every batch that changed this conversation or its utterances; mining reads what is newer. */
      revision: integer,
      /** 1 for a missed call after which nobody ever spoke with the client, else 0 or null; kept by sources/write-deals.ts. */
      is_lost: maybeInteger,
    },
  },
  utterances: {
    area: 'facts',
    large: true,
    key: ['client_id', 'conversation_id', 'n'],
    columns: {
      client_id: text,
      conversation_id: text,
      n: integer,
      /** client, agent or note */
      speaker: text,
      start_ms: maybeInteger,
      end_ms: maybeInteger,
      text: text,
    },
  },
  visits: {
    area: 'facts',
    large: true,
    key: ['client_id', 'visit_id'],
    columns: {
      client_id: text,
      visit_id: text,
      started_at: maybeText,
      ...origin,
      landing_page: maybeText,
      pages: maybeInteger,
      goals: maybeText,
      ...calendar,
      /** In `origins`. */
      origin_id: maybeInteger,
    },
  },
  spend: {
    area: 'facts',
    large: false,
    /** `row_id` is made of the columns before it, so that a repeated import meets its own rows. */
    key: ['row_id'],
    columns: spendColumns,
  },
  targets: {
    area: 'facts',
    large: false,
    key: ['month', 'manager', 'metric'],
    /** `manager` is '' for the whole company. */
    columns: { month: text, manager: text, metric: text, value: real },
  },
  pages: {
    area: 'facts',
    large: false,
    key: ['page_id'],
    columns: {
      page_id: text,
      url: maybeText,
      /** landing, faq or help */
      kind: text,
      position: integer,
      heading: maybeText,
      text: text,
      /** The day from which visitors saw this text, where known. */
      published_at: maybeText,
    },
  },
  rejects: {
    area: 'facts',
    large: false,
    key: ['reject_id'],
    columns: {
      reject_id: text,
      import_id: integer,
      source: text,
      line: maybeInteger,
      reason: text,
      raw: maybeText,
      made_at: text,
      /** The reason's code and what it speaks of, as JSON, for saying it in any language. */
      problem: maybeText,
      /** The row's cells and how they were read, as JSON, for trying it again; null where it can't be. */
      reading: maybeText,
    },
  },
  imports: {
    area: 'facts',
    large: false,
    key: ['import_id'],
    columns: {
      import_id: integer,
      source: text,
      kind: text,
      format: text,
      rows_read: integer,
      rows_new: integer,
      rows_changed: integer,
      rows_rejected: integer,
      started_at: text,
      finished_at: maybeText,
      /** Rows passed over since their client was erased. */
      rows_erased: maybeInteger,
    },
  },
  /** Columns of other tables, a month in one text, from which numbers are read; see blocks.ts. */
  blocks: {
    area: 'facts',
    large: false,
    key: ['table_name', 'month', 'name'],
    columns: { table_name: text, month: text, name: text, body: text },
  },
  table_versions: {
    area: 'facts',
    large: false,
    key: ['name'],
    columns: { name: text, version: integer },
  },
} as const satisfies Record<string, TableDefinition>
