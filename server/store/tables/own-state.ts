/** Personal data, settings, and what the program keeps for itself; no notebook sees it. */
import { integer, maybeInteger, maybeText, spendColumns, type TableDefinition, text } from './columns.ts'

export const ownState = {
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
      ...spendColumns,
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
