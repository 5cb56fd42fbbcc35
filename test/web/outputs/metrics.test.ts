import { describe, expect, it } from 'vitest'
import type { MetricTile } from '../../../server/api/contract.ts'
import { renderMetrics } from '../../../web/outputs/metrics.ts'
import { htmlOf, testContext, wordsIn } from './render.ts'

const tile = (more: Partial<MetricTile>): MetricTile => ({
  id: 'cac',
  label: 'CAC',
  value: 14_200,
  format: 'money',
  definition: 'Расход на клиента.',
  ...more,
})
const words = (more: Partial<MetricTile>, language: 'ru' | 'en' = 'ru') =>
  wordsIn(renderMetrics({ type: 'metrics', tiles: [tile(more)] }, testContext({ language })))

describe('a tile', () => {
  it('says how it changed, in words and by whether that is good', () => {
    expect(words({ previous: 11_360, better: 'down' })).toBe(
      "CAC Расход на клиента. 14'200_₽ ↑ рост 25_%, хуже было 11'360_₽",
    )
    expect(words({ previous: 28_400, better: 'down' })).toContain('↓ снижение 50_%, лучше было')
    expect(words({ previous: 28_400 })).toContain('↓ снижение 50_% было')
    expect(words({ previous: 14_200, better: 'up' })).toMatch(/без изменений$/)
    expect(words({ previous: 0, better: 'up' })).toMatch(/↑ рост лучше было 0_₽$/)
  })

  it('says how it was a year ago beside', () => {
    expect(words({ previous: 14_200, yearAgo: 11_360, better: 'down' })).toMatch(
      /без изменений ↑ рост 25_% год назад 11'360_₽$/,
    )
    expect(words({ yearAgo: 28_400 }, 'en')).toMatch(/↓ down 50% ₽28,400 a year ago$/)
    expect(words({ value: null, yearAgo: 5 })).not.toContain('год назад')
  })

  it('colours by what is good', () => {
    const html = (better: 'up' | 'down') =>
      htmlOf(renderMetrics({ type: 'metrics', tiles: [tile({ previous: 10_000, better })] }, testContext()))
    expect(html('up')).toContain('vb-change vb-good')
    expect(html('down')).toContain('vb-change vb-bad')
  })

  it('counts shares in points, beside n and the interval', () => {
    const share = {
      value: 0.142,
      previous: 0.151,
      format: 'percent',
      n: 2571,
      interval: [0.129, 0.156],
    } as const
    expect(words({ ...share, interval: [0.129, 0.156] })).toBe(
      'CAC Расход на клиента. 14_% ↓ снижение 0,9 п. п. было 15_% n = 2571 интервал 95_%: 13–16_%',
    )
    expect(words({ ...share, interval: [0.129, 0.156] }, 'en')).toContain(
      '0.9 pp was 15% n = 2,571 95% interval 13–16%',
    )
  })

  it('says when there is no number, and uses its own currency', () => {
    expect(words({ value: null, previous: 5 })).toBe('CAC Расход на клиента. нет данных')
    expect(words({ currency: 'EUR' }, 'en')).toContain('€14,200')
  })

  it('has its meaning at hand without scripts', () => {
    expect(htmlOf(renderMetrics({ type: 'metrics', tiles: [tile({})] }, testContext()))).toContain(
      '<details class="vb-tile__about"><summary class="vb-tile__label">CAC</summary><p class="vb-tile__definition">Расход на клиента.</p></details>',
    )
  })
})
