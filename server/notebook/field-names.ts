/** What fields and their values are called for a reader. */
import { formatMoney, formatMonth, type Language } from '../lib/locale.ts'

const fields: Record<Language, Record<string, string>> = {
  ru: {
    source: 'Источник',
    medium: 'Тип трафика',
    campaign: 'Кампания',
    content: 'Объявление',
    keyword: 'Ключевая фраза',
    product: 'Продукт',
    manager: 'Менеджер',
    pipeline: 'Воронка',
    stage: 'Этап',
    status: 'Статус',
    loss_reason: 'Причина отказа',
    landing_page: 'Посадочная страница',
    contact: 'Способ связи',
    month: 'Месяц',
    week: 'Неделя',
    kind: 'Тип клиента',
    city: 'Город',
    region: 'Регион',
    profile: 'Профиль',
    check: 'Сумма сделки',
    tag: 'Тег',
    persona: 'Портрет клиента',
    theme: 'Тема',
    'theme:question': 'Вопрос',
    'theme:value': 'Ценность',
    'theme:objection': 'Возражение',
  },
  en: {
    source: 'Source',
    medium: 'Medium',
    campaign: 'Campaign',
    content: 'Ad',
    keyword: 'Keyword',
    product: 'Product',
    manager: 'Manager',
    pipeline: 'Pipeline',
    stage: 'Stage',
    status: 'Status',
    loss_reason: 'Loss reason',
    landing_page: 'Landing page',
    contact: 'Way of contact',
    month: 'Month',
    week: 'Week',
    kind: 'Kind of client',
    city: 'City',
    region: 'Region',
    profile: 'Profile',
    check: 'Deal size',
    tag: 'Tag',
    persona: 'Persona',
    theme: 'Theme',
    'theme:question': 'Question',
    'theme:value': 'Value',
    'theme:objection': 'Objection',
  },
}

const values: Record<Language, Record<string, Record<string, string>>> = {
  ru: {
    kind: { person: 'частные лица', company: 'компании' },
    contact: {
      call: 'звонок',
      chat: 'чат',
      messenger: 'мессенджер',
      email: 'письмо',
      form: 'заявка с сайта',
    },
    status: { open: 'в работе', won: 'выиграны', lost: 'проиграны' },
  },
  en: {
    kind: { person: 'persons', company: 'companies' },
    contact: { call: 'call', chat: 'chat', messenger: 'messenger', email: 'e-mail', form: 'form' },
    status: { open: 'open', won: 'won', lost: 'lost' },
  },
}

const unknown: Record<Language, Record<string, string>> = {
  ru: {
    tag: 'без тега',
    theme: 'тема не прозвучала',
    contact: 'обращений нет',
    check: 'сумма не указана',
    '': 'не указано',
  },
  en: {
    tag: 'no tag',
    theme: 'theme not heard',
    contact: 'no contact',
    check: 'no sum given',
    '': 'not given',
  },
}

export function fieldLabel(field: string, language: Language): string {
  return fields[language][field] ?? field.replace(/^attribute:/, '')
}

export interface ValueNames {
  language: Language
  currency: string
  /** Borders of deal sizes, in units. */
  bands: readonly number[]
  /** Labels of themes and personas, by id. */
  labels: ReadonlyMap<string, string>
}

export function valueLabel(field: string, value: string | null, names: ValueNames): string {
  const { language, labels } = names
  const family = field.split(':')[0]!
  if (value === null) return unknown[language][family] ?? unknown[language]['']!
  if (family === 'theme' || family === 'persona') return labels.get(value) ?? value
  if (field === 'check') return bandLabel(Number(value), names)
  if (field === 'month') return formatMonth(value, language)
  return values[language][field]?.[value] ?? value
}

function bandLabel(place: number, { bands, currency, language }: ValueNames): string {
  const money = (value: number) => formatMoney(value, currency, language)
  const [low, high] = [bands[place - 1], bands[place]]
  if (low === undefined) return language === 'ru' ? `до ${money(high!)}` : `below ${money(high!)}`
  if (high === undefined) return language === 'ru' ? `от ${money(low)}` : `from ${money(low)}`
  return `${money(low)} – ${money(high)}`
}
