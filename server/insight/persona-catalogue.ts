/** Personas in the database under people's edits: every edit is logged and applied in one transaction. */
import { ConflictError, InputError, NotFoundError } from '../errors.ts'
import type { Connection, Database } from '../store/database.ts'
import type { Row } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import {
  type LoggedPersonaEdit,
  type PersonaCorrections,
  type PersonaEdit,
  personaEditSchema,
  replayPersonaEdits,
  resolvePersona,
} from './persona-edits.ts'

/** The log, oldest first. Throws InputError when a row of it can't be read. */
export async function readPersonaLog(connection: Connection): Promise<LoggedPersonaEdit[]> {
  const rows = await connection.query<Row<'persona_edits'>>(sql`select * from persona_edits order by edit_id`)
  return rows.map(({ edit_id, body, undone }) => {
    const parsed = personaEditSchema.safeParse(JSON.parse(body))
    if (!parsed.success)
      throw new InputError(`Edit ${edit_id} of the personas can't be read`, {
        hint: 'It was written by a newer version: update Verbatim.',
      })
    return { id: edit_id, edit: parsed.data, undone: undone === 1 }
  })
}

/** Makes an edit: checks it, logs it, applies it. Returns its id. Throws NotFoundError. */
export function makePersonaEdit(
  database: Database,
  edit: PersonaEdit,
  by: { author: string | null; now: string },
): Promise<number> {
  return database.transaction(async connection => {
    const known = new Set((await readRows(connection)).map(row => row.persona_id))
    const named = edit.action === 'merge' ? edit.personas : [edit.persona]
    const missing = named.find(id => !known.has(id))
    if (missing !== undefined)
      throw new NotFoundError(`There is no persona ${missing}`, { hint: 'The list is at /api/personas.' })
    const log = await readPersonaLog(connection)
    const id = (log.at(-1)?.id ?? 0) + 1
    const row = { edit_id: id, action: edit.action, body: JSON.stringify(edit), undone: 0 }
    await connection.upsert(
      'persona_edits',
      ['edit_id', 'action', 'body', 'author', 'made_at', 'undone'],
      [{ ...row, author: by.author, made_at: by.now }],
    )
    await correctPersonas(connection, replayPersonaEdits([...log, { id, edit, undone: false }]))
    return id
  })
}

/** Takes an edit back; it stays in the log. Throws NotFoundError, or ConflictError when it was undone already. */
export function undoPersonaEdit(database: Database, id: number): Promise<void> {
  return database.transaction(async connection => {
    const log = await readPersonaLog(connection)
    const entry = log.find(candidate => candidate.id === id)
    if (!entry) throw new NotFoundError(`There is no edit ${id} of personas`)
    if (entry.undone) throw new ConflictError(`Edit ${id} was undone already`)
    entry.undone = true
    await connection.run(sql`update persona_edits set undone = 1 where edit_id = ${id}`)
    await correctPersonas(connection, replayPersonaEdits(log))
  })
}

const readRows = (connection: Connection) =>
  connection.query<Row<'personas'>>(sql`select * from personas order by persona_id`)

/** Sets what personas show and where their clients stand under the log; touches only what differs. */
export async function correctPersonas(
  connection: Connection,
  corrections: PersonaCorrections,
): Promise<void> {
  for (const row of await readRows(connection)) {
    const { persona_id: id, machine_name } = row
    const root = resolvePersona(id, corrections)
    const name = corrections.names.get(id) ?? machine_name
    const hidden = corrections.hidden.has(id) ? 1 : 0
    const pinned = corrections.pinned.has(id) ? 1 : 0
    const alias_of = root === id ? null : root
    if (row.alias_of !== alias_of)
      await connection.run(
        sql`update client_personas set persona_id = ${root} where machine_persona_id = ${id} and persona_id <> ${root}`,
      )
    if (row.name !== name || row.hidden !== hidden || row.pinned !== pinned || row.alias_of !== alias_of)
      await connection.run(
        sql`update personas set name = ${name}, hidden = ${hidden}, pinned = ${pinned}, alias_of = ${alias_of}
          where persona_id = ${id}`,
      )
  }
}

export interface PersonaLine {
  persona_id: string
  name: string
  /** What the machine called it, under a person's name for it. */
  machine_name: string
  hidden: boolean
  pinned: boolean
  /** The persona that it was merged into. */
  alias_of: string | null
  clients: number
}

/** All personas, merged and hidden ones too: pinned first, then by size. */
export async function listPersonas(connection: Connection): Promise<PersonaLine[]> {
  const rows = await connection.query<
    Omit<PersonaLine, 'hidden' | 'pinned'> & { hidden: number; pinned: number }
  >(
    sql`select p.persona_id, p.name, p.machine_name, p.hidden, p.pinned, p.alias_of, coalesce(n.clients, 0) as clients
      from personas p left join (select persona_id, count(*) as clients from client_personas group by persona_id) n
      on n.persona_id = p.persona_id order by p.pinned desc, clients desc, p.persona_id`,
  )
  return rows.map(row => ({ ...row, hidden: row.hidden === 1, pinned: row.pinned === 1 }))
}
