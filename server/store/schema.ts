/**
 * The tables, as data: one place from which row types are inferred and bulk writes take their column types.
 * Dialect-free. `migrations/` creates them; a test compares the real databases with this file.
 *
 * - `area` facts: what notebooks read; app: the application's own state and personal data, invisible to them.
 * - `large`: grows with the clients; `client_id` leads its key (the distribution column on a cluster).
 * - Moments are text `YYYY-MM-DD HH:MM:SS` in the company's time zone, days text; see lib/dates.ts.
 * - Flags are integers 0 or 1, since a boolean is not written alike in both databases.
 */
export type ColumnType = 'text' | 'integer' | 'real'
export interface Column {
  type: ColumnType
  nullable: boolean
}
export interface TableDefinition {
  area: 'facts' | 'app'
  large: boolean
  columns: Record<string, Column>
  key: readonly string[]
}

const text = { type: 'text', nullable: false } as const
const maybeText = { type: 'text', nullable: true } as const
const integer = { type: 'integer', nullable: false } as const
const maybeInteger = { type: 'integer', nullable: true } as const
const real = { type: 'real', nullable: false } as const
const maybeReal = { type: 'real', nullable: true } as const

/** Where a contact came from; the same columns wherever a fact carries them. */
const origin = {
  source: maybeText,
  medium: maybeText,
  campaign: maybeText,
  content: maybeText,
  keyword: maybeText,
} as const
const calendar = { day: maybeText, week: maybeText, month: maybeText } as const

