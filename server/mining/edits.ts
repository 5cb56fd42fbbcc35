/**
 * People's corrections of the catalogue: an append-only log whose replay gives every theme and mention its final state.
 * The machine writes where it puts a mention (`machine_theme_id`); what people see is that, with the log over it. So a
 * re-mining can change what the machine thinks and never what a person decided. Pure.
 *
 * A merge makes the younger theme an alias of the oldest: no id ever changes its meaning, an old link still leads to the
 * words that it named. A split makes a theme with a new id. An undone edit stays in the log and is passed over.
 */
import { z } from 'zod'
import type { Topic } from './steps/topic.ts'

export const topics = ['price', 'landing', 'product', 'terms', 'service', 'other'] as const satisfies Topic[]
export const statuses = ['new', 'in_work', 'answered', 'dismissed'] as const

const theme = z.string().regex(/^[qvo]-\d+$/)
const label = z.string().trim().min(1).max(200)
/** A mention by its place; the kind is its theme's. */
const mention = z.strictObject({
  client_id: z.string(),
  conversation_id: z.string(),
  n: z.number().int(),
  from: z.number().int(),
})

export const editSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('rename'), theme, label }),
  z.strictObject({ action: z.literal('topic'), theme, topic: z.enum(topics) }),
  z.strictObject({ action: z.literal('status'), theme, status: z.enum(statuses) }),
  z.strictObject({ action: z.literal('hide'), theme, hidden: z.boolean() }),
  z.strictObject({ action: z.literal('merge'), themes: z.array(theme).min(2).max(500) }),
  z.strictObject({
    action: z.literal('split'),
    theme,
    /** Given when the edit is made; the caller leaves it out. */
    into: theme.optional(),
    label,
    mentions: z.array(mention).min(1).max(10_000),
  }),
  /** `from` is null for a mention that waited for a theme. */
  z.strictObject({ action: z.literal('move'), mention, from: theme.nullable(), to: theme }),
])
export type Edit = z.infer<typeof editSchema>
export type MentionRef = z.infer<typeof mention>

export interface LoggedEdit {
  id: number
  edit: Edit
  undone: boolean
}

/** What the log says; whatever it does not name is as the machine left it. */
export interface Corrections {
  labels: Map<string, string>
  topics: Map<string, string>
  statuses: Map<string, string>
  hidden: Map<string, boolean>
  /** Younger theme -> older theme, one step. */
  aliases: Map<string, string>
  /** Mention's key -> the theme in which a person put it. */
  pins: Map<string, string>
  /** Themes that splits made, by id. */
  made: Map<string, { from: string; label: string }>
}

/** `q-12` -> 12: the age of a theme within its kind. */
export const numberOf = (id: string): number => Number(id.slice(2))

/** A mention's key; `of` is its kind or any theme of it: both begin with the same letter. */
export function mentionKey(of: string, ref: MentionRef): string {
  return JSON.stringify([of[0], ref.client_id, ref.conversation_id, ref.n, ref.from])
}

/** The theme that an id stands for now: itself, or the oldest one that it was merged into. */
export function resolve(id: string, aliases: ReadonlyMap<string, string>): string {
  let at = id
  // An alias always leads to an older theme, so this ends.
  for (let next = aliases.get(at); next !== undefined; next = aliases.get(at)) at = next
  return at
}

/** Replays a log, in the order of its ids. */
export function replay(log: readonly LoggedEdit[]): Corrections {
  const state: Corrections = {
    labels: new Map(),
    topics: new Map(),
    statuses: new Map(),
    hidden: new Map(),
    aliases: new Map(),
    pins: new Map(),
    made: new Map(),
  }
  for (const { edit, undone } of [...log].sort((a, b) => a.id - b.id)) {
    if (undone) {
      // The id that a split gave is never given again: it leads back to where its words are.
      if (edit.action === 'split') state.aliases.set(edit.into!, edit.theme)
      continue
    }
    apply(edit, state)
  }
  return state
}

function apply(edit: Edit, state: Corrections): void {
  switch (edit.action) {
    case 'rename':
      state.labels.set(edit.theme, edit.label)
      break
    case 'topic':
      state.topics.set(edit.theme, edit.topic)
      break
    case 'status':
      state.statuses.set(edit.theme, edit.status)
      break
    case 'hide':
      state.hidden.set(edit.theme, edit.hidden)
      break
    case 'merge': {
      const roots = [...new Set(edit.themes.map(id => resolve(id, state.aliases)))]
      const oldest = roots.reduce((a, b) => (numberOf(b) < numberOf(a) ? b : a))
      for (const root of roots) if (root !== oldest) state.aliases.set(root, oldest)
      break
    }
    case 'split':
      state.made.set(edit.into!, { from: edit.theme, label: edit.label })
      for (const ref of edit.mentions) state.pins.set(mentionKey(edit.theme, ref), edit.into!)
      break
    case 'move':
      state.pins.set(mentionKey(edit.to, edit.mention), edit.to)
      break
  }
}

/** Where a mention stands: where a person put it, else where the machine did, with merges followed. Null while it waits. */
export function themeOf(
  kind: string,
  ref: MentionRef,
  machine: string | null,
  { pins, aliases }: Corrections,
): string | null {
  const own = (pins.size > 0 ? pins.get(mentionKey(kind, ref)) : undefined) ?? machine
  return own === null ? null : resolve(own, aliases)
}
