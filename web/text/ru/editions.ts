/** Editions in Russian: the page of a report's editions, their schedule and delivery, and what an edition says of itself. */
import { formatCount, formatNumber } from '../../../server/api/contract.ts'
import type { EditionText } from '../en/editions.ts'

const count = (n: number, one: string, few: string, many: string) => formatCount(n, 'ru', { one, few, many })

export const editions: EditionText = {
  number: n => `Выпуск ${formatNumber(n, 'ru')}`,
  first: 'Первый выпуск с такими фильтрами: сравнивать пока не с чем.',
  since: (n, day) => `Что изменилось с выпуска ${formatNumber(n, 'ru')} от ${day}`,
  figures: { cac: 'CAC', conversion: 'Конверсия в покупку', check: 'Средний чек' },
  n: {
    cac: n => count(n, 'новый клиент', 'новых клиента', 'новых клиентов'),
    conversion: n => `из ${count(n, 'лида', 'лидов', 'лидов')}`,
    check: n => count(n, 'покупка', 'покупки', 'покупок'),
  },
  unknown: 'неизвестно',
  was: (value, n) => `было ${value}, ${n}`,
  wasBefore: 'было',
  of: 'из',
  few: 'мало данных',
  same: 'без изменений',
  sure: 'изменение не случайно',
  chance: 'может быть случайностью',
  appeared: 'Новые вопросы',
  faded: 'Стали спрашивать реже',
  rose: 'Стали говорить чаще',
  quiet: 'Заметных различий в том, что клиенты спрашивают и говорят, нет.',
  method: (before, now) =>
    `Считаем разных клиентов, которые обращались за период: ${formatNumber(before, 'ru')} в прошлом выпуске, ${formatNumber(now, 'ru')} в этом. Вопрос новый, если в прошлом выпуске его никто не задавал; «реже» и «чаще» — отличия, которые не объяснить случайностью.`,
}
