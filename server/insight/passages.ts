/**
 * Passages of conversations that speak to a question: mentions of the themes that it is about, and clauses that hold its
 * words. Cut from the stored utterances here; grouped by theme, with all clients counted.
 */
import { splitClauses } from '../language/clauses.ts'
import { detectLanguage } from '../language/detect-language.ts'
import { stemWords } from '../language/stem-words.ts'
import { stem } from '../language/stems.ts'
import { isReporting } from '../llm/evidence/reporting-words.ts'
import type { ClaimKind } from '../notebook/output.ts'
import { join, type Sql, sql } from '../store/sql.ts'
import { type Query, rowsOf, type Span, within } from './query.ts'
import type { QuoteRow } from './quotes.ts'

/** Texts by likeness to a question, the nearest first; see CellContext.rank. */
export type Rank = (question: string, texts: readonly string[]) => Promise<{ index: number; score: number }[]>

export interface PassageFilter extends Span {
  question: string
  speakers: readonly ('client' | 'agent' | 'note')[]
}

export interface Passage extends QuoteRow {
  score: number
}

export interface PassageGroup {
  /** Null: passages of no theme. */
  theme: { id: string; kind: ClaimKind; label: string; topic: string } | null
  /** The best first. */
  passages: Passage[]
  /** Distinct. */
  clients: number
}

export interface Passages {
  /** The most telling first. */
  groups: PassageGroup[]
  /** Distinct clients and passages of all groups. */
  clients: number
  passages: number
  /** Distinct clients who spoke in the period. */
  of: number
  /** More utterances hold the question's words than were read. */
  truncated: boolean
}

/** Utterances read at most, the newest first, and mentions of one theme. */
const MOST_UTTERANCES = 3_000
const MOST_MENTIONS = 1_000
const MOST_THEMES = 5_000
/** Themes that a question may be about, and how alike to it they are at least, alone and beside the best. */
const THEMES = 4
const LARGEST = 8
const LEAST_LIKE_THEME = 0.2
/** A passage is shown when it is so alike beside the best one. */
const LEAST_LIKE_BEST = 0.3
const STEMS = 6
/** UTF-16 units of a passage at most, unless one clause is longer. */
const LENGTH = 240

/** Words of a question that say what it is about, as beginnings that all their forms share. */
export function tellingStems(question: string): string[] {
  return stemWords(question, norm => norm.length >= 3 && !isReporting(norm) && !ASKING.has(norm))
    .filter(word => word.length >= 3)
    .slice(0, STEMS)
}
/** Of a question, not of what it is about. */
const ASKING = new Set(
  `сколько можно нужно надо есть нет не много часто чаще всего больше меньше самое главное почему какие
  many much often most more less can could should not does`.split(/\s+/),
)

/** Words that ask for a whole kind of themes: «почему отказываются», “what do clients value”. */
const WHOLE: readonly [RegExp, ClaimKind][] = [
  [
    /(?<!\p{L})(?:отказ|возраж|останавл|сомнев|сомнен|не купи|не покуп|refus|object|hesitat|hold|back|leave|buy)\p{L}*/giu,
    'objection',
  ],
  [/(?<!\p{L})(?:цен[ия]т|ценн|важн|нрав|хвал|доволь|valu|matter|appreciat|like|prais)\p{L}*/giu, 'value'],
  [/(?<!\p{L})(?:спрашива|вопрос|интерес|узна|ask|question|wonder)\p{L}*/giu, 'question'],
]