export const tables = {
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
    columns: {
      row_id: text,
      ...origin,
      ...calendar,
      impressions: maybeInteger,
      reach: maybeInteger,
      clicks: maybeInteger,
      cost: maybeReal,
      currency: maybeText,
    },
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
  themes: {
    area: 'facts',
    large: false,
    key: ['theme_id'],
    columns: {
      theme_id: text,
      /** question, value or objection */
      kind: text,
      label: text,
      /** What the machine called it, under a person's name for it. */
      machine_label: text,
      /** price, landing, product, terms, service or other */
      topic: text,
      machine_topic: text,
      /** new, in_work, answered or dismissed */
      status: text,
      hidden: integer,
      /** The older theme that this one was merged into. */
      alias_of: maybeText,
      created_at: maybeText,
      /** Which engine and catalogue data stand behind it; opaque to notebooks. */
      engine: maybeText,
    },
  },
  theme_edits: {
    area: 'facts',
    large: false,
    key: ['edit_id'],
    columns: {
      edit_id: integer,
      action: text,
      /** What the action needs, as JSON. */
      body: text,
      author: maybeText,
      made_at: text,
      undone: integer,
    },
  },
  mentions: {
    area: 'facts',
    large: true,
    key: ['client_id', 'conversation_id', 'n', 'span_from', 'kind'],
    columns: {
      client_id: text,
      conversation_id: text,
      n: integer,
      /** UTF-16 units into the utterance's text, `span_to` exclusive. */
      span_from: integer,
      span_to: integer,
      /** question, value or objection */
      kind: text,
      /** Null while it waits for a theme. */
      theme_id: maybeText,
      /** Where the machine put it; people's edits and merges make `theme_id` of it. */
      machine_theme_id: maybeText,
      /** Why it waits: few (not enough clients said alike yet) or bare (no word that means something). */
      waits: maybeText,
      /** Its place among the texts by which the machine knows the theme; null for the others. */
      exemplar: maybeInteger,
      score: maybeReal,
      /** Taken from the conversation, so that notebooks ask one table. */
      deal_id: maybeText,
      source: maybeText,
      conversation_kind: maybeText,
      ...calendar,
    },
  },
  /** Wordings of clients that a person confirmed as asking for a page's section. */
  page_phrasings: {
    area: 'facts',
    large: false,
    key: ['page_id', 'text'],
    columns: { page_id: text, text: text },
  },
  /** Each question theme against the pages; made by mining. */
  gaps: {
    area: 'facts',
    large: false,
    key: ['theme_id'],
    columns: {
      theme_id: text,
      /** answered, poor (a section answers, clients ask all the same), missing, or unsure */
      state: text,
      /** The nearest section, answering or not. */
      page_id: maybeText,
      /** Likeness to it, 0 … 1. */
      score: maybeReal,
      /** Distinct clients who asked, and who asked after the section was there. */
      clients: integer,
      asked_after: integer,
      /** Of those who got in touch in equal spans before and after the section's day: who asked, out of how many. */
      before_clients: maybeInteger,
      before_of: maybeInteger,
      after_clients: maybeInteger,
      after_of: maybeInteger,
      /** 1 when the share fell beyond chance. */
      faded: integer,
    },
  },
  /** How the draft of an answer to each theme's question stands; follows from the log of edits. */
  faq_drafts: {
    area: 'facts',
    large: false,
    key: ['theme_id'],
    columns: {
      theme_id: text,
      /** new, in_work, draft or published */
      status: text,
      /** As an editor wrote them; null while nobody did. */
      question: maybeText,
      answer: maybeText,
      /** Who changed it last, and when. */
      author: maybeText,
      changed_at: text,
      /** The day from which visitors see it. */
      published_at: maybeText,
    },
  },
  faq_edits: {
    area: 'facts',
    large: false,
    key: ['edit_id'],
    columns: {
      edit_id: integer,
      action: text,
      /** What the action needs, as JSON. */
      body: text,
      author: maybeText,
      made_at: text,
      undone: integer,
    },
  },
  /** What a section's day changed for the themes it is about, taken together; made by mining. */
  page_changes: {
    area: 'facts',
    large: false,
    key: ['page_id'],
    columns: {
      page_id: text,
      day: text,
      /** Of those who got in touch in equal spans before and after the day: who asked for any of its themes. */
      before_clients: integer,
      before_of: integer,
      after_clients: integer,
      after_of: integer,
      /** 1 when the share fell beyond chance. */
      faded: integer,
    },
  },
  /** Themes that a changed section is about, nearest first. */
  page_change_themes: {
    area: 'facts',
    large: false,
    key: ['page_id', 'theme_id'],
    columns: { page_id: text, theme_id: text, n: integer },
  },
  /** Groups of clients that are alike; made by mining. Ids are never given twice. */
  personas: {
    area: 'facts',
    large: false,
    key: ['persona_id'],
    columns: {
      persona_id: text,
      name: text,
      /** What the machine called it, under a person's name for it. */
      machine_name: text,
      hidden: integer,
      /** Comes first, and no later division of the clients dissolves it. */
      pinned: integer,
      /** The older persona that this one was merged into. */
      alias_of: maybeText,
      created_at: maybeText,
    },
  },
  persona_edits: {
    area: 'facts',
    large: false,
    key: ['edit_id'],
    columns: {
      edit_id: integer,
      action: text,
      /** What the action needs, as JSON. */
      body: text,
      author: maybeText,
      made_at: text,
      undone: integer,
    },
  },
  /** How many clients of the machine's personas have each trait, out of how many of whom the field is known. */
  persona_traits: {
    area: 'facts',
    large: false,
    key: ['persona_id', 'field', 'value'],
    columns: {
      persona_id: text,
      /**
       * kind, profile, city, product, source, contact, repeat, attribute:NAME, check, cycle, or theme; and for briefs
       * `won:theme` (themes of clients who bought, out of those who spoke) and `hour` (hours of getting in touch).
       */
      field: text,
      /** The field's value, a band as `low..high`, or a theme's id. */
      value: text,
      clients: integer,
      known: integer,
    },
  },
  client_personas: {
    area: 'facts',
    large: true,
    key: ['client_id'],
    columns: {
      client_id: text,
      persona_id: text,
      /** Where the machine put the client; people's merges make `persona_id` of it. */
      machine_persona_id: text,
      /** How sure that is, 0 … 1. */
      share: real,
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
  client_contacts: {
    area: 'app',
    large: true,
    key: ['client_id'],
    columns: { client_id: text, name: maybeText, phone: maybeText, email: maybeText },
  },
  /** Every key by which a client was ever named (crm id, phone, e-mail) -> the client. */
  client_keys: {
    area: 'app',
    large: false,
    key: ['key'],
    columns: { key: text, client_id: text },
  },
  /** Spend of an import that is not finished: it takes its days' place at once, at the end. */
  spend_staging: {
    area: 'app',
    large: false,
    key: ['import_id', 'row_id', 'part'],
    columns: {
      import_id: integer,
      part: integer,
      row_id: text,
      ...origin,
      ...calendar,
      impressions: maybeInteger,
      reach: maybeInteger,
      clicks: maybeInteger,
      cost: maybeReal,
      currency: maybeText,
    },
  },
  settings: {
    area: 'app',
    large: false,
    key: ['name'],
    columns: { name: text, value: text },
  },
  /** Who took which audience out of the house, and how large it was; never whom it named. */
  audience_exports: {
    area: 'app',
    large: false,
    key: ['export_id'],
    columns: {
      export_id: integer,
      author: maybeText,
      made_at: text,
      platform: text,
      /** The rule, as JSON. */
      rule: text,
      /** Clients whom the rule found, and lines of the file. */
      clients: integer,
      rows_written: integer,
      hashed: integer,
    },
  },
  /** Outputs of cells by their key (the hash of all that they depend on). */
  cell_cache: {
    area: 'app',
    large: false,
    key: ['cache_key'],
    columns: {
      cache_key: text,
      notebook: text,
      cell: text,
      made_at: text,
      used_at: text,
      bytes: integer,
      result: text,
    },
  },
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
  /** Views by minute; of the viewer nothing is kept. */
  share_views: {
    area: 'app',
    large: false,
    key: ['share_id', 'minute'],
    columns: { share_id: text, minute: text, views: integer },
  },
  /** What was removed on a client's wish or by age: the certificate, without personal data. */
  removals: {
    area: 'app',
    large: false,
    key: ['removal_id'],
    columns: {
      removal_id: text,
      /** erasure or retention */
      kind: text,
      /** begun (to be finished at the next start), erased (the files still hold traces) or done */
      state: text,
      /** Only until it is done. */
      client_id: maybeText,
      /** The number that stood for the client. */
      alias: maybeInteger,
      author: maybeText,
      made_at: text,
      finished_at: maybeText,
      /** Rows and places removed by table, as JSON. */
      counts: text,
    },
  },
  /** Keys of erased clients, hashed: a later import passes their rows over. */
  erased_keys: {
    area: 'app',
    large: false,
    key: ['key_hash'],
    columns: { key_hash: text, erased_at: text },
  },
  /** Files that the program wrote where a person said, and whose data they may hold. */
  written_files: {
    area: 'app',
    large: false,
    key: ['path'],
    /** `clients`: numbers of clients as JSON, or "all". */
    columns: { path: text, written_at: text, clients: text },
  },
  /** How a person said that the columns of a header are read, by the header's hash. */
  column_mappings: {
    area: 'app',
    large: false,
    key: ['header_hash', 'kind'],
    columns: { header_hash: text, kind: text, mapping: text, made_at: text },
  },
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
  /** Vectors of texts by the hash of engine and text, so that a text leaves the machine once. */
  embeddings: {
    area: 'app',
    large: false,
    key: ['key'],
    columns: { key: text, vector: text },
  },
  /** Answers of a language model by the hash of all that was asked. What was asked is masked, and so are they. */
  model_answers: {
    area: 'app',
    large: false,
    key: ['answer_key'],
    columns: { answer_key: text, task: text, model: text, made_at: text, answer: text },
  },
  /** Recordings that were transcribed: a file is sent once. The words are kept only until they are imported. */
  recordings: {
    area: 'app',
    large: false,
    key: ['recording_hash', 'channel'],
    columns: { recording_hash: text, channel: integer, model: text, done_at: text, transcript: maybeText },
  },
  /** State that mining keeps between runs (vocabulary, centroids, what was read), by name. */
  mining_state: {
    area: 'app',
    large: false,
    key: ['name'],
    columns: { name: text, value: text },
  },
} as const satisfies Record<string, TableDefinition>

export type TableName = keyof typeof tables
type TypeOf<C extends Column> = C['type'] extends 'text' ? string : number
export const originColumns = Object.keys(tables.origins.columns) as (keyof Row<'origins'>)[]

/** A complete row of a table. */
export type Row<T extends TableName> = {
  -readonly [C in keyof (typeof tables)[T]['columns']]: (typeof tables)[T]['columns'][C] extends infer D extends
    Column
    ? D['nullable'] extends true
      ? TypeOf<D> | null
      : TypeOf<D>
    : never
}

/** Tables that a notebook may read. */
export const readableTables: readonly TableName[] = (Object.keys(tables) as TableName[]).filter(
  name => tables[name].area === 'facts',
)
