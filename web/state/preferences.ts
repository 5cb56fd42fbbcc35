/** What this reader prefers, kept in this browser: language, theme, whether the rail is folded. */
import type { Language } from '../../server/api/contract.ts'

export type Theme = 'system' | 'light' | 'dark'

export interface Preferences {
  language: Language
  theme: Theme
  railFolded: boolean
}

type Listener = () => void
const listeners = new Set<Listener>()

/** Storage may be closed to us (private mode) or absent (tests): then nothing is kept. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(`verbatim.${key}`)
  } catch {
    return null
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(`verbatim.${key}`, value)
  } catch {
    // Nothing to do: the choice holds until the page is left.
  }
}

function firstLanguage(): Language {
  const kept = stored('language')
  if (kept === 'ru' || kept === 'en') return kept
  const spoken = typeof navigator === 'undefined' ? 'ru' : navigator.language
  return /^(?:ru|be|uk|kk)\b/.test(spoken) ? 'ru' : 'en'
}

function firstTheme(): Theme {
  const kept = stored('theme')
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

const current: Preferences = {
  language: firstLanguage(),
  theme: firstTheme(),
  railFolded: stored('rail') === 'folded',
}

/** The preferences as they stand; read them again after a change. */
export function preferences(): Readonly<Preferences> {
  return current
}

/** Changes some of them, keeps them, applies them to the document and tells every listener. */
export function setPreferences(change: Partial<Preferences>): void {
  Object.assign(current, change)
  keep('language', current.language)
  keep('theme', current.theme)
  keep('rail', current.railFolded ? 'folded' : 'open')
  applyPreferences()
  for (const listener of listeners) listener()
}

/** Puts language and theme on the root element, where styles and screen readers look for them. */
export function applyPreferences(root: HTMLElement = document.documentElement): void {
  root.lang = current.language
  if (current.theme === 'system') delete root.dataset.theme
  else root.dataset.theme = current.theme
}

/** Calls back after each change; returns how to stop it. */
export function onPreferences(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
