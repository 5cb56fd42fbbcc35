import type { KindDefinition } from '../facts.ts'
import { message } from '../messages.ts'
import { RowError } from '../row.ts'
import { originFields, readCalendar, readOrigin } from './common.ts'

const spend: KindDefinition = {
  kind: 'spend',
  fields: {
    ...originFields,
    day: ['дата', 'день', 'date', 'day', 'дата показа'],
    impressions: ['показы', 'impr.', 'impr', 'impressions', 'shows', 'shows count', 'base.shows'],
    reach: ['охват', 'reach'],
    clicks: ['клики', 'переходы', 'clicks', 'clicks count', 'base.clicks'],
    cost: [
      'расход',
      'расходы',
      'потрачено всего',
      'потрачено',
      'стоимость',
      'затраты',
      'cost',
      'spend',
      'spent',
      'cost sum',
      'base.spent',
      'amount spent',
    ],
    currency: ['валюта', 'код валюты', 'currency', 'currency code'],
  },
  needs: [['day'], ['cost']],
  telling: ['cost', 'clicks', 'impressions', 'reach'],
  read: row => {
    const moment = row.moment('day')
    if (moment === null) throw new RowError(message('no_date'))
    const origin = readOrigin(row)
    return {
      client: null,
      entity: null,
      spend: {
        ...origin,
        source: origin.source ?? row.env.systems.own,
        ...readCalendar(moment),
        impressions: row.count('impressions'),
        reach: row.count('reach'),
        clicks: row.count('clicks'),
        cost: row.money('cost'),
        currency: row.text('currency') ?? row.currency('cost') ?? row.env.currency,
      },
    }
  },
}

export default spend
