/** What the keys of a notebook do, and the same as items of the palette. */
import type { KindSummary } from '../../server/api/contract.ts'
import type { EditorSession } from '../state/editor-session.ts'
import type { AppText } from '../text/text.ts'
import type { Command } from './editor-keys.ts'
import type { PaletteItem } from './palette.ts'

export type Dialog = 'history' | 'keys' | 'palette'

/** What the session leaves to the page. */
export interface CommandParts {
  session: EditorSession
  kinds: readonly KindSummary[]
  /** Back to reading. */
  finish(): void
  show(dialog: Dialog): void
}

export function perform(command: Command, { session, kinds, finish, show }: CommandParts): void {
  if (command === 'finish') finish()
  else if (command === 'help') show('keys')
  else if (command === 'undo' || command === 'redo') session.step(command)
  else {
    const place = session.place(session.chosen)
    const cell = session.cells[place]
    if (!cell) return
    const { key } = cell
    const acts: Record<typeof command, () => void> = {
      open: () => session.openSource(key),
      above: () => session.insert(place, 'sql', exampleOf(kinds, 'sql')),
      below: () => session.insert(place + 1, 'sql', exampleOf(kinds, 'sql')),
      remove: () => session.remove(key),
      text: () => session.act({ type: 'kind', key, kind: 'markdown' }),
      query: () => session.act({ type: 'kind', key, kind: 'sql' }),
      run: () => void session.runAll(),
      'run-next': () => session.runAndGo(key),
      next: () => session.choose(session.cells[place + 1]?.key),
      previous: () => session.choose(session.cells[place - 1]?.key),
      up: () => session.move(key, -1),
      down: () => session.move(key, 1),
    }
    acts[command]()
  }
}

export function paletteItems(parts: CommandParts, text: AppText['editing']): PaletteItem[] {
  const { session, kinds, show } = parts
  const run = (label: string, command: Command, key?: string) => ({
    label,
    ...(key !== undefined && { key }),
    act: () => perform(command, parts),
  })
  return [
    run(text.run, 'run', 'Ctrl+Enter'),
    run(text.open, 'open', 'Enter'),
    run(text.up, 'up', 'Alt+↑'),
    run(text.down, 'down', 'Alt+↓'),
    run(text.remove, 'remove', 'D D'),
    run(text.undo, 'undo', 'Z'),
    run(text.redo, 'redo', 'Shift+Z'),
    run(text.keys.title, 'help', 'H'),
    { label: text.history.title, act: () => show('history') },
    run(text.finish, 'finish'),
    ...['markdown', ...kinds.map(({ kind }) => kind)].map(kind => ({
      label: text.palette.addKind((text.kinds as Record<string, string>)[kind] ?? kind),
      act: () => session.insert(session.place(session.chosen) + 1, kind, exampleOf(kinds, kind)),
    })),
    ...[...session.ids].map(([key, id]) => ({
      label: text.palette.toCell(id),
      act: () => session.choose(key),
    })),
  ]
}

/** The body with which a cell of a kind begins. */
export function exampleOf(kinds: readonly KindSummary[], kind: string): string {
  return kinds.find(each => each.kind === kind)?.example ?? ''
}
