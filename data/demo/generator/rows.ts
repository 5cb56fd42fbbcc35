/**
 * The demo company's raw rows, as they stand in the facts after an import: the same names, ids with their system, moments
 * `YYYY-MM-DD HH:MM:SS`. Tests recompute metrics from these; the writers turn them into the files that people have.
 */
import type { Mark } from './marks.ts'

export interface Origin {
  source: string | null
  medium: string | null
  campaign: string | null
  content: string | null
  keyword: string | null
}

export interface ClientRow {
  client_id: string
  /** Key of the planted persona; in no file, only in the truth. */
  persona: string
  kind: 'person' | 'company'
  name: string
  company: string | null
  phone: string
  email: string | null
  city: string
  region: string
  profile: string
  /** The column that no field knows: it becomes an attribute. */
  building: string
  consent: 0 | 1
  first_seen_at: string
}

export interface DealRow extends Origin {
  client_id: string
  deal_id: string
  title: string
  product: string
  pipeline: string
  stage: string
  status: 'open' | 'won' | 'lost'
  amount: number | null
  currency: string
  manager: string
  landing_page: string | null
  created_at: string
  qualified_at: string | null
  closed_at: string | null
  loss_reason: string | null
  tags: string[]
}

export interface StageRow {
  client_id: string
  deal_id: string
  stage: string
  entered_at: string
}

export interface UtteranceRow {
  n: number
  speaker: 'client' | 'agent' | 'note'
  start_ms: number | null
  text: string
  marks: Mark[]
}

export interface ConversationRow extends Origin {
  client_id: string
  conversation_id: string
  /** The deal that it is about. Only comments keep it in the files: calls and chats are joined by phone. */
  about: string
  kind: 'call' | 'chat' | 'form' | 'comment'
  direction: 'in' | 'out' | null
  started_at: string
  duration_s: number | null
  wait_s: number | null
  manager: string | null
  is_missed: 0 | 1
  utterances: UtteranceRow[]
}

export interface VisitRow extends Origin {
  client_id: string
  visit_id: string
  visitor: string
  started_at: string
  landing_page: string
  pages: number
  goals: string[]
}

/** A client with all that is known of it. */
export interface ClientRows {
  client: ClientRow
  deals: DealRow[]
  stages: StageRow[]
  conversations: ConversationRow[]
  visits: VisitRow[]
}

export interface SpendRow {
  day: string
  source: string
  campaign: string
  content: string | null
  keyword: string | null
  impressions: number | null
  reach: number | null
  clicks: number | null
  /** In units of the currency, two decimals at most. */
  cost: number
  currency: string
}

export interface TargetRow {
  month: string
  manager: string
  metric: 'revenue' | 'leads' | 'won'
  value: number
}

export interface PageRow {
  url: string
  kind: 'landing' | 'faq'
  position: number
  heading: string
  text: string
  published_at: string | null
}
