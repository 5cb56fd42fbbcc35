/** Personas, and people's edits of them. */
import { Hono } from 'hono'
import { NotFoundError } from '../errors.ts'
import {
  listPersonas,
  makePersonaEdit,
  readPersonaLog,
  undoPersonaEdit,
} from '../insight/persona-catalogue.ts'
import { personaEditSchema } from '../insight/persona-edits.ts'
import { atZone } from '../sources/values.ts'
import type { LoggedPersonaEdit, PersonaLine } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId } from './reading.ts'

export function personaRoutes({ database, config }: AppParts): Hono {
  const routes = new Hono()
  routes.get('/', async c => {
    const lines: PersonaLine[] = await listPersonas(database)
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
