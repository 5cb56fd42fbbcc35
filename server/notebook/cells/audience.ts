/** An audience: how many clients a rule finds, whom of them one may address, what that may bring, and who they are. */
import { z } from 'zod'
import { NotebookError } from '../../errors.ts'
import { type Audience, readAudience } from '../../insight/audience.ts'
import { type AudienceRule, audienceRuleSchema } from '../../insight/audience-rules.ts'
import { defineCell } from '../cell.ts'
import { createFigures, type Figures, plain } from '../figures.ts'
import type { Output, Table } from '../output.ts'

const optionsSchema = z.looseObject({
  rule: z.enum(['untouched', 'upsell', 'repeat', 'lost_price', 'persona']),
  title: z.string().default(''),
  /** Clients listed. */
  limit: z.number().int().min(1).max(1000).default(50),
})

const labels = {
  ru: ['Клиент', 'Город', 'Профиль', 'Продукт', 'Сумма сделки', 'Последняя сделка'],
  en: ['Client', 'City', 'Profile', 'Product', 'Deal', 'Last deal'],
} as const
const columns = ['alias', 'city', 'profile', 'product', 'amount', 'last_day'] as const
const formats = ['integer', 'text', 'text', 'text', 'money', 'day'] as const

function toTable({ clients, consented }: Audience, { language }: Figures): Table {
  return {
    columns: columns.map((name, i) => ({ name, label: labels[language][i]!, format: formats[i]! })),
    rows: clients.map(client => columns.map(name => client[name])),
    truncated: clients.length < consented,
  }
}

/** Of whom the rate is: never more than what was counted. */
function basisOf(rule: AudienceRule, ru: boolean): string {
  const again = ru ? 'из купивших купили снова' : 'bought again, of those who bought'
  const afterLoss = ru
    ? 'из клиентов с проигранной сделкой купили позже'
    : 'bought later, of clients with a lost deal'
  switch (rule.rule) {
    case 'untouched':
      return ru
        ? `из сделок, открытых ${rule.days} дней и дольше, выиграны`
        : `deals won, of those open for ${rule.days} days and longer`
    case 'upsell':
      return ru
        ? `из купивших «${plain(rule.bought)}» купили и «${plain(rule.without)}»`
        : `bought “${plain(rule.without)}” too, of those who bought “${plain(rule.bought)}”`
    case 'repeat':
      return again
    case 'lost_price':
      return afterLoss
    case 'persona':
      return `${rule.who === 'won' ? again : afterLoss}${ru ? ' (в этом портрете)' : ' (in this persona)'}`
  }
}

function findingOf(
  { found, consented, value, days }: Audience,
  rule: AudienceRule,
  figures: Figures,
): string {
  const ru = figures.language === 'ru'
  if (found === 0) return ru ? 'По этому правилу клиентов нет.' : 'The rule finds no clients.'
  const due = days === null ? '' : ru ? ` Срок повтора — ${days} дн.` : ` Due after ${days} days.`
  const size = ru
    ? `По правилу подходят **${figures.count(found, 'client')}**, согласие есть у **${figures.number(consented)}**: только им можно показывать рекламу.${due}`
    : `The rule finds **${figures.count(found, 'client')}**; **${figures.number(consented)}** of them consented, and only these may be addressed.${due}`
  if (!value)
    return ru
      ? `${size} Сколько они принесут, оценить не по чему.`
      : `${size} There is nothing to estimate from what they may bring.`
  const { hits, of, rate, check, expected, expectedInterval } = value
  const basis = basisOf(rule, ru)
  const range = `${figures.money(expectedInterval[0])} – ${figures.money(expectedInterval[1])}`
  return ru
    ? `${size} Ожидаемая выручка — **${figures.money(expected)}** (${range}): ${basis} — ${figures.percent(rate)} (${hits} из ${of}), средний чек ${figures.money(check)}.`
    : `${size} Expected revenue: **${figures.money(expected)}** (${range}); ${basis}: ${figures.percent(rate)} (${hits} of ${of}), average deal ${figures.money(check)}.`
}

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'audience',
  body: 'yaml',
  options: optionsSchema,
  example: 'rule: untouched\ndays: 14',
  tables: ['clients', 'deals', 'deal_stages', 'conversations', 'mentions', 'client_personas'],
  run: async (options, { query, language, currency, today }) => {
    const { title, limit, ...given } = options
    const parsed = audienceRuleSchema.safeParse(given)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw new NotebookError(`${issue!.path.join('.') || given.rule}: ${issue!.message}`, {
        hint: 'untouched has days; upsell bought and without; repeat days; lost_price theme; persona persona and who.',
      })
    }
    const audience = await readAudience(query, { rule: parsed.data, today, currency, limit })
    const figures = createFigures(language, currency)
    const table = toTable(audience, figures)
    const outputs: Output[] = [
      { type: 'text', role: 'finding', markdown: findingOf(audience, parsed.data, figures) },
    ]
    if (audience.value)
      outputs.push({
        type: 'text',
        role: 'note',
        markdown:
          language === 'ru'
            ? 'Оценка показывает, сколько приносили такие клиенты раньше, а не прирост от рекламы: часть из них купила бы и без неё.'
            : 'The estimate shows what such clients brought before, not what advertising adds: some would buy without it.',
      })
    if (table.rows.length > 0) outputs.push({ type: 'table', title, table, folded: true })
    return { outputs, table }
  },
})
