/**
 * The brief before a call: where a client came from, what it saw, asked, valued and objected to, what clients like it who
 * bought valued, and from that what to talk about and when to call. Every statement is by a key or an index, so that a
 * brief takes milliseconds however much is stored.
 */
import type { Claim } from '../notebook/output.ts'
import { sql } from '../store/sql.ts'
import { type CallTime, chooseCallTime, chooseTopics, type Topic } from './brief-advice.ts'
import { type BriefTalk, type BriefTouch, type PageSeen, readHistory } from './brief-history.ts'
import { readHours, readSimilar, type Similar } from './brief-similar.ts'
import { readWords } from './brief-words.ts'
import { type Query, rowsOf } from './query.ts'

export interface BriefClient {
  client_id: string
  /** The client's number, never a name. */
  alias: number
  kind: string | null
  city: string | null
  profile: string | null
  first_seen_at: string | null
  persona_id: string | null
  persona: string | null
}

export interface BriefDeal {
  deal_id: string
  title: string | null
  product: string | null
  stage: string | null
  status: string
  amount: number | null
  currency: string | null
  manager: string | null
  created_at: string | null
  source: string | null
  medium: string | null
  campaign: string | null
  content: string | null
  keyword: string | null
  landing_page: string | null
}

export interface Brief {
  client: BriefClient
  /** The deal asked for, or the client's open one, or its latest. */
  deal: BriefDeal | null
  /** Every mark that the client came with, the first first. */
  touches: BriefTouch[]
  visits: number
  pages: PageSeen[]
  /** The latest first. */
  talks: BriefTalk[]
  asked: Claim[]
  valued: Claim[]
  objected: Claim[]
  /** What clients of the same persona who bought said; null without a persona or without any of them. */
  similar: Similar | null
  topics: Topic[]
  call: CallTime | null
}

/** By a deal's id, a client's id, or a client's number. */
export type BriefOf = { deal: string } | { client: string }

/** Null when there is no such client or deal. */
export async function readBrief(query: Query, of: BriefOf): Promise<Brief | null> {
  const client_id = await findClient(query, of)
  if (client_id === null) return null
  const [client, deals] = await Promise.all([readClient(query, client_id), readDeals(query, client_id)])
  if (!client) return null
  const deal =
    'deal' in of
      ? deals.find(row => row.deal_id === of.deal)
      : (deals.find(row => row.status === 'open') ?? deals[0])
  const { persona_id } = client
  const [history, words, similar, hours] = await Promise.all([
    readHistory(query, client_id),
    readWords(query, client_id),
    persona_id === null ? null : readSimilar(query, persona_id, client_id),
    persona_id === null ? [] : readHours(query, persona_id),
  ])
  const { touches, visits, pages, talks } = history
  const { asked, valued, objected } = words
  return {
    client,
    deal: deal ?? null,
    touches,
    visits,
    pages,
    talks,
    asked,
    valued,
    objected,
    similar,
    topics: chooseTopics({ asked, valued, objected, similar, open: words.open }),
    call: chooseCallTime(talks, hours),
  }
}

async function findClient(query: Query, of: BriefOf): Promise<string | null> {
  if ('deal' in of) {
    const rows = await rowsOf<{ client_id: string }>(
      query,
      sql`select client_id from deals where deal_id = ${of.deal}`,
    )
    return rows[0]?.client_id ?? null
  }
  const [own] = await rowsOf<{ client_id: string }>(
    query,
    sql`select client_id from clients where client_id = ${of.client}`,
  )
  if (own || !/^\d{1,12}$/.test(of.client)) return own?.client_id ?? null
  const [numbered] = await rowsOf<{ client_id: string }>(
    query,
    sql`select client_id from clients where alias = ${Number(of.client)}`,
  )
  return numbered?.client_id ?? null
}

async function readClient(query: Query, id: string): Promise<BriefClient | undefined> {
  const rows = await rowsOf<BriefClient>(
    query,
    sql`select c.client_id, c.alias, c.kind, c.city, c.profile, c.first_seen_at, p.persona_id, a.name as persona
      from clients c left join client_personas p on p.client_id = c.client_id
      left join personas a on a.persona_id = p.persona_id where c.client_id = ${id}`,
  )
  return rows[0]
}

const readDeals = (query: Query, client: string) =>
  rowsOf<BriefDeal>(
    query,
    sql`select deal_id, title, product, stage, status, amount, currency, manager, created_at, source, medium, campaign,
        content, keyword, landing_page
      from deals where client_id = ${client} order by created_at desc, deal_id`,
  )

/** The deal that a salesperson would open now: the newest of those still open. Null when none is. */
export async function newestOpenDeal(query: Query): Promise<string | null> {
  const rows = await rowsOf<{ deal_id: string }>(
    query,
    sql`select deal_id from deals where status = 'open' and day is not null
      order by day desc, created_at desc, deal_id limit 1`,
  )
  return rows[0]?.deal_id ?? null
}
