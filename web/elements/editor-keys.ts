/** Jupyter's keys, as far as they mean something here. Pure. */
export type Command =
  | 'open'
  | 'run'
  | 'run-next'
  | 'above'
  | 'below'
  | 'remove'
  | 'text'
  | 'query'
  | 'undo'
  | 'redo'
  | 'next'
  | 'previous'
  | 'up'
  | 'down'
  | 'finish'
  | 'help'

export interface KeyPress {
  key: string
  code: string
  shiftKey: boolean
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  target: EventTarget | null
}

/** Keys by their place on the keyboard, so that they work under a Russian layout too. */
const byCode: Record<string, Command> = {
  KeyA: 'above',
  KeyB: 'below',
  KeyM: 'text',
  KeyY: 'query',
  KeyZ: 'undo',
  KeyJ: 'next',
  KeyK: 'previous',
}

/**
 * What a key asks for while a cell itself has the focus; null when it is none of ours. D asks twice. `previous` is the
 * code of the key before.
 */
export function readKey(event: KeyPress, previous: string): Command | null {
  const own = (event.target as Element | null)?.matches?.('.cell') ?? false
  if (!own) return null
  const { key, code, shiftKey, altKey } = event
  const held = event.ctrlKey || event.metaKey
  if (key === 'Enter') return shiftKey ? 'run-next' : held ? 'run' : altKey ? null : 'open'
  if (key === 'ArrowUp') return altKey ? 'up' : held || shiftKey ? null : 'previous'
  if (key === 'ArrowDown') return altKey ? 'down' : held || shiftKey ? null : 'next'
  if (code === 'KeyZ' && held) return shiftKey ? 'redo' : 'undo'
  if (held || altKey) return null
  if (code === 'KeyZ' && shiftKey) return 'redo'
  if (key === '?' || key === 'h' || code === 'KeyH') return 'help'
  if (shiftKey) return null
  if (code === 'KeyD') return previous === 'KeyD' ? 'remove' : null
  return byCode[code] ?? null
}
