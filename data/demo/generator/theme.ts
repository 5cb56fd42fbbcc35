/** Themes as packs write them: plain texts in, parsed templates out. */
import type { FaqState, ObjectionTheme, QuestionTheme, Topic, ValueTheme } from './pack.ts'
import { parseTemplates } from './template.ts'

export interface QuestionSpec {
  key: string
  topic: Topic
  label: string
  base: number
  faq: FaqState
  ask: string[]
  report: string[]
  reply: string[]
  fades?: QuestionTheme['fades']
  provokedBy?: QuestionTheme['provokedBy']
}

export function toQuestion({ ask, report, reply, ...rest }: QuestionSpec): QuestionTheme {
  return { ...rest, ask: parseTemplates(ask), report: parseTemplates(report), reply: parseTemplates(reply) }
}

export type ValueSpec = Pick<ValueTheme, 'key' | 'label' | 'base' | 'wonFactor'> &
  Record<'say' | 'note' | 'pitch' | 'echo' | 'deny', string[]>

export function toValue({ say, note, pitch, echo, deny, ...rest }: ValueSpec): ValueTheme {
  return {
    ...rest,
    say: parseTemplates(say),
    note: parseTemplates(note),
    pitch: parseTemplates(pitch),
    echo: parseTemplates(echo),
    deny: parseTemplates(deny),
  }
}

export type ObjectionSpec = Pick<ObjectionTheme, 'key' | 'label' | 'base' | 'wonFactor' | 'lossReason'> &
  Record<'say' | 'note' | 'reply', string[]>

export function toObjection({ say, note, reply, ...rest }: ObjectionSpec): ObjectionTheme {
  return { ...rest, say: parseTemplates(say), note: parseTemplates(note), reply: parseTemplates(reply) }
}
