import type { ConversationFacts, KindDefinition } from '../facts.ts'
import type { Row } from '../row.ts'
import {
  contactFields,
  originFields,
  prefixed,
  present,
  readCalendar,
  readClient,
  readOrigin,
} from './common.ts'

const WON =
  /^(?:142|won|closed won|успешно реализовано|успешно завершен[ао]|выигран[ао]|сделка выиграна|продан[ао]|договор исполнен|успех)$/i
const LOST =
  /^(?:143|lost|closed lost|закрыто и не реализовано|не реализован[ао]|проигран[ао]|отказ|провал)$/i

/** open, won or lost: by the status column, else by what the stage is called. */
function readStatus(row: Row): string {
  for (const text of [row.text('status'), row.text('stage')]) {
    if (text !== null && WON.test(text)) return 'won'
    if (text !== null && LOST.test(text)) return 'lost'
  }
  return 'open'
}

/** A manager's notes are conversations with one utterance each, so that mining reads them like the rest. */
function readComments(row: Row, deal_id: string, at: string | null): ConversationFacts[] {
  return row.texts('comment').map((text, i) => ({
    conversation: {
      conversation_id: `${deal_id}/comment-${i + 1}`,
      deal_id,
      kind: 'comment',
      started_at: at,
      is_missed: 0,
      manager: row.text('manager'),
      ...readOrigin(row),
      ...readCalendar(at),
    },
    utterances: [{ n: 0, speaker: 'note', start_ms: null, end_ms: null, text }],
    whole: true,
  }))
}

const deals: KindDefinition = {
  kind: 'deals',
  fields: {
    ...originFields,
    ...contactFields,
    deal_id: [
      'id',
      'id сделки',
      'номер сделки',
      '№ сделки',
      'deal id',
      'record id',
      'lead id',
      'номер заказа',
      'order id',
      '№',
    ],
    title: ['название сделки', 'название', 'наименование', 'deal name', 'name', 'title', 'тема'],
    product: ['товар', 'продукт', 'услуга', 'product', 'тип услуги', 'продукция', 'товары'],
    pipeline: ['воронка', 'pipeline', 'воронка продаж'],
    stage: [
      'этап сделки',
      'этап',
      'стадия',
      'стадия сделки',
      'deal stage',
      'stage',
      'статус сделки',
      'status id',
    ],
    status: ['статус', 'status', 'deal status', 'результат'],
    amount: [
      'бюджет',
      'сумма',
      'сумма сделки',
      'стоимость',
      'price',
      'amount',
      'value',
      'deal value',
      'выручка',
      'revenue',
    ],
    currency: ['валюта', 'currency'],
    manager: [
      'ответственный',
      'ответственный за сделку',
      'менеджер',
      'deal owner',
      'owner',
      'manager',
      'responsible',
    ],
    landing_page: [
      'посадочная страница',
      'страница входа',
      'landing page',
      'entrance page',
      'first page seen',
    ],
    created_at: [
      'дата создания',
      'дата создания сделки',
      'создана',
      'дата',
      'create date',
      'created at',
      'created',
      'date',
    ],
    qualified_at: [
      'дата квалификации',
      'квалифицирована',
      'became sql',
      'qualified at',
      'date became sql',
      'дата sql',
    ],
    closed_at: ['дата закрытия', 'дата завершения', 'закрыта', 'close date', 'closed at', 'closed'],
    loss_reason: ['причина отказа', 'причина проигрыша', 'loss reason', 'lost reason', 'closed lost reason'],
    tags: ['теги', 'теги сделки', 'тег', 'tags', 'deal tags'],
    client_id: [
      'id контакта',
      'id клиента',
      'contact id',
      'client id',
      'customer id',
      'associated contact id',
      'клиент id',
      'id компании',
    ],
    comment: [
      'примечание',
      'примечания',
      'комментарий',
      'комментарии',
      'comment',
      'comments',
      'notes',
      'note',
      'описание',
    ],
  },
  needs: [['deal_id'], ['stage', 'status', 'amount', 'pipeline', 'closed_at']],
  telling: ['stage', 'pipeline', 'loss_reason', 'amount', 'closed_at', 'status', 'qualified_at'],
  read: row => {
    const deal_id = prefixed(row.env.systems.deal, row.need('deal_id'))
    const created_at = row.moment('created_at')
    const facts = {
      title: row.text('title'),
      product: row.text('product'),
      pipeline: row.text('pipeline'),
      stage: row.text('stage'),
      amount: row.money('amount'),
      manager: row.text('manager'),
      ...readOrigin(row),
      landing_page: row.text('landing_page'),
      created_at,
      qualified_at: row.moment('qualified_at'),
      closed_at: row.moment('closed_at'),
      loss_reason: row.text('loss_reason'),
    }
    return {
      client: readClient(row),
      entity: `deal:${deal_id}`,
      deal: {
        ...present(row, facts),
        deal_id,
        status: readStatus(row),
        ...(row.has('amount') && {
          currency: row.text('currency') ?? row.currency('amount') ?? row.env.currency,
        }),
        ...(row.has('created_at') && readCalendar(created_at)),
      },
      ...(row.has('tags') && { tags: row.list('tags') }),
      conversations: readComments(row, deal_id, created_at),
    }
  },
}

export default deals
