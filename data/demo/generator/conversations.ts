/** A deal's calls, chats, forms and notes: which there are, when, how long, and what is said in them. */
import type { Random } from '../../../server/lib/random.ts'
import { END_MS, later, MINUTE_MS, toMoment } from './calendar.ts'
import { afterCall, firstCall, offerCall, wrongCall } from './calls.ts'
import { chat, form, note } from './chats.ts'
import type { DealPlan, Topics } from './deal.ts'
import { readMarks } from './marks.ts'
import type { Pack } from './pack.ts'
import type { ConversationRow, UtteranceRow } from './rows.ts'
import { agentChat, callManner, chatManner, type Manner, shorthand, utter } from './speech.ts'
import type { Talk, Turn } from './talk.ts'

/** Share of deals whose calls were put through speech recognition. */
const HEARD = 0.385
const MISSED = 0.09

export interface ConversationSetting {
  random: Random
  pack: Pack
  plan: DealPlan
  talk: Talk
  /** For chats and forms, whose authors write numbers as digits. */
  typedTalk: Talk
  contact: string
  company: boolean
  /** Next free numbers of calls and chats. */
  ids: { call: number; chat: number }
  themes: readonly string[]
}

/** All conversations of a deal, by time; what lies beyond the end of the data is left out. */
export function converse(setting: ConversationSetting): ConversationRow[] {
  const { random, plan, contact } = setting
  const heard = random.next() < HEARD
  const { now, afterwards } = splitTopics(random, plan)
  const rows: ConversationRow[] = []
  const measures = plan.measured > 0
  const unwanted = plan.row.qualified_at === null && plan.row.status === 'lost' && random.next() < 0.22
  if (contact === 'call') rows.push(...firstContact(setting, now, heard, measures, unwanted))
  else rows.push(written(setting, contact === 'chat' ? 'chat' : 'form', now, measures))
  const offerAt = measures ? later(random, plan.measured, 1 + random.next() * 2) : Number.NaN
  if (offerAt > 0 && random.next() < 0.62) {
    const outcome = plan.row.status === 'lost' ? 'lost' : plan.signed > 0 ? 'won' : 'open'
    rows.push(
      call(
        setting,
        'out',
        offerAt,
        heard ? offerCall(setting.talk, afterwards, outcome, setting.company) : null,
      ),
    )
  }
  if (plan.row.status === 'won' && random.next() < 0.34) {
    const at = later(random, plan.closed, 1 + random.next() * 6)
    // What is said of work that is done: not that it should be cheap, or that one answers fast.
    const praise = plan.topics.values.filter(theme => theme.wonFactor >= 1.5)
    const said = { questions: [], values: praise.slice(0, 1), objections: [] }
    rows.push(call(setting, 'out', at, heard ? afterCall(setting.talk, said) : null))
  }
  const notes = unwanted ? [] : noteRows(setting)
  return [...rows, ...notes].filter(row => row.started_at <= toMoment(END_MS))
}

/** What is said at the first contact and what when the offer is talked over. */
function splitTopics(random: Random, { topics, measured }: DealPlan): { now: Topics; afterwards: Topics } {
  const kept =
    measured > 0 && topics.questions.length > 2 && random.next() < 0.5 ? -1 : topics.questions.length
  const early = measured > 0 ? random.next() < 0.35 : true
  return {
    now: {
      questions: topics.questions.slice(0, kept),
      values: topics.values.slice(0, 1),
      objections: early ? topics.objections : [],
    },
    afterwards: {
      questions: topics.questions.slice(kept).slice(0, kept === -1 ? 1 : 0),
      values: topics.values.slice(1),
      objections: early ? [] : topics.objections,
    },
  }
}

function firstContact(
  setting: ConversationSetting,
  topics: Topics,
  heard: boolean,
  measures: boolean,
  unwanted: boolean,
): ConversationRow[] {
  const { random, plan, talk, company } = setting
  const turns = heard ? (unwanted ? wrongCall(talk) : firstCall(talk, topics, measures, company)) : null
  if (random.next() >= MISSED) return [call(setting, 'in', plan.created, turns)]
  // Nobody answered: the deal is made of the missed call, and the manager rings back.
  const missed = call(setting, 'in', plan.created, null)
  const rows: ConversationRow[] = [
    { ...missed, is_missed: 1, duration_s: 0, wait_s: 15 + random.integer(60), manager: null },
  ]
  if (random.next() < 0.85) {
    const at = plan.created + (5 + random.integer(180)) * MINUTE_MS
    rows.push(
      call(setting, 'out', at, heard ? offerCall(talk, topics, measures ? 'won' : 'open', company) : null),
    )
  }
  return rows
}

