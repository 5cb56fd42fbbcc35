import { describe, expect, it } from 'vitest'
import type { Output } from '../../../server/api/contract.ts'
import { describeInput } from '../../../web/outputs/describe-input.ts'
import { renderOutput, renderResult } from '../../../web/outputs/render-output.ts'
import { htmlOf, testContext, wordsIn } from './render.ts'

const chart: Output = { type: 'chart', title: 'Темы', description: 'монтаж: 214', spec: {} }

describe('drawing an output', () => {
  it('sets finding, prose and note apart', () => {
    const text = (role: 'finding' | 'prose' | 'note') =>
      htmlOf(renderOutput({ type: 'text', role, markdown: '**8 %** клиентов' }, testContext()))
    expect(text('finding')).toBe('<div class="vb-finding"><p><strong>8 %</strong> клиентов</p></div>')
    expect(text('note')).toContain('class="vb-note"')
    expect(text('prose')).toContain('class="vb-prose"')
  })

  it('tells a chart in words to those who cannot see it', () => {
    expect(htmlOf(renderOutput(chart, testContext()))).toBe(
      '<figure class="vb-figure"><figcaption class="vb-title">Темы</figcaption><p class="vb-hidden">монтаж: 214</p><div class="vb-figure__drawing" aria-hidden="true"> [Темы] </div></figure>',
    )
  })

  it('shows what was chosen for an input, where there is one', () => {
    const choice = { label: 'Период', value: 'март' }
    const drawn = renderOutput({ type: 'input', name: 'period' }, testContext({ inputChoice: () => choice }))
    expect(wordsIn(drawn)).toBe('Период март')
    expect(wordsIn(renderOutput({ type: 'input', name: 'x' }, testContext()))).toBe('')
  })

  it('says a title once in a result', () => {
    const insight: Output = { type: 'insight', title: 'Темы', claims: [] }
    expect(wordsIn(renderResult([chart, insight], testContext()))).toBe(
      'Темы монтаж: 214 [Темы] Ничего не нашлось.',
    )
  })
})

it('puts an input’s value into words', () => {
  const spec = (type: 'period' | 'select' | 'text' | 'flag') => ({
    name: 'x',
    type,
    label: 'X',
    default: null,
    multiple: true,
    options: null,
  })
  const choices = [{ value: 'search', label: 'поиск' }]
  expect(describeInput(spec('period'), { from: '2026-01-01', to: '2026-03-31' }, [], 'ru')).toBe(
    '1\u00a0янв\u00a02026 – 31\u00a0мар\u00a02026',
  )
  expect(describeInput(spec('period'), { from: '0001-01-01', to: '9999-12-31' }, [], 'en')).toBe('all time')
  expect(describeInput(spec('select'), ['search', 'maps'], choices, 'ru')).toBe('поиск, maps')
  expect(describeInput(spec('select'), [], choices, 'ru')).toBe('все')
  expect(describeInput(spec('flag'), false, [], 'ru')).toBe('нет')
  expect(describeInput(spec('text'), null, [], 'en')).toBe('not chosen')
})
