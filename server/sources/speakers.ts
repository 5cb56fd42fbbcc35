/**
 * Who a transcript's speakers are. Names decide where they speak («Оператор», “Customer”); a person's own mapping
 * stands above everything; where nothing says who is who, the words do, and the guess is marked as one. A channel's
 * number is never believed: recorders differ.
 */
import type { TranscriptTurn } from './source.ts'

export type Role = 'client' | 'agent' | 'note'

export interface Roles {
  /** By the speaker's name as the file gives it; '' stands for turns without one. */
  roles: ReadonlyMap<string, Role>
  /** True when content decided: worth telling the person. */
  guessed: boolean
}

const AGENT =
  /оператор|менеджер|сотрудник|консультант|администратор|специалист|продавец|agent|operator|manager|advis[eo]r|support|\brep\b|sales|assistant|staff/iu
const CLIENT =
  /клиент|покупатель|абонент|заказчик|посетитель|звонящий|пациент|гость|client|customer|caller|visitor|buyer|guest|lead/iu
const NOTE = /комментари|примечани|заметк|\bnotes?\b|comment/iu

/** What only the company's side says. */
const AGENT_WORDS =
  /чем (?:могу|можем|я могу) (?:быть полезен|быть полезна|помочь)|меня зовут [^.,]{2,30}(?:компания|менеджер)|(?:компания|менеджер|отдел)[^.]{0,40}(?:здравствуйте|добрый|слушаю|меня зовут)|как (?:я могу к вам|могу к вам|к вам) обращаться|разговор записывается|запишу вас|подскажите (?:пожалуйста )?(?:ваш|номер|адрес)|how (?:can|may) i (?:help|assist)|thank you for calling|my name is \w+,? (?:how|calling from)|calls? (?:are|may be) recorded|may i (?:have|take) your/giu

/** The role that a name speaks for, or null. */
function roleByName(name: string): Role | null {
  if (AGENT.test(name)) return 'agent'
  if (CLIENT.test(name)) return 'client'
  return NOTE.test(name) ? 'note' : null
}

const alone = new Map<string, Role>()

/** The role of a speaker of whose conversation nothing else is seen: by name, else a client. */
export function roleAlone(speaker: string | null, mapping: ReadonlyMap<string, Role> = new Map()): Role {
  if (speaker === null) return 'client'
  const name = speaker.toLowerCase()
  const own = mapping.get(name)
  if (own) return own
  let role = alone.get(name)
  if (!role) {
    role = roleByName(speaker) ?? 'client'
    // Names are few; a column of something else must not be remembered without end.
    if (alone.size > 10_000) alone.clear()
    alone.set(name, role)
  }
  return role
}

/**
 * A role for every speaker of a conversation. `mapping` is the person's own, by speaker's name (case ignored).
 * Turns without any speaker are the client's when nobody else speaks, since a lone voice is a message to us.
 */
export function rolesOf(
  turns: readonly TranscriptTurn[],
  mapping: ReadonlyMap<string, Role> = new Map(),
): Roles {
  const names = [...new Set(turns.map(turn => turn.speaker ?? ''))]
  const own = new Map([...mapping].map(([name, role]) => [name.toLowerCase(), role]))
  const roles = new Map<string, Role>()
  for (const name of names) {
    const role = own.get(name.toLowerCase()) ?? roleByName(name)
    if (role) roles.set(name, role)
  }
  const unknown = names.filter(name => !roles.has(name))
  if (unknown.length === 0) return { roles, guessed: false }
  if (unknown.length === 1) {
    // One name is left: it is the side that is still missing.
    const role = [...roles.values()].includes('client') ? 'agent' : 'client'
    return { roles: roles.set(unknown[0]!, role), guessed: names.length > 1 && !names.includes('') }
  }
  const agent = [...roles.values()].includes('agent') ? null : mostLikeAgent(turns, unknown)
  for (const name of unknown) roles.set(name, name === agent ? 'agent' : 'client')
  return { roles, guessed: true }
}

/** The speaker with most of the company's phrases; on a tie the one who speaks first, as who answers a call does. */
function mostLikeAgent(turns: readonly TranscriptTurn[], names: readonly string[]): string {
  const score = (name: string) =>
    turns.reduce(
      (sum, turn) => sum + ((turn.speaker ?? '') === name ? (turn.text.match(AGENT_WORDS)?.length ?? 0) : 0),
      0,
    )
  return names.reduce((best, name) => (score(name) > score(best) ? name : best))
}
