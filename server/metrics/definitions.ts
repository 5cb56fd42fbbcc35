/** What each number means, in one place; shown to the reader from the number itself. */
import type { Language } from '../lib/locale.ts'
import type { Format } from '../notebook/output.ts'

export type MetricId =
  | 'leads'
  | 'sql'
  | 'won'
  | 'conversion'
  | 'revenue'
  | 'check'
  | 'spend'
  | 'cpl'
  | 'cac'
  | 'romi'
  | 'visits'
  | 'calls'
  | 'missed'

export interface MetricDefinition {
  format: Format
  better: 'up' | 'down' | null
  label: Record<Language, string>
  definition: Record<Language, string>
}

const define = (
  format: Format,
  better: MetricDefinition['better'],
  ru: [string, string],
  en: [string, string],
): MetricDefinition => ({
  format,
  better,
  label: { ru: ru[0], en: en[0] },
  definition: { ru: ru[1], en: en[1] },
})

export const definitions: Record<MetricId, MetricDefinition> = {
  leads: define(
    'integer',
    'up',
    ['Лиды', 'Клиенты, у которых за период создана хотя бы одна сделка; каждый клиент считается один раз.'],
    ['Leads', 'Clients with at least one deal created in the period, each counted once.'],
  ),
  sql: define(
    'integer',
    'up',
    ['Квалифицированы (SQL)', 'Лиды периода, у которых есть дата квалификации.'],
    ['Qualified (SQL)', 'Leads of the period with a qualification date.'],
  ),
  won: define(
    'integer',
    'up',
    ['Клиенты с продажей', 'Лиды периода, у которых выиграна хотя бы одна сделка, созданная в этом периоде.'],
    ['Clients won', 'Leads of the period with at least one won deal created in it.'],
  ),
  conversion: define(
    'percent',
    'up',
    ['Конверсия в продажу', 'Клиенты с продажей ÷ лиды. Интервал Уилсона, 95 %.'],
    ['Conversion to sale', 'Clients won ÷ leads. Wilson interval, 95%.'],
  ),
  revenue: define(
    'money',
    'up',
    ['Выручка', 'Сумма выигранных сделок, созданных в периоде.'],
    ['Revenue', 'Total of won deals created in the period.'],
  ),
  check: define(
    'money',
    'up',
    ['Средний чек', 'Выручка ÷ выигранные сделки.'],
    ['Average deal', 'Revenue ÷ won deals.'],
  ),
  spend: define(
    'money',
    null,
    ['Расход на рекламу', 'Расход за дни периода по всем источникам.'],
    ['Ad spend', 'Spend on the days of the period, all sources.'],
  ),
  cpl: define(
    'money',
    'down',
    ['Цена лида (CPL)', 'Расход ÷ лиды.'],
    ['Cost per lead (CPL)', 'Spend ÷ leads.'],
  ),
  cac: define(
    'money',
    'down',
    ['Стоимость привлечения (CAC)', 'Расход ÷ клиенты с продажей.'],
    ['Acquisition cost (CAC)', 'Spend ÷ clients won.'],
  ),
  romi: define(
    'percent',
    'up',
    ['Окупаемость (ROMI)', '(Выручка − расход) ÷ расход.'],
    ['Return on ad spend (ROMI)', '(Revenue − spend) ÷ spend.'],
  ),
  visits: define(
    'integer',
    'up',
    ['Визиты', 'Визиты на сайт за период.'],
    ['Visits', 'Site visits in the period.'],
  ),
  calls: define(
    'integer',
    'up',
    ['Обращения', 'Звонки, чаты, письма и заявки за период.'],
    ['Contacts', 'Calls, chats, e-mails and forms in the period.'],
  ),
  missed: define(
    'integer',
    'down',
    ['Пропущенные звонки', 'Звонки периода, на которые не ответили.'],
    ['Missed calls', 'Calls of the period that nobody answered.'],
  ),
}