export async function findPassages(query: Query, filter: PassageFilter, rank: Rank): Promise<Passages> {
  const whole = WHOLE.find(([pattern]) => filter.question.search(pattern) >= 0)
  const stems = tellingStems(filter.question)
  const rest = whole ? tellingStems(filter.question.replace(whole[0], ' ')) : stems
  const [themes, said, [spoke]] = await Promise.all([
    readThemes(query),
    readUtterances(query, filter, stems),
    rowsOf<{ n: number }>(
      query,
      sql`select count(distinct c.client_id) as n from conversations c where ${within(filter, 'c')}`,
    ),
  ])
  const near = (
    await rank(
      filter.question,
      themes.map(theme => theme.label),
    )
  )
    .filter(({ score }) => score >= LEAST_LIKE_THEME)
    .slice(0, THEMES)
  const best = near[0]?.score ?? 0
  const meant = new Map(
    near.flatMap(({ index, score }) =>
      score >= best / 2 ? [[themes[index]!.theme_id, score] as const] : [],
    ),
  )
  if (whole && rest.length === 0)
    for (const id of await readLargest(query, filter, whole[1])) meant.set(id, 1)
  const mentions = await readMentions(query, filter, [...meant.keys()])
  const known = await readThemesOf(query, said)
  const cut = said.flatMap(row => {
    const place = cutPassage(row.text, stems)
    if (!place) return []
    const over = known
      .get(keyOf(row))
      ?.find(mention => mention.span_from < place.to && mention.span_to > place.from)
    return [{ ...row, span_from: place.from, span_to: place.to, theme_id: over?.theme_id ?? null }]
  })
  const all = withoutOverlaps([...mentions, ...cut])
  const texts = all.map(({ text, span_from, span_to }) => text.slice(span_from, span_to))
  const scores = new Float64Array(all.length)
  for (const { index, score } of await rank(filter.question, texts)) scores[index] = score
  // What is said of a theme that the question is about counts, in whatever words.
  const scored = all.map((row, i) => ({
    ...row,
    score: Math.max(scores[i]!, meant.get(row.theme_id ?? '') ?? 0),
  }))
  const top = scored.reduce((most, row) => Math.max(most, row.score), 0)
  const kept = scored.filter(row => row.score > 0 && row.score >= top * LEAST_LIKE_BEST)
  const groups = group(kept, themes)
  return {
    groups,
    clients: new Set(kept.map(row => row.client_id)).size,
    passages: kept.length,
    of: spoke!.n,
    truncated: said.length >= MOST_UTTERANCES,
  }
}

interface ThemeRow {
  theme_id: string
  kind: ClaimKind
  label: string
  topic: string
}

type Found = QuoteRow & { theme_id: string | null }

function group(rows: readonly (Found & { score: number })[], themes: readonly ThemeRow[]): PassageGroup[] {
  const byId = new Map(themes.map(theme => [theme.theme_id, theme]))
  return [
    ...Map.groupBy(rows, row => (row.theme_id !== null && byId.has(row.theme_id) ? row.theme_id : null)),
  ]
    .map(([id, members]) => {
      const theme = id === null ? null : byId.get(id)!
      const passages = members.sort(
        (a, b) =>
          b.score - a.score ||
          (b.started_at ?? '').localeCompare(a.started_at ?? '') ||
          (keyOf(a) < keyOf(b) ? -1 : 1),
      )
      const weight =
        passages.slice(0, 3).reduce((sum, passage) => sum + passage.score, 0) / Math.min(3, passages.length)
      const clients = new Set(members.map(row => row.client_id)).size
      return {
        theme: theme && { id: theme.theme_id, kind: theme.kind, label: theme.label, topic: theme.topic },
        passages,
        clients,
        weight: weight * Math.log2(1 + clients),
      }
    })
    .sort((a, b) => Number(a.theme === null) - Number(b.theme === null) || b.weight - a.weight)
    .map(({ weight: _, ...rest }) => rest)
}

const keyOf = ({ client_id, conversation_id, n }: Pick<QuoteRow, 'client_id' | 'conversation_id' | 'n'>) =>
  `${client_id}\n${conversation_id}\n${n}`

/** One passage for each stretch of speech: mentions first, since they know their theme. */
function withoutOverlaps(rows: readonly Found[]): Found[] {
  const taken = new Map<string, Found[]>()
  return rows.filter(row => {
    const others = taken.get(keyOf(row)) ?? []
    if (others.some(other => other.span_from < row.span_to && other.span_to > row.span_from)) return false
    taken.set(keyOf(row), [...others, row])
    return true
  })
}

/** The clauses that hold one of the stems, from the first to the last as far as they stand together; null without any. */
export function cutPassage(text: string, stems: readonly string[]): { from: number; to: number } | null {
  const language = detectLanguage(text)
  const clauses = splitClauses(text, language).map(clause => ({
    from: clause.from,
    to: clause.to,
    hits: new Set(
      clause.norms
        .map(norm => stem(norm, language))
        .filter(word => stems.some(one => startsAlike(word, one))),
    ).size,
  }))
  const first = clauses.reduce<(typeof clauses)[number] | null>(
    (best, clause) => (clause.hits > (best?.hits ?? 0) ? clause : best),
    null,
  )
  if (!first) return null
  let [from, to] = [clauses.indexOf(first), clauses.indexOf(first)]
  const fits = (a: number, b: number) => clauses[b]!.to - clauses[a]!.from <= LENGTH
  while (clauses[to + 1]?.hits && fits(from, to + 1)) to++
  while (clauses[from - 1]?.hits && fits(from - 1, to)) from--
  // A word or two say little without what stands around them.
  const words = () => text.slice(clauses[from]!.from, clauses[to]!.to).split(/\s+/).length
  if (words() < 3 && clauses[to + 1] && fits(from, to + 1)) to++
  if (words() < 3 && clauses[from - 1] && fits(from - 1, to)) from--
  return { from: clauses[from]!.from, to: clauses[to]!.to }
}

