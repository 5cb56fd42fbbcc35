/**
 * What agents answered: for each question theme the sentences that agents of won deals said right after the question, cut
 * from the talk, those first that most of them agree on. Says also when answers differ in their numbers. Without a model.
 */
import { splitClauses } from '../language/clauses.ts'
import { detectLanguage } from '../language/detect-language.ts'
import { stem } from '../language/stems.ts'
import { isStopword } from '../language/stopwords.ts'
import { tokenize } from '../language/tokens.ts'
import type { Quote } from '../notebook/output.ts'
import { findPersonalData } from '../privacy/mask.ts'
import { isNumeral, readGroup } from '../privacy/numerals.ts'
import { tokenise } from '../privacy/tokens.ts'
import { join, sql } from '../store/sql.ts'
import { type Query, rowsOf } from './query.ts'
import { type QuoteRow, toQuote } from './quotes.ts'

/** One thing that agents answer, in the wording that stands for all of them. */
export interface AnswerVariant {
  text: string
  /** Distinct clients who were told so. */
  clients: number
  quotes: Quote[]
}

export interface AgentAnswer {
  /** By falling number of clients. */
  variants: AnswerVariant[]
  /** Variants about the same thing name different numbers. */
  differs: boolean
}

/** A sentence of fewer says nothing by itself. */
const LEAST_WORDS = 3
const MOST_WORDS = 40
/** Told to so many clients, or it is somebody's own. */
const LEAST_TOLD = 2
const VARIANTS = 4
const QUOTES = 2
/** Shared stems by all stems, from which two sentences say the same, and from which they speak of one thing. */
const SAME = 0.55
const AKIN = 0.2
/** Of the themes asked about, in answers to so many a word says nothing of any. */
const COMMON = 0.25
const BACKGROUND = 40
const MOST_ROWS = 60_000

type Said = QuoteRow & { theme_id: string; asked_n: number }

interface Sentence {
  row: Said
  from: number
  to: number
  text: string
  stems: Set<string>
  numbers: string
  /** Written with capitals and stops, not recognised from speech. */
  written: boolean
}

/** Answers by theme; a theme whose agents agree on nothing has none. */
export async function readAgentAnswers(
  query: Query,
  ids: readonly string[],
): Promise<Map<string, AgentAnswer>> {
  if (ids.length === 0) return new Map()
  const others = await rowsOf<{ theme_id: string }>(
    query,
    sql`select g.theme_id from gaps g order by g.clients desc, g.theme_id limit ${BACKGROUND}`,
  )
  const themes = [...new Set([...ids, ...others.map(row => row.theme_id)])]
  const rows = await rowsOf<Said>(
    query,
    sql`select m.theme_id, m.n as asked_n, a.client_id, a.conversation_id, a.n, 0 as span_from, 0 as span_to, a.text,
        a.speaker, a.start_ms, k.alias, c.kind, c.started_at, 'won' as deal_status
      from mentions m
      join utterances a on a.client_id = m.client_id and a.conversation_id = m.conversation_id
        and a.n > m.n and a.n <= m.n + 2
      join conversations c on c.client_id = m.client_id and c.conversation_id = m.conversation_id
      join clients k on k.client_id = m.client_id
      where m.kind = 'question' and m.theme_id in (${join(themes)}) and a.speaker <> 'note'
        and m.client_id in (select d.client_id from deals d where d.status = 'won')
      order by m.theme_id, a.client_id, a.conversation_id, m.n, a.n limit ${MOST_ROWS}`,
    MOST_ROWS,
  )
  const sentences = Map.groupBy(
    rows.filter((row, i) => isAnswer(row, rows[i - 1])).flatMap(toSentences),
    sentence => sentence.row.theme_id,
  )
  const common = commonStems([...sentences.values()])
  return new Map(
    ids.flatMap(id => {
      const answer = toAnswer(sentences.get(id) ?? [], common)
      return answer.variants.length > 0 ? [[id, answer] as const] : []
    }),
  )
}

/** Of an agent, with nobody else in between. */
function isAnswer(row: Said, before: Said | undefined): boolean {
  if (row.speaker !== 'agent') return false
  if (row.n === row.asked_n + 1) return true
  const follows =
    before?.conversation_id === row.conversation_id &&
    before.asked_n === row.asked_n &&
    before.n === row.n - 1
  return follows && before.speaker === 'agent'
}

interface Part {
  from: number
  to: number
  asks: boolean
  /** Only greets or assures. */
  idle: boolean
}

const AND = new Set(['и', 'а', 'но', 'and', 'but', 'or', 'или'])
const split = new Map<string, Part[]>()
const MEMORY = 20_000

/** Sentences of written text; clauses of recognised speech, which has no stops. */
function partsOf(text: string): Part[] {
  const known = split.get(text)
  if (known) return known
  const parts: Part[] = []
  let open = false
  const written = /[.!?](?:\s|$)/.test(text)
  for (const clause of splitClauses(text)) {
    const idle = clause.start >= clause.norms.length
    const asks = clause.end.includes('?') || (!written && clause.odds > 0)
    const last = parts.at(-1)
    // «… фиксируется» — «и больше не меняется»: the second says nothing alone.
    if (last && (open || (!written && AND.has(clause.norms[0]!))))
      Object.assign(last, { to: clause.to, asks: last.asks || asks, idle: last.idle && idle })
    else parts.push({ from: clause.from, to: clause.to, asks, idle })
    open = written && clause.end === ''
  }
  if (split.size >= MEMORY) split.clear()
  split.set(text, parts)
  return parts
}

