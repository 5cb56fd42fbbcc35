import type { KindDefinition } from '../facts.ts'
import { RowError } from '../row.ts'

const METRICS: [RegExp, string][] = [
  [/выруч|оборот|revenue|сумма/i, 'revenue'],
  [/sql|квалиф/i, 'sql'],
  [/лид|lead|обращен/i, 'leads'],
  [/расход|бюджет|spend|budget/i, 'spend'],
  [/сделк|продаж|won|deals|sales/i, 'won'],
]

const targets: KindDefinition = {
  kind: 'targets',
  fields: {
    month: ['месяц', 'период', 'month', 'period'],
    manager: ['менеджер', 'ответственный', 'manager', 'owner', 'сотрудник'],
    metric: ['показатель', 'метрика', 'metric', 'kpi'],
    value: ['план', 'значение', 'plan', 'target', 'value', 'цель'],
  },
  needs: [['month'], ['value']],
  telling: ['month', 'metric', 'value'],
  read: row => {
    const text = row.need('month')
    const month = /^\d{4}-\d{2}$/.test(text) ? text : row.moment('month')!.slice(0, 7)
    const value = row.money('value')
    if (value === null) throw new RowError('the plan has no value')
    const metric = row.text('metric') ?? 'revenue'
    return {
      client: null,
      entity: null,
      target: {
        month,
        manager: row.text('manager') ?? '',
        metric: METRICS.find(([pattern]) => pattern.test(metric))?.[1] ?? metric.toLowerCase(),
        value,
      },
    }
  },
}

export default targets
