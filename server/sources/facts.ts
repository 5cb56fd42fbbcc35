/** What a row becomes before its client is known; `write.ts` finds the client and stores it. */
import type { Row as Stored, TableName } from '../store/schema.ts'
import type { Row } from './row.ts'
import type { DataKind } from './source.ts'

type Without<T extends TableName, K extends string> = Partial<Omit<Stored<T>, K>>

export interface ClientFacts {
  /** Names by which the client may be known, strongest first: `amocrm:12`, `phone:+7…`, `email:…`. */
  keys: string[]
  fields: Without<'clients', 'client_id' | 'alias'>
  contacts: Without<'client_contacts', 'client_id'>
  attributes: { name: string; value: string }[]
}

/** The number of a turn whose row does not give one: it is the next of its conversation. */
export const UNNUMBERED = -1

export interface ConversationFacts {
  conversation: Without<'conversations', 'client_id' | 'revision'> & { conversation_id: string; kind: string }
  utterances: Omit<Stored<'utterances'>, 'client_id' | 'conversation_id'>[]
  /** The utterances are all there are: others that stood before go. */
  whole: boolean
}

export interface RowFacts {
  /** Null for facts that belong to nobody: spend, plan, pages. */
  client: ClientFacts | null
  /** The thing's own name in `client_keys`, so that it stays with its client: `deal:amocrm:1`. */
  entity: string | null
  deal?: Without<'deals', 'client_id'> & { deal_id: string; status: string }
  tags?: string[]
  stage?: { deal_id: string; stage: string; entered_at: string | null }
  conversations?: ConversationFacts[]
  visit?: Without<'visits', 'client_id'> & { visit_id: string }
  spend?: Omit<Stored<'spend'>, 'row_id'>
  target?: Stored<'targets'>
  page?: Stored<'pages'>
}

/** A kind of data: what its columns may be called, and how a row of it reads. */
export interface KindDefinition {
  kind: DataKind
  /** Field -> names of columns, normalised as `normaliseHeader` does (synonyms.ts). */
  fields: Record<string, readonly string[]>
  /** A file is of this kind only with a column for one field of each group. */
  needs: readonly (readonly string[])[]
  /** Fields that hardly any other kind has: what tells kinds apart. */
  telling: readonly string[]
  read(row: Row): RowFacts
}