function origin({ row }: DealPlan) {
  const { source, medium, campaign, content, keyword } = row
  return { source, medium, campaign, content, keyword }
}

function call(
  setting: ConversationSetting,
  direction: 'in' | 'out',
  at: number,
  turns: Turn[] | null,
): ConversationRow {
  const { random, plan, pack } = setting
  const utterances = turns ? write(setting, turns, callManner(random)) : []
  const end = utterances.at(-1)
  const spoken = end ? Math.ceil((end.start_ms! + end.text.length * 70) / 1000) : 25 + random.integer(320)
  return {
    client_id: plan.row.client_id,
    conversation_id: `${pack.calls}:${setting.ids.call++}`,
    about: plan.row.deal_id,
    kind: 'call',
    direction,
    started_at: toMoment(at),
    duration_s: spoken,
    wait_s: Math.round(3 + -Math.log(1 - random.next()) * (direction === 'in' ? 11 : 8)),
    manager: plan.manager.name,
    is_missed: 0,
    ...origin(plan),
    utterances,
  }
}

function written(
  setting: ConversationSetting,
  kind: 'chat' | 'form',
  topics: Topics,
  measures: boolean,
): ConversationRow {
  const { random, plan, pack, typedTalk } = setting
  const turns = kind === 'chat' ? chat(typedTalk, topics, measures) : form(typedTalk, topics)
  return {
    client_id: plan.row.client_id,
    conversation_id: `${pack.calls}:${setting.ids.chat++}`,
    about: plan.row.deal_id,
    kind,
    direction: 'in',
    started_at: toMoment(plan.created),
    duration_s: null,
    wait_s: null,
    manager: kind === 'chat' ? plan.manager.name : null,
    is_missed: 0,
    ...origin(plan),
    utterances: write(setting, turns, chatManner(random)),
  }
}

/** Turns as utterances. Agents type with care and speak with few fillers. */
function write(
  { random, pack, themes }: ConversationSetting,
  turns: readonly Turn[],
  manner: Manner,
): UtteranceRow[] {
  let at = 400
  const agent = manner.style === 'typed' ? agentChat : { ...manner, fillers: manner.fillers / 6, careless: 0 }
  return turns.map(({ speaker, pieces }, n) => {
    const marked = utter(pieces, speaker === 'agent' ? agent : manner, random, pack)
    const { text, marks } = readMarks(marked, themes)
    const start_ms = manner.style === 'typed' ? null : Math.round(at / 100) * 100
    at += 600 + random.integer(900) + text.length * 65
    return { n, speaker, start_ms, text, marks }
  })
}

/** One or two notes in the CRM. They all carry the deal's first moment, as the CRM's export gives no other. */
function noteRows({ random, pack, plan, typedTalk, themes }: ConversationSetting): ConversationRow[] {
  const count = random.next() < 0.66 ? (random.next() < 0.25 ? 2 : 1) : 0
  const { topics, row } = plan
  const some = <T>(list: readonly T[], chance: number) => list.filter(() => random.next() < chance)
  const parts: Topics[] = [
    {
      questions: some(topics.questions, 0.55),
      values: some(topics.values, 0.3),
      objections: count === 1 ? some(topics.objections, 0.75) : [],
    },
    { questions: [], values: [], objections: some(topics.objections, 0.8) },
  ]
  return parts.slice(0, count).map((said, i) => {
    const last = i === count - 1
    const ending =
      last && row.status === 'won' ? 'noteWon' : last && row.status === 'lost' ? 'noteLost' : 'noteNext'
    const { text, marks } = readMarks(utter(note(typedTalk, said, ending), shorthand, random, pack), themes)
    return {
      client_id: row.client_id,
      conversation_id: `${row.deal_id}/comment-${i + 1}`,
      about: row.deal_id,
      kind: 'comment',
      direction: null,
      started_at: row.created_at,
      duration_s: null,
      wait_s: null,
      manager: row.manager,
      is_missed: 0,
      ...origin(plan),
      utterances: [{ n: 0, speaker: 'note', start_ms: null, text, marks }],
    }
  })
}
