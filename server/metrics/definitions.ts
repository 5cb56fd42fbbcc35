/** What each number means, in one place; shown to the reader from the number itself. */
import type { Language } from '../lib/locale.ts'

export const metricIds = [
  'spend',
  'impressions',
  'reach',
  'clicks',
  'visits',
  'contacts',
  'missed',
  'lost',
  'leads',
  'mql',
  'sql',
  'won',
  'fresh',
  'again',
  'purchases',
  'revenue',
  'check',
  'per_lead',
  'per_client',
  'conversion',
  'cpc',
  'cpl',
  'cac',
  'romi',
  'cycle',
] as const
export type MetricId = (typeof metricIds)[number]

/** Whether later steps of a lead count by the day the lead came, or each by the day it happened. */
export const views = ['cohort', 'calendar'] as const
export type View = (typeof views)[number]

export interface MetricDefinition {
  format: 'integer' | 'money' | 'percent' | 'days'
  /** Whether a rise is good news, bad news, or neither. */
  better: 'up' | 'down' | null
  label: Record<Language, string>
  definition: Record<Language, string>
  /** Where the calendar view counts something else. */
  calendar?: Record<Language, string>
  /** What is divided by what. */
  ratio?: [MetricId, MetricId]
}

type Words = [ru: string, en: string]
const both = ([ru, en]: Words): Record<Language, string> => ({ ru, en })
const define = (
  format: MetricDefinition['format'],
  better: MetricDefinition['better'],
  label: Words,
  definition: Words,
  more: { calendar?: Words; ratio?: [MetricId, MetricId] } = {},
): MetricDefinition => ({
  format,
  better,
  label: both(label),
  definition: both(definition),
  ...(more.calendar && { calendar: both(more.calendar) }),
  ...(more.ratio && { ratio: more.ratio }),
})

