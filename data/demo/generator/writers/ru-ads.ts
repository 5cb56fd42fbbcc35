/** What advertising cost, as Yandex Direct, VK and the accountant give it; and the sales plan. */
import type { Demo } from '../generate.ts'
import type { SpendRow } from '../rows.ts'
import { createTable, decimalComma, russianDate } from './csv.ts'
import { writeXlsx } from './xlsx.ts'

type Path = (name: string) => string
const NETWORKS = new Set(['yandex', 'vk'])

/** Writes the spend of all sources and the plan. */
export async function writeRussianMoney(demo: Demo, path: Path): Promise<void> {
  const rows = [...demo.spend()]
  writeDirect(
    rows.filter(row => row.source === 'yandex'),
    path,
  )
  const header = ['Дата', 'Кампания', 'Название объявления', 'Показы', 'Охват', 'Клики', 'Потрачено всего, ₽']
  const social = rows
    .filter(row => row.source === 'vk')
    .map(({ day, campaign, content, impressions, reach, clicks, cost }) => [
      new Date(`${day}T00:00:00Z`),
      campaign,
      content,
      impressions,
      reach,
      clicks,
      cost,
    ])
  await writeXlsx(path('10-vk.xlsx'), 'Объявления', [header, ...social])
  const offline = createTable(path('11-offline.csv'), 'utf8', ';', ['Дата', 'Источник', 'Кампания', 'Расход'])
  for (const row of rows.filter(({ source }) => !NETWORKS.has(source)))
    offline.row([russianDate(row.day), row.source, row.campaign, decimalComma(row.cost)])
  offline.close()
  await writePlan(demo, path)
}

/** Direct's own report: a preamble, decimal commas, a row of totals. */
function writeDirect(rows: readonly SpendRow[], path: Path): void {
  const table = createTable(
    path('09-direct.csv'),
    'win1251',
    ';',
    ['Дата', 'Кампания', 'Условие показа', 'Показы', 'Клики', 'Расход (руб.)'],
    [
      'Отчёт «Расход по дням и условиям показа»',
      'Период: 01.08.2025 – 31.10.2026',
      'Клиент: vetrolad-demo, с НДС',
      '',
    ],
  )
  const total = { impressions: 0, clicks: 0, kopecks: 0 }
  for (const { day, campaign, keyword, impressions, clicks, cost } of rows) {
    total.impressions += impressions!
    total.clicks += clicks!
    total.kopecks += Math.round(cost * 100)
    table.row([russianDate(day), campaign, keyword ?? '—', impressions, clicks, decimalComma(cost)])
  }
  const { impressions, clicks, kopecks } = total
  table.row(['Итого', '', '', impressions, clicks, decimalComma(kopecks / 100)])
  table.close()
}

async function writePlan(demo: Demo, path: Path): Promise<void> {
  const names = { revenue: 'Выручка', leads: 'Лиды', won: 'Продажи' }
  const rows = demo.targets.map(({ month, manager, metric, value }) => [
    new Date(`${month}-01T00:00:00Z`),
    manager || null,
    names[metric],
    value,
  ])
  await writeXlsx(path('12-plan.xlsx'), 'План', [['Месяц', 'Менеджер', 'Показатель', 'План'], ...rows])
}
