import type { KindDefinition } from '../facts.ts'
import { prefixed } from './common.ts'

/** Moves of deals in the funnel: a deal, the stage that it came to, and when. */
const stages: KindDefinition = {
  kind: 'stages',
  fields: {
    deal_id: ['id сделки', 'номер сделки', 'deal id', 'lead id', 'сделка', 'id'],
    stage: [
      'этап',
      'стадия',
      'новый этап',
      'stage',
      'stage entered',
      'deal stage',
      'этап сделки',
      'status id',
    ],
    entered_at: [
      'дата перехода',
      'дата входа',
      'вошла в этап',
      'entered at',
      'date entered',
      'moved at',
      'дата изменения',
    ],
  },
  needs: [['deal_id'], ['stage'], ['entered_at']],
  telling: ['entered_at'],
  read: row => {
    const deal_id = prefixed(row.env.systems.deal, row.need('deal_id'))
    return {
      client: { keys: [], fields: {}, contacts: {}, attributes: [] },
      entity: `deal:${deal_id}`,
      stage: { deal_id, stage: row.need('stage'), entered_at: row.moment('entered_at') },
    }
  },
}

export default stages
