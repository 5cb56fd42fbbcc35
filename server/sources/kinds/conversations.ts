import { type ConversationFacts, type KindDefinition, UNNUMBERED } from '../facts.ts'
import { message } from '../messages.ts'
import { type Row, RowError } from '../row.ts'
import { roleAlone, rolesOf } from '../speakers.ts'
import { cleanText, MESSENGER } from '../values.ts'
import {
  contactFields,
  originFields,
  prefixed,
  present,
  readCalendar,
  readClient,
  readOrigin,
} from './common.ts'

const KINDS: [RegExp, string][] = [
  [MESSENGER, 'messenger'],
  [/чат|chat/i, 'chat'],
  [/почт|письм|mail/i, 'email'],
  [/форм|заявк|form|offline/i, 'form'],
  [/коммент|примеч|заметк|comment|note/i, 'comment'],
]

/**
 * call, chat, messenger, email, form or comment; a conversation with a duration or a direction is a call if nothing says
 * otherwise, and a chat that came from a messenger was led there.
 */
function readKind(row: Row): string {
  const text = row.text('kind')
  const named = text === null ? undefined : KINDS.find(([pattern]) => pattern.test(text))?.[1]
  const isCall = text !== null || row.has('duration_s') || row.has('direction') || row.has('is_missed')
  const kind = named ?? (isCall ? 'call' : 'chat')
  return kind === 'chat' && MESSENGER.test(`${row.text('source')} ${row.text('medium')}`) ? 'messenger' : kind
}

function readDirection(row: Row): string | null {
  const text = row.text('direction')
  if (text === null) return null
  return /^(?:out|исх|от нас)/i.test(text) ? 'out' : 'in'
}

/** Turns given whole, or the row's own text as the one turn that its number says. */
function readUtterances(row: Row): ConversationFacts['utterances'] {
  if (row.turns) {
    const { roles } = rolesOf(row.turns, row.env.speakers)
    return row.turns
      .map((turn, n) => ({ ...turn, n, speaker: roles.get(turn.speaker ?? '') ?? 'client' }))
      .map(strip)
  }
  const text = row.text('text')
  if (text === null) return []
  const speaker = row.text('speaker')
  const start = row.seconds('offset')
  const turn = { speaker, text, start_ms: start === null ? null : Math.round(start * 1000), end_ms: null }
  const isManager = speaker !== null && speaker === row.text('manager')
  const role =
    readKind(row) === 'comment' ? 'note' : isManager ? 'agent' : roleAlone(speaker, row.env.speakers)
  // Without a number the turn is the next of its conversation: the session counts them.
  return [strip({ ...turn, n: row.count('turn') ?? UNNUMBERED, speaker: role })]
}

const strip = (turn: ConversationFacts['utterances'][number]) => ({
  n: turn.n,
  speaker: turn.speaker,
  start_ms: turn.start_ms,
  end_ms: turn.end_ms,
  text: cleanText(turn.text),
})

const conversations: KindDefinition = {
  kind: 'conversations',
  fields: {
    ...originFields,
    ...contactFields,
    conversation_id: [
      'conversation id',
      'call session id',
      'id звонка',
      'id сессии звонка',
      'id обращения',
      'id чата',
      'chat id',
      'call id',
      'dialogue id',
      'dialog id',
      'communication id',
      'id разговора',
      'id',
    ],
    deal_id: ['id сделки', 'номер сделки', 'deal id', 'lead id', 'ext id'],
    client_id: ['id клиента', 'id контакта', 'contact id', 'client id', 'customer id'],
    kind: [
      'тип обращения',
      'тип',
      'канал обращения',
      'тип коммуникации',
      'communication type',
      'kind',
      'type',
      'channel',
    ],
    direction: ['направление', 'тип звонка', 'direction'],
    started_at: [
      'дата и время звонка',
      'дата звонка',
      'дата и время',
      'время звонка',
      'дата обращения',
      'начало',
      'дата',
      'start time',
      'started at',
      'date time',
      'call time',
      'timestamp',
      'date',
      'created at',
    ],
    duration_s: [
      'длительность',
      'длительность разговора',
      'длительность звонка',
      'продолжительность',
      'talk duration',
      'duration',
      'duration s',
      'total duration',
      'talk time',
    ],
    wait_s: [
      'время ожидания',
      'длительность ожидания',
      'ожидание',
      'wait duration',
      'wait s',
      'answer time',
      'wait time',
    ],
    manager: [
      'сотрудник',
      'менеджер',
      'оператор',
      'ответственный',
      'last talked employee full name',
      'employee',
      'agent',
      'manager',
      'agent name',
    ],
    is_missed: ['потерянный', 'пропущен', 'пропущенный', 'статус звонка', 'is lost', 'missed', 'is missed'],
    recording: [
      'запись',
      'запись разговора',
      'ссылка на запись',
      'recording',
      'full record file link',
      'recording url',
    ],
    landing_page: ['страница входа', 'посадочная страница', 'entrance page', 'landing page'],
    text: [
      'текст',
      'текст сообщения',
      'сообщение',
      'расшифровка',
      'text',
      'message',
      'transcript',
      'phrase',
      'body',
      'комментарий',
      'utterance',
      'фраза',
      'реплика',
    ],
    // What a format read as turns; no column is.
    turns: ['turns'],
    speaker: ['кто', 'автор', 'спикер', 'говорящий', 'отправитель', 'speaker', 'author', 'role', 'sender'],
    turn: ['номер реплики', '№ реплики', 'turn', 'n', 'message number'],
    offset: ['секунда', 'время реплики', 'offset', 'start'],
  },
  needs: [
    ['conversation_id', 'phone', 'text'],
    ['text', 'turns', 'direction', 'duration_s', 'is_missed', 'kind'],
  ],
  telling: ['text', 'turns', 'direction', 'duration_s', 'is_missed', 'wait_s', 'recording', 'speaker'],
  read: row => {
    const id = row.need('conversation_id')
    const conversation_id = prefixed(row.env.systems.own, id)
    const deal = row.text('deal_id')
    const started_at = row.moment('started_at')
    const utterances = readUtterances(row)
    if (
      utterances.length === 0 &&
      (row.has('text') || row.turns) &&
      !row.has('duration_s') &&
      !row.has('is_missed')
    ) {
      throw new RowError(message('no_words'))
    }
    const facts = {
      direction: readDirection(row),
      started_at,
      duration_s: row.seconds('duration_s'),
      wait_s: row.seconds('wait_s'),
      manager: row.text('manager'),
      recording: row.text('recording'),
      ...readOrigin(row),
      landing_page: row.text('landing_page'),
    }
    return {
      client: readClient(row),
      entity: `conversation:${conversation_id}`,
      conversations: [
        {
          conversation: {
            ...present(row, facts),
            conversation_id,
            kind: readKind(row),
            ...(row.has('is_missed') && { is_missed: row.flag('is_missed') ?? 0 }),
            ...(deal !== null && { deal_id: prefixed(row.env.systems.deal, deal) }),
            ...(row.has('started_at') && readCalendar(started_at)),
          },
          utterances,
          whole: row.turns !== undefined,
        },
      ],
    }
  },
}

export default conversations
