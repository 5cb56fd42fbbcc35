/** Column names and readings that several kinds share. */
import type { ClientFacts } from '../facts.ts'
import { calendarOfDay } from '../moments.ts'
import type { Row } from '../row.ts'

export const originFields = {
  source: [
    'utm source',
    'источник',
    'рекламный канал',
    'источник трафика',
    'источник сделки',
    'source',
    'канал',
    'traffic source',
    'original source',
    'lead source',
    'source name',
    'площадка',
  ],
  medium: ['utm medium', 'medium', 'тип трафика', 'тип канала'],
  campaign: [
    'utm campaign',
    'кампания',
    'рекламная кампания',
    'название кампании',
    'campaign',
    'campaign name',
    'campaignname',
  ],
  content: [
    'utm content',
    'объявление',
    'content',
    'ad',
    'ad name',
    'название объявления',
    'группа',
    'название группы',
    'ad group',
    'adgroupname',
  ],
  keyword: [
    'utm term',
    'ключевое слово',
    'ключевая фраза',
    'условие показа',
    'keyword',
    'search keyword',
    'criterion',
    'search query',
    'поисковый запрос',
    'term',
  ],
} as const

export const contactFields = {
  visitor_id: [
    'id посетителя',
    'visitor id',
    'clientid метрики',
    'ym client id',
    'ym uid',
    'id клиента метрики',
  ],
  phone: [
    'телефон',
    'рабочий телефон',
    'мобильный телефон',
    'телефон контакта',
    'рабочий телефон контакт',
    'мобильный телефон контакт',
    'номер телефона',
    'номер абонента',
    'телефон клиента',
    'контактный телефон',
    'contact phone number',
    'phone',
    'phone number',
    'mobile',
    'mobile phone',
    'client phone',
    'visitor phone number',
    'caller number',
  ],
  email: [
    'email',
    'e mail',
    'почта',
    'эл почта',
    'email контакта',
    'рабочий email',
    'рабочий email контакт',
    'email address',
    'электронная почта',
    'visitor email',
  ],
  contact_name: [
    'основной контакт',
    'контакт',
    'имя контакта',
    'полное имя контакта',
    'фио',
    'имя',
    'contact',
    'contact name',
    'contact full name',
    'имя абонента',
    'client name',
    'visitor name',
  ],
  last_name: ['last name', 'surname', 'фамилия', 'фамилия контакта'],
  patronymic: ['отчество', 'middle name'],
} as const

/** Source, medium, campaign, content and keyword as the file writes them; sources in lower case, since UTM marks vary. */
export function readOrigin(row: Row) {
  return {
    source: row.text('source')?.toLowerCase() ?? null,
    medium: row.text('medium')?.toLowerCase() ?? null,
    campaign: row.text('campaign'),
    content: row.text('content'),
    keyword: row.text('keyword'),
  }
}

/** A record's columns without the fields that its file does not have, so that a later export does not blank them. */
export function present<T extends object>(row: Row, facts: T): Partial<T> {
  const found: Partial<T> = {}
  for (const name in facts) if (row.has(name)) found[name] = facts[name]
  return found
}

const NO_CALENDAR = { day: null, week: null, month: null }

/** The ready calendar columns of a moment, all null without one. */
export function readCalendar(moment: string | null) {
  return moment === null ? NO_CALENDAR : calendarOfDay(moment.slice(0, 10))!
}

/** The client of a row: its keys, contact data, and the columns that no field knows. */
export function readClient(row: Row): ClientFacts {
  const id = row.text('client_id')
  const phones = row.phones('phone')
  const emails = row.emails('email')
  const visitor = row.text('visitor_id')
  const names = ['contact_name', 'patronymic', 'last_name'].map(field => row.text(field))
  // Parts of a name in columns of their own are one name, and never attributes that everybody may read.
  const name = names.filter(part => part !== null).join(' ') || null
  return {
    keys: [
      ...(id === null ? [] : [prefixed(row.env.systems.client, id)]),
      ...phones.map(phone => `phone:${phone}`),
      ...emails.map(email => `email:${email}`),
      ...(visitor === null ? [] : [`visitor:${visitor}`]),
    ],
    fields: {},
    contacts: {
      ...(name !== null && { name }),
      ...(phones[0] !== undefined && { phone: phones[0] }),
      ...(emails[0] !== undefined && { email: emails[0] }),
    },
    attributes: row.attributes(),
  }
}

/** An id with its system: `amocrm:12`; one that has a system already stays. */
export function prefixed(system: string, id: string): string {
  return /^[a-z_]+:/.test(id) ? id : `${system}:${id}`
}
