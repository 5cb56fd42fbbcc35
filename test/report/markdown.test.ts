import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../server/report/markdown.ts'
import { sampleRun } from './sample-run.ts'

const { notebook, run } = sampleRun()
const options = { currency: 'RUB', generatedAt: '2026-04-01 09:12:00' }
const text = renderMarkdown(notebook, run, options).replaceAll('\u00a0', '_').replaceAll('\u202f', "'")

describe('a run as Markdown', () => {
  it('opens with title, description and what was chosen', () => {
    expect(text).toMatch(
      /^# Окна и балконы: обзор квартала\n\nЧто спрашивают.*\n\n- Период: 1_янв_2026 – 31_мар_2026\n- Источник: все\n\n## Главное за квартал\n/,
    )
  })

  it('holds findings, tiles, claims with their words, tables and faults', () => {
    expect(text).toContain('Чаще всего спрашивают **«а монтаж входит в эту цену или отдельно»**')
    expect(text).toContain(
      '- Конверсия в продажу: **14_%** (было 15_%; n = 2571; интервал 95_%: 13–16_%)\n- Выручка: **34,8_млн_₽** (было 29,1_млн_₽)',
    )
    expect(text).toContain(
      '- **есть ли рассрочка без банка** — 187_клиентов · 7,3_% из 2571 · интервал 95_%: 6,3–8,4_% · купили 37 · не купили 62 · упоминаний 204\n  > «а вот рассрочка у вас есть чтобы не через банк а напрямую» — Клиент 31, звонок, 30_янв_2026, 03:41 от начала, сделка выиграна',
    )
    expect(text).toContain(
      "| Сегмент | Лиды | Купили | Конверсия | Средний чек | CAC |\n| --- | ---: | ---: | ---: | ---: | ---: |\n| частные лица, квартира | 1204 | 181 | 15_% · 13–17_% | 48'200_₽ | 9800_₽ |",
    )
    expect(text).toContain('| не указано (мало данных) | 12 |')
    expect(text).toContain(
      '> **Эту часть не удалось посчитать.** There is no column “revenu” in deals. Did you mean revenue? (Строка 48, столбец 12 файла)',
    )
    expect(text).toContain('> Не посчитано: нужен результат «broken», а там ошибка.')
    expect(text.endsWith('Составлен 1_апр_2026, 09:12. Сделано в Verbatim\n')).toBe(true)
  })

  it('masks words of the data and says so', () => {
    const masked = renderMarkdown(notebook, run, {
      ...options,
      mask: words => words.replaceAll('монтаж', '[×]'),
    })
    expect(masked).not.toContain('монтаж')
    expect(masked).toContain('Личные данные скрыты')
  })

  it('keeps hostile cells in their cell', () => {
    const hostile = structuredClone(run)
    const outcome = hostile.outcomes.get('rows')!
    if (!('result' in outcome)) throw new Error('no result')
    const [table] = outcome.result.outputs
    if (table?.type !== 'table') throw new Error('no table')
    table.table.rows[0]![0] = '<b>|\n# x|[a](javascript:1)'
    expect(renderMarkdown(notebook, hostile, options)).toContain(
      '| \\<b\\>\\| \\# x\\|\\[a\\](javascript:1) |',
    )
  })
})
