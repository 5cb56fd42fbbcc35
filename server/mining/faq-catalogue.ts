/** Drafts in the database: every edit is checked, logged and applied in one transaction, and the theme's own status follows. */
import { ConflictError, InputError, NotFoundError } from '../errors.ts'
import type { Connection, Database } from '../store/database.ts'
import type { Row } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { type Author, makeEdits } from './catalogue.ts'
import {
  type FaqEdit,
  type FaqState,
  type FaqStatus,
  faqEditSchema,
  type LoggedFaqEdit,
  replayFaqEdits,
} from './faq-edits.ts'

/** The log, oldest first. Throws InputError when a row of it can't be read. */
export async function readFaqLog(connection: Connection): Promise<LoggedFaqEdit[]> {
  const rows = await connection.query<Row<'faq_edits'>>(sql`select * from faq_edits order by edit_id`)
  return rows.map(({ edit_id, body, author, made_at, undone }) => {
    const parsed = faqEditSchema.safeParse(JSON.parse(body))
    if (!parsed.success)
      throw new InputError(`Edit ${edit_id} of the drafts can't be read`, {
        hint: 'It was written by a newer version: update Verbatim.',
      })
    return { id: edit_id, edit: parsed.data, author, madeAt: made_at, undone: undone === 1 }
  })
}

/** Makes an edit of the theme that the named one stands for now. Returns its id. Throws NotFoundError, ConflictError. */
export function makeFaqEdit(database: Database, wanted: FaqEdit, by: Author): Promise<number> {
  return database.transaction(async connection => {
    const [found] = await connection.query<{ theme_id: string; alias_of: string | null }>(
      sql`select theme_id, alias_of from themes where theme_id = ${wanted.theme} and kind = 'question'`,
    )
    if (!found)
      throw new NotFoundError(`There is no question theme ${wanted.theme}`, {
        hint: 'See catalogue list --kind question.',
      })
    const edit = { ...wanted, theme: found.alias_of ?? found.theme_id }
    const log = await readFaqLog(connection)
    const before = replayFaqEdits(log).get(edit.theme)
    if (edit.action === 'status' && edit.status === 'published' && !before?.answer)
      throw new ConflictError('There is no text to publish', {
        hint: 'Write the question and the answer first.',
      })
    const id = (log.at(-1)?.id ?? 0) + 1
    await connection.upsert(
      'faq_edits',
      ['edit_id', 'action', 'body', 'author', 'made_at', 'undone'],
      [
        {
          edit_id: id,
          action: edit.action,
          body: JSON.stringify(edit),
          author: by.author,
          made_at: by.now,
          undone: 0,
        },
      ],
    )
    const entry = { id, edit, author: by.author, madeAt: by.now, undone: false }
    await apply(connection, edit.theme, before, replayFaqEdits([...log, entry]).get(edit.theme), by)
    return id
  })
}

/** Takes an edit back; it stays in the log. Throws NotFoundError, or ConflictError when it was undone already. */
export function undoFaqEdit(database: Database, id: number, by: Author): Promise<void> {
  return database.transaction(async connection => {
    const log = await readFaqLog(connection)
    const entry = log.find(candidate => candidate.id === id)
    if (!entry) throw new NotFoundError(`There is no edit ${id} of drafts`, { hint: 'See faq log.' })
    if (entry.undone) throw new ConflictError(`Edit ${id} was undone already`)
    const { theme } = entry.edit
    const before = replayFaqEdits(log).get(theme)
    entry.undone = true
    await connection.run(sql`update faq_edits set undone = 1 where edit_id = ${id}`)
    await apply(connection, theme, before, replayFaqEdits(log).get(theme), by)
  })
}

/** What the catalogue calls each status. */
const THEME_STATUS = {
  new: 'new',
  in_work: 'in_work',
  draft: 'in_work',
  published: 'answered',
} as const satisfies Record<FaqStatus, string>

async function apply(
  connection: Connection,
  theme: string,
  before: FaqState | undefined,
  after: FaqState | undefined,
  by: Author,
): Promise<void> {
  if (after) {
    const { status, question, answer, author, changedAt, publishedAt } = after
    const row = {
      theme_id: theme,
      status,
      question,
      answer,
      author,
      changed_at: changedAt,
      published_at: publishedAt,
    }
    await connection.upsert('faq_drafts', Object.keys(row) as (keyof typeof row)[], [row])
  } else await connection.run(sql`delete from faq_drafts where theme_id = ${theme}`)
  const [was, is] = [before, after].map(state => THEME_STATUS[state?.status ?? 'new'])
  if (was !== is) await makeEdits(connection, [{ action: 'status', theme, status: is! }], by)
}