/** Speaks of this deal alone, of the talk, or of the agent: «подготовил расчёт», «скину в мессенджер», “bear with me”. */
const PERSONAL =
  /(?<!\p{L})(?:пришлю|скину|отправ\p{L}+|перезвон\p{L}+|посмотрю|уточню|запишу|выставлю|подготовил\p{L}*|посчитал\p{L}*|выходит|вышло|спасибо|доброго|здравствуйте|меня зовут|i'll|i've|i can|i'm|let me|my name|thank|thanks|bear with|comes to|comes out)(?!\p{L})/iu

/** Numbers in digits and in words, in order: «семь процентов» and «7 %» are the same. */
function numbersOf(text: string): string {
  const tokens = tokenise(text)
  const numbers: string[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (token.kind === 'number') numbers.push(token.plain.replace(/\D/g, ''))
    else if (isNumeral(token) && token.plain !== 'раз') {
      const spoken = readGroup(tokens, i)
      if (!spoken) continue
      numbers.push(spoken.digits)
      i = spoken.end - 1
    }
  }
  return numbers.join(' ')
}

function toSentences(row: Said): Sentence[] {
  return partsOf(row.text)
    .filter(part => !part.asks && !part.idle && !PERSONAL.test(row.text.slice(part.from, part.to)))
    .flatMap(({ from, to }): Sentence[] => {
      const text = row.text.slice(from, to)
      const language = detectLanguage(text)
      const tokens = tokenize(text).filter(({ kind }) => kind === 'word' || kind === 'number')
      if (tokens.length < LEAST_WORDS || tokens.length > MOST_WORDS) return []
      const stems = new Set(
        tokens.flatMap(({ kind, norm }) =>
          kind === 'word' && !isStopword(norm) ? [stem(norm, language)] : [],
        ),
      )
      return [{ row, from, to, text, stems, numbers: numbersOf(text), written: /^\p{Lu}/u.test(text) }]
    })
}

/** Stems of answers to many unlike questions: «посмотрю», «размеры», “bear with me”. */
function commonStems(themes: readonly (readonly Sentence[])[]): Set<string> {
  const counts = new Map<string, number>()
  for (const sentences of themes)
    for (const word of new Set(sentences.flatMap(({ stems }) => [...stems])))
      counts.set(word, (counts.get(word) ?? 0) + 1)
  const most = Math.max(4, themes.length * COMMON)
  return new Set([...counts].flatMap(([word, n]) => (n > most ? [word] : [])))
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const word of a) if (b.has(word)) shared++
  return shared === 0 ? 0 : shared / (a.size + b.size - shared)
}

interface Group {
  sentences: Sentence[]
  clients: Set<string>
}

function toAnswer(sentences: readonly Sentence[], common: ReadonlySet<string>): AgentAnswer {
  const telling = sentences.filter(({ stems }) => [...stems].filter(word => !common.has(word)).length >= 2)
  const groups: Group[] = []
  for (const sentence of telling) {
    const near = groups.find(
      ({ sentences: [first] }) =>
        first!.numbers === sentence.numbers && likeness(first!.stems, sentence.stems) >= SAME,
    )
    const group = near ?? { sentences: [], clients: new Set<string>() }
    if (!near) groups.push(group)
    group.sentences.push(sentence)
    group.clients.add(sentence.row.client_id)
  }
  const told = groups
    .filter(({ clients }) => clients.size >= LEAST_TOLD)
    .sort((a, b) => b.clients.size - a.clients.size || (a.sentences[0]!.text < b.sentences[0]!.text ? -1 : 1))
    .filter((group, i, all) => !all.slice(0, i).some(other => isPartOf(group, other)))
    .slice(0, VARIANTS)
  const variants = told.flatMap(group => toVariant(group) ?? [])
  return { variants, differs: told.some((a, i) => told.slice(i + 1).some(b => contradict(a, b))) }
}

/** A half of a sentence that others said whole. */
const isPartOf = ({ sentences: [part] }: Group, { sentences }: Group) =>
  sentences.some(whole => [...part!.stems].every(word => whole.stems.has(word)))

/** Numbers that are not all the other's. */
function unlikeNumbers(a: string, b: string): boolean {
  const [one, two] = [a, b].map(numbers => new Set(numbers.split(' ').filter(Boolean)))
  if (one!.size === 0 || two!.size === 0) return false
  return !one!.isSubsetOf(two!) && !two!.isSubsetOf(one!)
}

/** About one thing, with other numbers. */
function contradict({ sentences: [a] }: Group, { sentences: [b] }: Group): boolean {
  return unlikeNumbers(a!.numbers, b!.numbers) && likeness(a!.stems, b!.stems) >= AKIN
}

/** A written wording before a recognised one, the commonest of them; null when all of them name somebody. */
function toVariant({ sentences, clients }: Group): AnswerVariant | null {
  const clean = sentences.filter(({ text }) => findPersonalData(text).length === 0)
  const counts = new Map<string, number>()
  for (const { text } of clean) counts.set(text, (counts.get(text) ?? 0) + 1)
  const [best] = clean.toSorted(
    (a, b) =>
      Number(b.written) - Number(a.written) ||
      counts.get(b.text)! - counts.get(a.text)! ||
      (a.text < b.text ? -1 : 1),
  )
  if (!best) return null
  const quoted = new Map<string, Sentence>()
  for (const sentence of [best, ...clean])
    if (quoted.size < QUOTES && !quoted.has(sentence.row.client_id))
      quoted.set(sentence.row.client_id, sentence)
  return {
    text: best.text,
    clients: clients.size,
    quotes: [...quoted.values()].map(({ row, from, to }) =>
      toQuote({ ...row, span_from: from, span_to: to }),
    ),
  }
}
