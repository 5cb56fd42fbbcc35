import type { KindDefinition } from '../facts.ts'
import { contactFields, originFields, prefixed, readCalendar, readClient, readOrigin } from './common.ts'

const visits: KindDefinition = {
  kind: 'visits',
  fields: {
    ...originFields,
    ...contactFields,
    visit_id: ['id визита', 'номер визита', 'visit id', 'session id', 'visitor session id', 'id сессии'],
    client_id: ['id клиента', 'client id', 'contact id', 'id контакта', 'customer id'],
    started_at: [
      'дата и время визита',
      'дата визита',
      'начало визита',
      'started at',
      'start time',
      'date time',
      'дата',
      'date',
      'session start',
    ],
    landing_page: ['страница входа', 'посадочная страница', 'landing page', 'entrance page'],
    pages: ['просмотры', 'страниц', 'глубина просмотра', 'pages', 'page views', 'pageviews', 'hits'],
    goals: ['цели', 'достигнутые цели', 'goals', 'goals reached', 'conversions'],
  },
  needs: [['visit_id'], ['started_at']],
  telling: ['visit_id', 'goals', 'pages', 'visitor_id'],
  read: row => {
    const visit_id = prefixed(row.env.systems.own, row.need('visit_id'))
    const started_at = row.moment('started_at')
    return {
      client: readClient(row),
      entity: `visit:${visit_id}`,
      visit: {
        visit_id,
        started_at,
        ...readOrigin(row),
        landing_page: row.text('landing_page'),
        pages: row.count('pages'),
        goals: row.text('goals'),
        ...readCalendar(started_at),
      },
    }
  },
}

export default visits
