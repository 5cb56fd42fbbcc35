/**
 * What was planted, for tests: which span of which utterance is which theme, who belongs to which persona, what was said
 * that is personal, and the effects with their numbers. Compact: `layout` names the places of its lists.
 */
import { describeEffects, type Effect } from './effects.ts'
import type { Demo } from './generate.ts'
import { type PersonalKind, personalKinds } from './marks.ts'

type Span = [n: number, from: number, to: number, theme: number]
type PersonalSpan = [n: number, from: number, to: number, kind: number, value: string]

export interface Truth {
  /** What the places of the lists below mean. */
  layout: Record<string, string>
  /** `kind:key`; questions have a topic and what the pages say to them. */
  themes: { name: string; label: string; topic: string | null; pages: string | null }[]
  personalKinds: readonly PersonalKind[]
  gold: [conversation: string, spans: Span[]][]
  decoys: [conversation: string, spans: Span[]][]
  personal: [conversation: string, spans: PersonalSpan[]][]
  personas: { key: string; label: string; clients: string[] }[]
  /** Rows by table, as an import must store them. */
  counts: Record<string, number>
  effects: Effect[]
}

const LAYOUT = {
  gold: '[conversation, [[n, from, to, theme]]]: questions, values and objections; UTF-16 offsets, to exclusive; theme is a place in themes',
  decoys:
    '[conversation, [[n, from, to, theme]]]: sounds like the value theme but only echoes the agent or denies it',
  personal: '[conversation, [[n, from, to, kind, value]]]: kind is a place in personalKinds',
}

/** The truth of a company; reads all of its rows once. */
export function collectTruth(demo: Demo): Truth {
  const { pack, themes, numbers } = demo.world
  const personas = new Map(
    pack.personas.map(({ key, label }) => [key, { key, label, clients: [] as string[] }]),
  )
  const truth: Truth = {
    layout: LAYOUT,
    themes: [
      ...pack.questions.map(({ key, label, topic, faq }) => ({
        name: `question:${key}`,
        label,
        topic,
        pages: faq,
      })),
      ...pack.values.map(({ key, label }) => ({ name: `value:${key}`, label, topic: null, pages: null })),
      ...pack.objections.map(({ key, label }) => ({
        name: `objection:${key}`,
        label,
        topic: null,
        pages: null,
      })),
    ],
    personalKinds,
    gold: [],
    decoys: [],
    personal: [],
    personas: [...personas.values()],
    counts: {
      clients: 0,
      deals: 0,
      deal_stages: 0,
      deal_tags: 0,
      conversations: 0,
      utterances: 0,
      visits: 0,
    },
    effects: describeEffects(demo),
  }
  if (truth.themes.some(({ name }, i) => name !== themes[i])) throw new Error('Themes out of order')
  const { counts } = truth
  const count = (table: string, n: number) => {
    counts[table] = counts[table]! + n
  }
  for (const { client, deals, stages, conversations, visits } of demo.clients()) {
    personas.get(client.persona)!.clients.push(client.client_id)
    count('clients', 1)
    count('deals', deals.length)
    count('deal_stages', stages.length)
    count(
      'deal_tags',
      deals.reduce((sum, deal) => sum + deal.tags.length, 0),
    )
    count('conversations', conversations.length)
    count('visits', visits.length)
    for (const { conversation_id, utterances } of conversations) {
      count('utterances', utterances.length)
      const gold: Span[] = []
      const decoys: Span[] = []
      const personal: PersonalSpan[] = []
      for (const { n, text, marks } of utterances) {
        for (const { from, to, kind, theme } of marks) {
          if (theme === '')
            personal.push([n, from, to, personalKinds.indexOf(kind as PersonalKind), text.slice(from, to)])
          else (kind === 'decoy' ? decoys : gold).push([n, from, to, numbers.get(theme)!])
        }
      }
      if (gold.length > 0) truth.gold.push([conversation_id, gold])
      if (decoys.length > 0) truth.decoys.push([conversation_id, decoys])
      if (personal.length > 0) truth.personal.push([conversation_id, personal])
    }
  }
  counts.spend = [...demo.spend()].length
  counts.targets = demo.targets.length
  counts.pages = demo.pages.length
  return truth
}

/** The truth as JSON with a line a conversation, so that a diff shows what changed. */
export function printTruth(truth: Truth): string {
  const fields = Object.entries(truth).map(([name, value]) => {
    if (!Array.isArray(value)) return `${JSON.stringify(name)}:${JSON.stringify(value)}`
    return `${JSON.stringify(name)}:[\n${value.map(item => JSON.stringify(item)).join(',\n')}\n]`
  })
  return `{\n${fields.join(',\n')}\n}\n`
}
