/** What tells a client: their names, contacts and words, and how to take these out of a text that was made of them. */
import type { Connection } from '../store/database.ts'
import { sql } from '../store/sql.ts'
import { maskText } from './mask.ts'

/** What stands in the place of erased words, in the language of the text around them. */
export const TOMBSTONE = {
  ru: '[удалено по просьбе клиента]',
  en: '[erased at the client’s request]',
} as const

export interface ClientWords {
  alias: number
  /** Whole names of two words and more: a first name alone is many people's. */
  names: string[]
  emails: string[]
  /** Ten last digits, as national and international writing share them. */
  phones: string[]
  /** What the client said or was written down of them, each text once. */
  said: string[]
}

/** Shorter words are said by anybody; taking them out elsewhere would hurt other people's texts. */
const LEAST_SAID = 20

/** Reads them; nothing of the database is changed. */
export async function readClientWords(connection: Connection, client: string): Promise<ClientWords> {
  const [known] = await connection.query<{ alias: number }>(
    sql`select alias from clients where client_id = ${client}`,
  )
  const contacts = await connection.query<{
    name: string | null
    phone: string | null
    email: string | null
  }>(sql`select name, phone, email from app.client_contacts where client_id = ${client}`)
  const spoken = await connection.query<{ text: string }>(
    sql`select text from utterances where client_id = ${client} and speaker <> 'agent'`,
  )
  const mentioned = await connection.query<{ text: string; span_from: number; span_to: number }>(
    sql`select u.text, m.span_from, m.span_to from mentions m join utterances u on u.client_id = m.client_id
      and u.conversation_id = m.conversation_id and u.n = m.n where m.client_id = ${client} and u.speaker <> 'agent'`,
  )
  const said = new Set<string>()
  for (const { text } of spoken) said.add(text.trim())
  for (const { text, span_from, span_to } of mentioned) said.add(text.slice(span_from, span_to).trim())
  return {
    alias: known?.alias ?? 0,
    names: contacts.flatMap(({ name }) => (name && /\S\s+\S/.test(name.trim()) ? [name.trim()] : [])),
    emails: contacts.flatMap(({ email }) => email ?? []),
    phones: contacts.flatMap(({ phone }) => {
      const digits = (phone ?? '').replace(/\D/g, '')
      return digits.length >= 10 ? [digits.slice(-10)] : []
    }),
    said: [...said],
  }
}

/** Takes a client out of a text; tells how many places it found. */
export type Scrub = (text: string) => { text: string; found: number }

/**
 * A function that takes a client's names, contacts and longer sayings out of texts: as they were said, as masking left
 * them, and as HTML and JSON write them.
 */
export function createScrub({ alias, names, emails, phones, said }: ClientWords): Scrub {
  const texts = new Set<string>()
  for (const text of said.filter(({ length }) => length >= LEAST_SAID)) {
    for (const form of [text, ...maskedForms(text, alias, names)])
      if (form.length >= LEAST_SAID) texts.add(form)
  }
  const written = [...texts].flatMap(text => [text, escapeHtml(text), JSON.stringify(text).slice(1, -1)])
  const needles = [...new Set(written)].sort((a, b) => b.length - a.length)
  const patterns = [...phones.map(phoneIn), ...[...names, ...emails].map(wholeWords)]
  const own = new RegExp(`(Клиент|Client)([ \\u00a0]|&nbsp;)${alias}(?!\\d)`, 'g')
  return text => {
    let found = 0
    const mark = /[а-яё]/i.test(text) ? TOMBSTONE.ru : TOMBSTONE.en
    let left = text
    for (const needle of needles) {
      if (!left.includes(needle)) continue
      const parts = left.split(needle)
      found += parts.length - 1
      left = parts.join(mark)
    }
    const count = (by: string) => {
      found++
      return by
    }
    for (const pattern of patterns) left = left.replace(pattern, () => count(mark))
    left = left.replace(own, (_, word: string) =>
      count(word === 'Client' ? 'Client [erased]' : 'Клиент [удалён]'),
    )
    return { text: left, found }
  }
}

/** A phone in any writing, whatever stands before its last ten digits. */
const phoneIn = (digits: string) =>
  new RegExp(`\\+?[78]?${[...digits].map(digit => `[\\s()-]{0,3}${digit}`).join('')}(?!\\d)`, 'g')

const wholeWords = (text: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])${text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu')

/** As reports show it: with and without the client's number, in both languages of placeholders. */
function maskedForms(text: string, alias: number, knownNames: readonly string[]): string[] {
  return (['ru', 'en'] as const).flatMap(language => [
    maskText(text, { language }).text,
    maskText(text, { language, alias, knownNames }).text,
  ])
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, char => ENTITIES[char]!)
