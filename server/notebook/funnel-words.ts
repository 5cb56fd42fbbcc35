/** What the funnel's steps, owners and columns are called. */
import type { FunnelStep, Owner } from '../metrics/funnel.ts'
import type { Language } from './cell.ts'

const steps: Record<Language, Record<string, string>> = {
  ru: {
    impressions: 'Показы',
    reach: 'Охват',
    clicks: 'Клики',
    visits: 'Визиты',
    leads: 'Лиды',
    mql: 'Целевые лиды (MQL)',
    sql: 'Приняты в продажи (SQL)',
    won: 'Купили',
    again: 'Купили ещё раз',
  },
  en: {
    impressions: 'Impressions',
    reach: 'Reach',
    clicks: 'Clicks',
    visits: 'Visits',
    leads: 'Leads',
    mql: 'Marketing-qualified (MQL)',
    sql: 'Sales-qualified (SQL)',
    won: 'Won',
    again: 'Bought again',
  },
}

/** The step as it is reached from the one before: «MQL → SQL». */
const moves: Record<Language, Record<string, string>> = {
  ru: { mql: 'лид → MQL', sql: 'MQL → SQL', won: 'SQL → покупка' },
  en: { mql: 'lead → MQL', sql: 'MQL → SQL', won: 'SQL → purchase' },
}

export const ownerNames: Record<Language, Record<Owner, string>> = {
  ru: { marketing: 'маркетинг', sales: 'продажи' },
  en: { marketing: 'marketing', sales: 'sales' },
}

export const funnelWords = {
  ru: {
    step: 'Шаг',
    owner: 'Отвечает',
    count: 'Сколько',
    conversion: 'Из предыдущего шага',
    lost: 'Потеряны',
    open: 'В работе',
    before: 'Прошлый период',
    beforeConversion: 'Было из предыдущего шага',
    calendar: 'По дню события',
    goal: 'цель',
    stage: 'этап',
    title: 'Воронка от показа до повторной покупки',
    ofVisits: 'визитов',
    ofLeads: 'лидов',
    source: 'Источник',
    reason: 'Причина',
    clients: 'Клиентов',
    topReason: 'Главная причина отказа',
    handover: 'MQL → SQL по источникам',
    handoverAxis: 'Доля целевых лидов, принятых в продажи',
    reasons: 'Почему не купили',
    steps: { mql: 'нецелевые', sql: 'не приняты в продажи', won: 'не куплено после SQL' },
    kind: 'На каком шаге',
    unknown: 'не указано',
    small: 'мало данных',
  },
  en: {
    step: 'Step',
    owner: 'Owner',
    count: 'Count',
    conversion: 'Of the step before',
    lost: 'Lost',
    open: 'Open',
    before: 'Period before',
    beforeConversion: 'Was, of the step before',
    calendar: 'By day of event',
    goal: 'goal',
    stage: 'stage',
    title: 'From impression to a second purchase',
    ofVisits: 'of visits',
    ofLeads: 'of leads',
    source: 'Source',
    reason: 'Reason',
    clients: 'Clients',
    topReason: 'Main reason of loss',
    handover: 'MQL to SQL by source',
    handoverAxis: 'Share of marketing-qualified leads that sales took',
    reasons: 'Why leads did not buy',
    steps: { mql: 'off target', sql: 'not taken by sales', won: 'not sold after SQL' },
    kind: 'At which step',
    unknown: 'not given',
    small: 'little data',
  },
} as const

export function stepLabel({ id, kind }: Pick<FunnelStep, 'id' | 'kind'>, language: Language): string {
  if (kind === 'main') return steps[language][id] ?? id
  return `${id} (${funnelWords[language][kind]})`
}

export function moveLabel(id: string, language: Language): string {
  return moves[language][id] ?? id
}
