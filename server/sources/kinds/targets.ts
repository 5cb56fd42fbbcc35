import { dayToMs } from '../../lib/dates.ts'
import type { KindDefinition } from '../facts.ts'
import { message } from '../messages.ts'
import { monthNumber } from '../moments.ts'
import { type Row, RowError } from '../row.ts'
import { shorten } from '../values.ts'

const METRICS: [RegExp, string][] = [
  [/выруч|оборот|revenue|сумма/i, 'revenue'],
  [/sql|квалиф/i, 'sql'],
  [/лид|lead|обращен/i, 'leads'],
  [/расход|бюджет|spend|budget/i, 'spend'],
  [/сделк|продаж|won|deals|sales/i, 'won'],
]

/** `2026-03`, «03.2026», «март 2026» or any day of the month -> `2026-03`. */
function readMonth(row: Row): string {
  const text = row.need('month')
  const [, first, second] =
    /^(\d{4}|\d{1,2}|[а-яa-z]+)[\s./-]+(\d{4}|\d{1,2})(?:\s*г\.?)?$/iu.exec(text) ?? []
  if (first === undefined || second === undefined) return row.moment('month')!.slice(0, 7)
  const [year, month] = first.length === 4 && /^\d/.test(first) ? [first, second] : [second, first]
  const number = /^\d/.test(month) ? Number(month) : monthNumber(month)
  const found = `${year}-${String(number).padStart(2, '0')}`
  if (dayToMs(`${found}-01`) === undefined)
    throw new RowError(message('not_value', { value: shorten(text, 60), what: 'month' }))
  return found
}

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
    const month = readMonth(row)
    const value = row.money('value')
    if (value === null) throw new RowError(message('no_plan'))
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
