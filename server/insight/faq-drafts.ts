/** Answers for the site: per gap the question as clients put it, what agents answered, where it belongs, and how far it is. */
import { join, sql } from '../store/sql.ts'
import { questionCore } from './ad-phrases.ts'
import { type AgentAnswer, readAgentAnswers } from './faq-answers.ts'
import { type Effect, readEffect } from './faq-effect.ts'
import type { GapState } from './gaps.ts'
import { type Query, rowsOf } from './query.ts'
import { LEAST_CLIENTS } from './themes.ts'

export interface SavedDraft {
  status: 'new' | 'in_work' | 'draft' | 'published'
  question: string | null
  answer: string | null
  author: string | null
  changedAt: string
  publishedAt: string | null
}

export interface FaqDraft {
  theme: string
  label: string
  topic: string
  state: GapState
  /** Distinct clients who asked. */
  clients: number
  /** The question as most of them put it, or the theme's name where none of them did in a whole one. */
  question: string
  /** Null where agents of won deals agree on nothing. */
  answer: AgentAnswer | null
  /** A text to begin with, of the agents' words; empty without them. */
  suggestion: string
  /** The section it belongs to or after; `near` when it speaks of the same. Null without pages. */
  place: { heading: string | null; url: string | null; kind: string; near: boolean } | null
  /** As an editor left it; null while nobody began. */
  saved: SavedDraft | null
  /** Once published, and a week has passed. */
  effect: Effect | null
}

export interface DraftFilter {
  /** Only these themes; empty: by state. */
  themes: readonly string[]
  states: readonly GapState[]
  topics: readonly string[]
  limit: number
}

interface DraftRow {
  theme_id: string
  label: string
  topic: string
  state: GapState
  clients: number
  score: number | null
  heading: string | null
  url: string | null
  kind: string | null
  status: SavedDraft['status'] | null
  question: string | null
  answer: string | null
  author: string | null
  changed_at: string | null
  published_at: string | null
}

/** From this likeness a section speaks of what is asked; see mining/gaps.ts. */
const NEAR = 0.3
const MOST_WORDINGS = 20_000

/** By falling number of clients; what an editor began comes whatever its state. */
export async function readDrafts(query: Query, filter: DraftFilter): Promise<FaqDraft[]> {
  const { themes, states, topics, limit } = filter
  const chosen =
    themes.length > 0
      ? sql`g.theme_id in (${join(themes)})`
      : states.length > 0
        ? sql`(g.state in (${join(states)}) or f.status is not null)`
        : sql`f.status is not null`
  const rows = await rowsOf<DraftRow>(
    query,
    sql`select g.theme_id, t.label, t.topic, g.state, g.clients, g.score, p.heading, p.url, p.kind,
        f.status, f.question, f.answer, f.author, f.changed_at, f.published_at
      from gaps g join themes t on t.theme_id = g.theme_id
      left join pages p on p.page_id = g.page_id left join faq_drafts f on f.theme_id = g.theme_id
      where t.hidden = 0 and t.status <> 'dismissed' and ${chosen}
        ${topics.length > 0 ? sql`and t.topic in (${join(topics)})` : sql``}
      order by g.clients desc, g.theme_id limit ${limit}`,
  )
  const ids = rows.map(row => row.theme_id)
  const [answers, questions, faq] = await Promise.all([
    readAgentAnswers(query, ids),
    readQuestions(query, ids),
    rowsOf<{ url: string | null; heading: string | null }>(
      query,
      sql`select url, heading from pages where kind = 'faq' order by position desc, page_id desc limit 1`,
    ),
  ])
  return Promise.all(
    rows.map(async row => {
      const answer = answers.get(row.theme_id) ?? null
      return {
        theme: row.theme_id,
        label: row.label,
        topic: row.topic,
        state: row.state,
        clients: row.clients,
        question: questions.get(row.theme_id) ?? asQuestion(row.label),
        answer,
        suggestion: answer ? suggest(answer) : '',
        place: placeOf(row, faq[0]),
        saved: savedOf(row),
        effect:
          row.status === 'published' && row.published_at !== null
            ? await readEffect(query, row.theme_id, row.published_at)
            : null,
      }
    }),
  )
}

function savedOf({
  status,
  question,
  answer,
  author,
  changed_at,
  published_at,
}: DraftRow): SavedDraft | null {
  return status === null
    ? null
    : { status, question, answer, author, changedAt: changed_at!, publishedAt: published_at }
}

/** The nearest section where it speaks of this; else the end of the FAQ. */
function placeOf(
  row: DraftRow,
  last: { url: string | null; heading: string | null } | undefined,
): FaqDraft['place'] {
  if (row.kind !== null && (row.score ?? 0) >= NEAR)
    return { heading: row.heading, url: row.url, kind: row.kind, near: true }
  return last ? { ...last, kind: 'faq', near: false } : null
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A theme's name as a question, where it is one. */
const asQuestion = (label: string) =>
  /^(?:про|насчёт|насчет|расскажите|подскажите|хотел|about|tell|can you tell)(?!\p{L})|[?!.]$/iu.test(label)
    ? capital(label)
    : `${capital(label)}?`

/** What most were told, and what adds to it; where answers differ the first alone, for an editor to decide. */
function suggest({ variants, differs }: AgentAnswer): string {
  return variants
    .filter(({ clients }) => clients >= LEAST_CLIENTS)
    .slice(0, differs ? 1 : 2)
    .map(({ text }) => capital(text.trim().replace(/^(?:да|нет|ну|yes|no)[, ]+/iu, '')))
    .map(text => (/[.!?]$/.test(text) ? text : `${text}.`))
    .join(' ')
}

/** The whole question that most clients of each theme put, with its mark. */
async function readQuestions(query: Query, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await rowsOf<{
    theme_id: string
    client_id: string
    text: string
    span_from: number
    span_to: number
  }>(
    query,
    sql`select m.theme_id, m.client_id, u.text, m.span_from, m.span_to from mentions m
      join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      where m.theme_id in (${join(ids)}) order by m.theme_id, m.client_id, m.conversation_id, m.n
      limit ${MOST_WORDINGS}`,
    MOST_WORDINGS,
  )
  const asked = new Map<string, Map<string, { text: string; clients: Set<string> }>>()
  for (const { theme_id, client_id, text, span_from, span_to } of rows) {
    const core = questionCore(text.slice(span_from, span_to))
    if (!core) continue
    const own = asked.get(theme_id) ?? new Map<string, { text: string; clients: Set<string> }>()
    asked.set(theme_id, own)
    const known = own.get(core.key) ?? { text: core.text, clients: new Set<string>() }
    own.set(core.key, known)
    known.clients.add(client_id)
  }
  return new Map(
    [...asked].flatMap(([theme, wordings]) => {
      const [best] = [...wordings.values()].sort((a, b) => b.clients.size - a.clients.size)
      return best!.clients.size < LEAST_CLIENTS ? [] : [[theme, `${capital(best!.text)}?`] as const]
    }),
  )
}
