/** The log of people's edits as a person reads it: when, by whom, and with the themes' names. */
import { readLog } from '../mining/catalogue.ts'
import { type LoggedEdit as LogLine, replay, resolve } from '../mining/edits.ts'
import type { Database } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { sql } from '../store/sql.ts'
import type { LoggedEdit } from './contract.ts'

/** The newest first. */
export async function readEditLog(database: Database): Promise<LoggedEdit[]> {
  const log = await readLog(database)
  const ids = [...new Set(log.flatMap(namedBy))]
  const [signs, themes] = await Promise.all([
    database.query<{ edit_id: number; made_at: string; author: string | null }>(
      sql`select edit_id, made_at, author from theme_edits`,
    ),
    database.query<{ theme_id: string; label: string }>(
      sql`select theme_id, label from themes where theme_id in ${inList(database, ids)}`,
    ),
  ])
  const signOf = new Map(signs.map(sign => [sign.edit_id, sign]))
  const labelOf = new Map(themes.map(theme => [theme.theme_id, theme.label]))
  return log.reverse().map(line => ({
    ...line,
    madeAt: signOf.get(line.id)?.made_at ?? '',
    author: signOf.get(line.id)?.author ?? null,
    labels: Object.fromEntries(namedBy(line).map(id => [id, labelOf.get(id) ?? id])),
  }))
}

function namedBy({ edit }: LogLine): string[] {
  if (edit.action === 'merge') return edit.themes
  if (edit.action === 'move') return edit.from === null ? [edit.to] : [edit.from, edit.to]
  if (edit.action === 'split' && edit.into !== undefined) return [edit.theme, edit.into]
  return [edit.theme]
}

/** The theme that an edit made (a split) or left of several (a merge); null for the others. */
export function themeLeftBy(log: readonly LogLine[], id: number): string | null {
  const edit = log.find(line => line.id === id)?.edit
  if (edit?.action === 'split') return edit.into ?? null
  return edit?.action === 'merge' ? resolve(edit.themes[0]!, replay(log).aliases) : null
}
