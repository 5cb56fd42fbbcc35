/**
 * What was typed and not saved yet, kept in this browser: it outlives a server that is away, a reload and a closed tab.
 * Each tab keeps its own; what a tab that is gone has left, the next one that opens the notebook takes over.
 */
import type { EditText } from './editing-text.ts'

export interface Draft {
  now: EditText
  /** The text that it was made from, and its revision. */
  base: EditText
  revision: string
}

const prefix = (id: string) => `verbatim.draft.${id}\n`

/** Names this tab as long as it is open, over reloads too. */
const tab = (() => {
  try {
    const name = sessionStorage.getItem('verbatim.tab') ?? crypto.randomUUID()
    sessionStorage.setItem('verbatim.tab', name)
    // Held while the tab lives, so that others know its drafts are not left behind.
    void navigator.locks?.request(`verbatim.tab.${name}`, () => new Promise(() => undefined))
    return name
  } catch {
    return 'tab'
  }
})()

export function keepDraft(id: string, draft: Draft): void {
  try {
    localStorage.setItem(prefix(id) + tab, JSON.stringify(draft))
  } catch {
    // Storage is closed or full: the text still is on the page.
  }
}

export function dropDraft(id: string): void {
  try {
    localStorage.removeItem(prefix(id) + tab)
  } catch {
    // Nothing was kept.
  }
}

/** This tab's draft, or one that a closed tab has left; null when there is none. */
export async function takeDraft(id: string): Promise<Draft | null> {
  try {
    const own = localStorage.getItem(prefix(id) + tab)
    if (own !== null) return JSON.parse(own) as Draft
    const held = new Set((await navigator.locks?.query())?.held?.map(({ name }) => name))
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix(id)) || held.has(`verbatim.tab.${key.slice(prefix(id).length)}`)) continue
      const draft = JSON.parse(localStorage.getItem(key)!) as Draft
      localStorage.removeItem(key)
      keepDraft(id, draft)
      return draft
    }
  } catch {
    // Unreadable or closed: as if there was none.
  }
  return null
}

/** Whether something typed into this notebook waits to be saved. */
export function hasDraft(id: string): boolean {
  try {
    return localStorage.getItem(prefix(id) + tab) !== null
  } catch {
    return false
  }
}
