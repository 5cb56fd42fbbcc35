/**
 * What was typed and not saved yet, kept in this browser: it outlives a server that is away, a reload and a closed tab.
 * Each tab keeps its own; what a tab that is gone has left, the next one that opens the notebook takes over.
 */
import type { EditCell, EditText } from './editing-text.ts'

export interface Draft {
  now: EditText
  /** The text that it was made from, and its revision. */
  base: EditText
  revision: string
}

/** What was typed, by the cells that are not as in the text it was made from. */
interface Changes {
  revision: string
  head: readonly string[]
  cells: (number | EditCell)[]
}

const prefix = (id: string) => `verbatim.draft.${id}\n`
const baseOf = (key: string) => `verbatim.base.${key}`

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

/** The text under the draft that was written last: it changes with each save, what is typed with each key. */
let baseKept: { key: string; base: EditText } | null = null

export function keepDraft(id: string, { now, base, revision }: Draft): void {
  const key = prefix(id) + tab
  try {
    if (baseKept?.key !== key || baseKept.base !== base) {
      localStorage.setItem(baseOf(key), JSON.stringify({ revision, base }))
      baseKept = { key, base }
    }
    const known = new Map(base.cells.map(cell => [cell.key, cell]))
    const changes: Changes = {
      revision,
      head: now.head,
      // Cells that stand as they were are told by their keys.
      cells: now.cells.map(cell => (known.get(cell.key) === cell ? cell.key : cell)),
    }
    localStorage.setItem(key, JSON.stringify(changes))
  } catch {
    // Storage is closed or full: the text still is on the page.
  }
}

export function dropDraft(id: string): void {
  forget(prefix(id) + tab)
}

function forget(key: string): void {
  try {
    localStorage.removeItem(key)
    localStorage.removeItem(baseOf(key))
    baseKept = null
  } catch {
    // Nothing was kept.
  }
}

/** A draft as it was kept; null when its parts do not belong together. */
function readDraft(key: string): Draft | null {
  const [kept, under] = [localStorage.getItem(key), localStorage.getItem(baseOf(key))]
  if (kept === null || under === null) return null
  const { revision, head, cells } = JSON.parse(kept) as Changes
  const { base, revision: made } = JSON.parse(under) as { base: EditText; revision: string }
  if (made !== revision) return null
  const known = new Map(base.cells.map(cell => [cell.key, cell]))
  const all = cells.map(cell => (typeof cell === 'number' ? known.get(cell) : cell))
  return all.includes(undefined) ? null : { now: { head, cells: all as EditCell[] }, base, revision }
}

/** This tab's draft, or one that a closed tab has left; null when there is none. */
export async function takeDraft(id: string): Promise<Draft | null> {
  try {
    const own = readDraft(prefix(id) + tab)
    if (own !== null) return own
    const held = new Set((await navigator.locks?.query())?.held?.map(({ name }) => name))
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix(id)) || held.has(`verbatim.tab.${key.slice(prefix(id).length)}`)) continue
      const draft = readDraft(key)
      if (draft === null) continue
      forget(key)
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
