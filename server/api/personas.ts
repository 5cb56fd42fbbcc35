/** Personas, and people's edits of them. */
import { Hono } from 'hono'
import { NotFoundError } from '../errors.ts'
import { makePersonaEdit, readPersonaLog, undoPersonaEdit } from '../insight/persona-catalogue.ts'
import { personaEditSchema } from '../insight/persona-edits.ts'
import { atZone } from '../sources/values.ts'
import { sql } from '../store/sql.ts'
import type { LoggedPersonaEdit, PersonaLine } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId } from './reading.ts'

type Stored = Omit<PersonaLine, 'hidden' | 'pinned'> & { hidden: number; pinned: number }

export function personaRoutes({ database, config }: AppParts): Hono {
  const routes = new Hono()
  routes.get('/', async c => {
    const rows = await database.query<Stored>(
      sql`select p.persona_id, p.name, p.machine_name, p.hidden, p.pinned, p.alias_of, coalesce(n.clients, 0) as clients
        from personas p left join (select persona_id, count(*) as clients from client_personas group by persona_id) n
        on n.persona_id = p.persona_id order by p.pinned desc, clients desc, p.persona_id`,
    )
    const lines = rows.map(
      (row): PersonaLine => ({ ...row, hidden: row.hidden === 1, pinned: row.pinned === 1 }),
    )
    return c.json(lines)
  })
  routes.get('/edits', async c => {
    const log: LoggedPersonaEdit[] = (await readPersonaLog(database)).reverse()
    return c.json(log)
  })
  routes.post('/edits', async c => {
    const edit = await readBody(c, personaEditSchema)
    const now = atZone(Date.now(), config.timeZone)
    return c.json({ id: await makePersonaEdit(database, edit, { author: c.var.actor.name, now }) }, 201)
  })
  routes.delete('/edits/:id', async c => {
    const id = Number(readId(c, 'id'))
    if (!Number.isSafeInteger(id)) throw new NotFoundError('There is no such edit')
    await undoPersonaEdit(database, id)
    return c.body(null, 204)
  })
  return routes
}
