import type { KindDefinition } from '../facts.ts'
import { message } from '../messages.ts'
import { RowError } from '../row.ts'
import { contactFields, present, readCalendar, readClient } from './common.ts'

const COMPANY = /компан|юр|организац|фирм|ооо|зао|company|business|organi[sz]ation|b2b/i

const clients: KindDefinition = {
  kind: 'clients',
  fields: {
    ...contactFields,
    client_id: ['id', 'id контакта', 'id клиента', 'contact id', 'client id', 'customer id', 'record id'],
    contact_name: [
      ...contactFields.contact_name,
      'имя клиента',
      'клиент',
      'наименование',
      'название',
      'name',
      'full name',
      'first name',
    ],
    kind: ['тип клиента', 'тип', 'вид клиента', 'client type', 'type', 'contact type', 'customer type'],
    city: ['город', 'city', 'населенный пункт', 'town'],
    region: ['регион', 'область', 'region', 'county', 'state'],
    profile: [
      'профиль',
      'сегмент',
      'тип жилья',
      'тип объекта',
      'profile',
      'segment',
      'property type',
      'customer segment',
      'отрасль',
      'industry',
    ],
    consent: [
      'согласие',
      'согласие на рассылку',
      'согласие на обработку данных',
      'consent',
      'marketing consent',
      'opt in',
    ],
    first_seen_at: [
      'дата создания',
      'создан',
      'первое обращение',
      'create date',
      'created at',
      'first seen',
      'created',
    ],
  },
  needs: [
    ['client_id', 'phone', 'email'],
    ['contact_name', 'city', 'kind', 'profile', 'phone', 'email', 'consent', 'region'],
  ],
  telling: ['city', 'region', 'profile', 'consent', 'kind'],
  read: row => {
    const client = readClient(row)
    if (client.keys.length === 0) throw new RowError(message('nobody'))
    const kind = row.text('kind')
    const first_seen_at = row.moment('first_seen_at')
    const fields = {
      kind: kind === null ? null : COMPANY.test(kind) ? 'company' : 'person',
      city: row.text('city'),
      region: row.text('region'),
      profile: row.text('profile'),
      consent: row.flag('consent'),
      first_seen_at,
    }
    return {
      client: {
        ...client,
        fields: { ...present(row, fields), ...(first_seen_at !== null && readCalendar(first_seen_at)) },
      },
      entity: null,
    }
  },
}

export default clients