const startsAlike = (word: string, stemmed: string) =>
  word === stemmed ||
  (stemmed.length >= 5 && word.length >= 5 && (word.startsWith(stemmed) || stemmed.startsWith(word)))

/** The themes of a kind that most clients raised. */
async function readLargest(query: Query, filter: PassageFilter, kind: ClaimKind): Promise<string[]> {
  const rows = await rowsOf<{ theme_id: string; clients: number }>(
    query,
    sql`select t.theme_id, count(distinct m.client_id) as clients from mentions m join themes t on t.theme_id = m.theme_id
      where m.kind = ${kind} and t.hidden = 0 and ${within(filter, 'm')}
      group by t.theme_id order by clients desc, t.theme_id limit ${LARGEST}`,
  )
  return rows.map(row => row.theme_id)
}

const readThemes = (query: Query) =>
  rowsOf<ThemeRow>(
    query,
    sql`select theme_id, kind, label, topic from themes where hidden = 0 and alias_of is null order by theme_id limit ${MOST_THEMES}`,
  )

const columns = sql`u.client_id, u.conversation_id, u.n, u.text, u.speaker, u.start_ms, k.alias, c.kind, c.started_at,
  (select max(d.status) from deals d where d.client_id = u.client_id) as deal_status`
const tables = sql`utterances u
  join conversations c on c.client_id = u.client_id and c.conversation_id = u.conversation_id
  join clients k on k.client_id = u.client_id`

type Utterance = Omit<QuoteRow, 'span_from' | 'span_to'>

/** The newest utterances that hold a stem, with a small or a capital letter: databases differ in what they know of case. */
async function readUtterances(
  query: Query,
  filter: PassageFilter,
  stems: readonly string[],
): Promise<Utterance[]> {
  if (stems.length === 0) return []
  const like = stems.flatMap(word => {
    const begin = word.length > 5 ? word.slice(0, -1) : word
    const capital = begin[0]!.toUpperCase() + begin.slice(1)
    return [begin, capital].map((form): Sql => sql`u.text like ${`%${form.replace(/[%_]/g, '')}%`}`)
  })
  return rowsOf(
    query,
    sql`select ${columns} from ${tables}
      where u.speaker in (${join(filter.speakers)}) and (${join(like, ' or ')}) and ${within(filter, 'c')}
      order by c.started_at desc, u.client_id, u.conversation_id, u.n limit ${MOST_UTTERANCES}`,
  )
}

/** Mentions of some themes with what they were cut from, the newest first. */
async function readMentions(query: Query, filter: PassageFilter, ids: readonly string[]): Promise<Found[]> {
  if (ids.length === 0) return []
  return rowsOf(
    query,
    sql`select m.theme_id, m.span_from, m.span_to, ${columns} from mentions m
      join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      join conversations c on c.client_id = u.client_id and c.conversation_id = u.conversation_id
      join clients k on k.client_id = u.client_id
      where m.theme_id in (${join(ids)}) and u.speaker in (${join(filter.speakers)}) and ${within(filter, 'm')}
      order by c.started_at desc, u.client_id, u.conversation_id, u.n, m.span_from limit ${MOST_MENTIONS}`,
  )
}

type MentionPlace = Pick<QuoteRow, 'client_id' | 'conversation_id' | 'n' | 'span_from' | 'span_to'> & {
  theme_id: string
}

/** Mentions in themes of the clients who said something, by utterance. */
async function readThemesOf(query: Query, said: readonly Utterance[]): Promise<Map<string, MentionPlace[]>> {
  const clients = [...new Set(said.map(row => row.client_id))]
  const found = new Map<string, MentionPlace[]>()
  for (let at = 0; at < clients.length; at += 500) {
    const rows = await rowsOf<MentionPlace>(
      query,
      sql`select client_id, conversation_id, n, span_from, span_to, theme_id from mentions
        where client_id in (${join(clients.slice(at, at + 500))}) and theme_id is not null`,
    )
    for (const row of rows) found.set(keyOf(row), [...(found.get(keyOf(row)) ?? []), row])
  }
  return found
}