export const definitions: Record<MetricId, MetricDefinition> = {
  spend: define(
    'money',
    null,
    ['Расход на рекламу', 'Ad spend'],
    [
      'Расход за дни периода по рекламным кабинетам.',
      'Spend on the days of the period, as advertising systems report it.',
    ],
  ),
  impressions: define(
    'integer',
    null,
    ['Показы', 'Impressions'],
    ['Показы рекламы за дни периода.', 'Ad impressions on the days of the period.'],
  ),
  reach: define(
    'integer',
    null,
    ['Охват', 'Reach'],
    [
      'Сумма дневных охватов: кто видел рекламу в разные дни, посчитан за каждый день. Только площадки, которые сообщают охват.',
      'Daily reach added up: who saw the ad on several days counts for each. Only systems that report reach.',
    ],
  ),
  clicks: define(
    'integer',
    'up',
    ['Клики', 'Clicks'],
    ['Клики по рекламе за дни периода.', 'Ad clicks on the days of the period.'],
  ),
  visits: define(
    'integer',
    'up',
    ['Визиты', 'Visits'],
    [
      'Визиты на сайт, которые сервис аналитики связал с клиентами.',
      'Site visits that the analytics service tied to clients.',
    ],
  ),
  contacts: define(
    'integer',
    'up',
    ['Обращения', 'Contacts'],
    [
      'Входящие звонки, чаты, письма и заявки за период; исходящие и комментарии CRM не входят.',
      'Inbound calls, chats, e-mails and forms in the period; outbound ones and CRM comments are left out.',
    ],
  ),
  missed: define(
    'integer',
    'down',
    ['Пропущенные звонки', 'Missed calls'],
    ['Входящие звонки периода, на которые не ответили.', 'Inbound calls of the period that nobody answered.'],
  ),
  lost: define(
    'integer',
    'down',
    ['Потерянные звонки', 'Lost calls'],
    [
      'Пропущенные звонки, после которых с клиентом так и не поговорили.',
      'Missed calls after which nobody ever spoke with the client.',
    ],
  ),
  leads: define(
    'integer',
    'up',
    ['Лиды', 'Leads'],
    [
      'Клиенты, у которых за период создана хотя бы одна сделка; каждый клиент считается один раз.',
      'Clients with at least one deal created in the period, each counted once.',
    ],
  ),
  mql: define(
    'integer',
    'up',
    ['Целевые лиды (MQL)', 'Marketing-qualified (MQL)'],
    [
      'Лиды, кроме закрытых как спам, дубль, ошибочный номер или нецелевое обращение.',
      'Leads, except those closed as spam, a duplicate, a wrong number or off target.',
    ],
  ),
  sql: define(
    'integer',
    'up',
    ['Принятые в продажи (SQL)', 'Sales-qualified (SQL)'],
    [
      'Лиды периода, у которых есть дата квалификации; выигранная сделка без неё тоже считается.',
      'Leads of the period with a qualification date; a won deal without one counts too.',
    ],
    {
      calendar: [
        'Клиенты, квалифицированные в дни периода, когда бы ни пришёл лид.',
        'Clients qualified on the days of the period, whenever the lead came.',
      ],
    },
  ),
  won: define(
    'integer',
    'up',
    ['Купили', 'Clients won'],
    [
      'Лиды периода, у которых выиграна хотя бы одна сделка, созданная в этом периоде. Возврат (сумма меньше нуля) покупкой не считается.',
      'Leads of the period with at least one won deal created in it. A refund (a sum below zero) is no purchase.',
    ],
    {
      calendar: [
        'Клиенты, у которых сделка выиграна в дни периода, когда бы ни пришёл лид.',
        'Clients with a deal won on the days of the period, whenever the lead came.',
      ],
    },
  ),
  fresh: define(
    'integer',
    'up',
    ['Новые клиенты', 'New clients'],
    [
      'Из купивших — те, у кого это первая покупка за всю историю.',
      'Of those won, clients whose first purchase ever it is.',
    ],
  ),
  again: define(
    'integer',
    'up',
    ['Купили ещё раз', 'Bought again'],
    ['Из купивших — те, кто потом купил ещё.', 'Of those won, clients who bought again later.'],
  ),
  purchases: define(
    'integer',
    'up',
    ['Покупки', 'Purchases'],
    [
      'Выигранные сделки, созданные в периоде, без возвратов.',
      'Won deals created in the period, refunds left out.',
    ],
    {
      calendar: [
        'Сделки, выигранные в дни периода, без возвратов.',
        'Deals won on the days of the period, refunds left out.',
      ],
    },
  ),
  revenue: define(
    'money',
    'up',
    ['Выручка', 'Revenue'],
    [
      'Сумма выигранных сделок, созданных в периоде, за вычетом возвратов.',
      'Total of won deals created in the period, less refunds.',
    ],
    {
      calendar: [
        'Сумма сделок, выигранных в дни периода, за вычетом возвратов.',
        'Total of deals won on the days of the period, less refunds.',
      ],
    },
  ),
  check: define(
    'money',
    'up',
    ['Средний чек', 'Average deal'],
    [
      'Средняя сумма покупки; покупки без суммы и возвраты не входят.',
      'Mean sum of a purchase; purchases without a sum and refunds are left out.',
    ],
  ),
  per_lead: define(
    'money',
    'up',
    ['Выручка на лид', 'Revenue per lead'],
    ['Выручка ÷ лиды.', 'Revenue ÷ leads.'],
    { ratio: ['revenue', 'leads'] },
  ),
  per_client: define(
    'money',
    'up',
    ['Выручка на клиента', 'Revenue per client'],
    ['Выручка ÷ купившие клиенты.', 'Revenue ÷ clients won.'],
    { ratio: ['revenue', 'won'] },
  ),
  conversion: define(
    'percent',
    'up',
    ['Конверсия в продажу', 'Conversion to sale'],
    ['Купившие ÷ лиды, с интервалом Уилсона 95 %.', 'Clients won ÷ leads, with the 95% Wilson interval.'],
    { ratio: ['won', 'leads'] },
  ),
  cpc: define(
    'money',
    'down',
    ['Цена клика (CPC)', 'Cost per click (CPC)'],
    ['Расход ÷ клики.', 'Spend ÷ clicks.'],
    { ratio: ['spend', 'clicks'] },
  ),
  cpl: define(
    'money',
    'down',
    ['Цена лида (CPL)', 'Cost per lead (CPL)'],
    ['Расход ÷ лиды.', 'Spend ÷ leads.'],
    { ratio: ['spend', 'leads'] },
  ),
  cac: define(
    'money',
    'down',
    ['Стоимость привлечения (CAC)', 'Acquisition cost (CAC)'],
    [
      'Расход ÷ новые клиенты: те, кто купил впервые.',
      'Spend ÷ new clients: those who bought for the first time.',
    ],
    { ratio: ['spend', 'fresh'] },
  ),
  romi: define(
    'percent',
    'up',
    ['Окупаемость (ROMI)', 'Return on ad spend (ROMI)'],
    ['(Выручка − расход) ÷ расход.', '(Revenue − spend) ÷ spend.'],
    { ratio: ['revenue', 'spend'] },
  ),
  cycle: define(
    'days',
    'down',
    ['Цикл сделки, медиана', 'Sales cycle, median'],
    [
      'Дни от создания до выигрыша покупок периода: половина короче. Сделки, закрытые раньше создания, не входят.',
      'Days from creation to winning of the period’s purchases: half are shorter. Deals closed before they were created are left out.',
    ],
  ),
}

/** Steps between which a conversion can be asked: `conversion:mql:sql`. */
export const steps = ['impressions', 'clicks', 'visits', 'leads', 'mql', 'sql', 'won', 'again'] as const
export type Step = (typeof steps)[number]

export interface StepConversion {
  from: Step
  to: Step
}

/** `conversion:mql:sql` -> its steps; null when it is not such a name, or leads backwards. */
export function readConversion(name: string): StepConversion | null {
  const match = /^conversion:([a-z]+):([a-z]+)$/.exec(name)
  const [from, to] = [match?.[1], match?.[2]] as [Step, Step]
  return steps.includes(from) && steps.includes(to) && steps.indexOf(from) < steps.indexOf(to)
    ? { from, to }
    : null
}
