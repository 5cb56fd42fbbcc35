/** The client that a person means: by number («Клиент 14», 14), phone, e-mail, or an id of a source system. */
import { InputError, NotFoundError } from '../errors.ts'
import { hideKey, readSecret } from '../sources/identity.ts'
import { toEmail, toPhone } from '../sources/values.ts'
import type { Database } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { join, sql } from '../store/sql.ts'

export interface FoundClient {
  client_id: string
  alias: number
}

/** Throws NotFoundError when nobody is meant, InputError when several are. */
export async function findClient(database: Database, asked: string): Promise<FoundClient> {
  const text = asked.trim()
  if (text === '' || text.length > 300)
    throw new InputError('Name a client: a number, a phone, an e-mail or an id')
  const number = /^(?:(?:клиент|client)\s*)?[№#]?\s*(\d{1,9})$/iu.exec(text)?.[1]
  const found =
    number === undefined
      ? await byKey(database, text)
      : await database.query<FoundClient>(
          sql`select client_id, alias from clients where alias = ${Number(number)}`,
        )
  const [client, ...others] = found
  if (!client) {
    throw new NotFoundError('There is no such client', {
      hint: 'Ask by the number shown in reports («Клиент 14»), the phone, the e-mail, or the id in the source system.',
    })
  }
  if (others.length > 0) {
    throw new InputError(`That is more than one client: ${found.map(({ alias }) => alias).join(', ')}`, {
      hint: 'Ask for one of them by its number.',
    })
  }
  return client
}

async function byKey(database: Database, text: string): Promise<FoundClient[]> {
  const secret = await database.transaction(readSecret)
  const phone = /^[+\d][\d\s()-]{8,}$/.test(text) ? toPhone(text) : null
  const email = text.includes('@') ? toEmail(text) : null
  const keys = [
    text,
    ...(phone ? [hideKey(`phone:${phone}`, secret)] : []),
    ...(email ? [hideKey(`email:${email}`, secret)] : []),
  ]
  const contacts = [
    ...(phone ? [sql`phone = ${phone}`] : []),
    ...(email ? [sql`email = ${email}`] : []),
    sql`1 = 0`,
  ]
  return database.query<FoundClient>(
    sql`select client_id, alias from clients where client_id in ${inList(database, [text])}
      or client_id in (select client_id from app.client_keys where key in ${inList(database, keys)})
      or client_id in (select client_id from app.client_contacts where ${join(contacts, ' or ')}) order by alias`,
  )
}
