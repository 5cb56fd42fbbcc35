/**
 * People's corrections of personas: an append-only log whose replay gives every persona its name and standing. The machine
 * writes to which persona a client belongs by its own reckoning; what people see is that, with the log over it. Pure.
 *
 * A merge makes the younger persona an alias of the oldest, so that no id ever changes its meaning. A pinned persona comes
 * first, and no later division of the clients may dissolve it. An undone edit stays in the log and is passed over.
 */
import { z } from 'zod'

const persona = z.string().regex(/^p-\d+$/)

export const personaEditSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('rename'), persona, name: z.string().trim().min(1).max(200) }),
  z.strictObject({ action: z.literal('pin'), persona, pinned: z.boolean() }),
  z.strictObject({ action: z.literal('hide'), persona, hidden: z.boolean() }),
  z.strictObject({ action: z.literal('merge'), personas: z.array(persona).min(2).max(100) }),
])
export type PersonaEdit = z.infer<typeof personaEditSchema>

export interface LoggedPersonaEdit {
  id: number
  edit: PersonaEdit
  undone: boolean
}

/** What the log says; whatever it does not name is as the machine left it. */
export interface PersonaCorrections {
  names: Map<string, string>
  pinned: Set<string>
  hidden: Set<string>
  /** Younger persona -> older one, one step. */
  aliases: Map<string, string>
}

/** `p-12` -> 12: the age of a persona. */
export const personaNumber = (id: string): number => Number(id.slice(2))

/** The persona that an id stands for now: itself, or the oldest that it was merged into. */
export function resolvePersona(id: string, { aliases }: Pick<PersonaCorrections, 'aliases'>): string {
  let at = id
  // An alias always leads to an older persona, so this ends.
  for (let next = aliases.get(at); next !== undefined; next = aliases.get(at)) at = next
  return at
}

/** Replays a log, in the order of its ids. */
export function replayPersonaEdits(log: readonly LoggedPersonaEdit[]): PersonaCorrections {
  const state: PersonaCorrections = {
    names: new Map(),
    pinned: new Set(),
    hidden: new Set(),
    aliases: new Map(),
  }
  for (const { edit, undone } of [...log].sort((a, b) => a.id - b.id)) if (!undone) apply(edit, state)
  return state
}

function apply(edit: PersonaEdit, state: PersonaCorrections): void {
  const flag = (set: Set<string>, on: boolean) => (id: string) => (on ? set.add(id) : set.delete(id))
  switch (edit.action) {
    case 'rename':
      state.names.set(edit.persona, edit.name)
      break
    case 'pin':
      flag(state.pinned, edit.pinned)(edit.persona)
      break
    case 'hide':
      flag(state.hidden, edit.hidden)(edit.persona)
      break
    case 'merge': {
      const roots = [...new Set(edit.personas.map(id => resolvePersona(id, state)))]
      const oldest = roots.reduce((a, b) => (personaNumber(b) < personaNumber(a) ? b : a))
      for (const root of roots) if (root !== oldest) state.aliases.set(root, oldest)
      break
    }
  }
}
