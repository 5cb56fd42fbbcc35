/** Who is in. Asked once at the start; that a session has ended is noticed when the server refuses something. */
import type { Role, Session } from '../../server/api/contract.ts'
import { onSignedOut } from '../api.ts'
import { getSession } from '../api-accounts.ts'

type Listener = () => void
const listeners = new Set<Listener>()
let current: Session | null = null
let ended = false

/** The session as it stands; null until the server has answered. */
export function session(): Session | null {
  return current
}

/** Whether the login is shown because a session ended. */
export function sessionEnded(): boolean {
  return ended
}

/** Whether somebody must log in before anything else is shown. */
export function isOutside(): boolean {
  return current?.login === true && current.user === null
}

/** Whether who is in reaches up to a role. */
export function reaches(role: Role): boolean {
  const order: Role[] = ['viewer', 'editor', 'administrator']
  return current?.role != null && order.indexOf(current.role) >= order.indexOf(role)
}

export function setSession(next: Session): void {
  ended = current?.user != null && next.user === null && ended
  current = next
  document.documentElement.dataset.role = next.role ?? ''
  for (const listener of listeners) listener()
}

/** Asks the server. */
export async function loadSession(): Promise<void> {
  setSession(await getSession())
}

/** Calls back after each change; returns how to stop it. */
export function onSession(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

onSignedOut(() => {
  if (current?.user == null) return
  ended = true
  setSession({ ...current, user: null, role: null })
})
