import { describe, expect, it } from 'vitest'
import type { Claim, InsightOutput, Quote } from '../../../server/api/contract.ts'
import { renderInsight } from '../../../web/outputs/insight.ts'
import { htmlOf, testContext, wordsIn } from './render.ts'

const quote = (alias: number, more: Partial<Quote> = {}): Quote => ({
  ref: { client_id: `crm:${alias}`, conversation_id: 'c', n: 1, from: 0, to: 5 },
  text: 'а это с установкой',
  speaker: 'client',
  alias,
  conversation_kind: 'call',
  at: '2026-03-12 10:14:00',
  offset_ms: 221_000,
  deal_status: 'won',
  ...more,
})
const claim = (more: Partial<Claim> = {}): Claim => ({
  id: 'q1',
  kind: 'question',
  text: 'входит ли монтаж',
  topic: 'price',
  clients: 214,
  of: 2571,
  interval: [0.073, 0.095],
  trend: [
    { label: '2026-02', clients: 20 },
    { label: '2026-03', clients: 31 },
  ],
  facts: [{ label: 'won', value: 43, format: 'integer' }],
  quotes: [quote(14), quote(15, { deal_status: null, offset_ms: null }), quote(16, { speaker: 'note' })],
  weak: false,
  ...more,
})
const output = (claims: Claim[], coverage?: InsightOutput['coverage']): InsightOutput => ({
  type: 'insight',
  title: 'О чём спрашивают',
  claims,
  ...(coverage && { coverage }),
})

describe('a claim', () => {
  it('stands on its numbers and its words', () => {
    expect(wordsIn(renderInsight(output([claim()]), testContext()))).toBe(
      [
        'О чём спрашивают входит ли монтаж',
        'Клиентов по месяцам: фев_2026 — 20, мар_2026 — 31.',
        '214_клиентов 8,3_% из 2571 (7,3–9,5_%) цена купили 43',
        '«а это с установкой» Клиент 14 звонок, 12_мар_2026, 03:41 от начала сделка выиграна',
        'Ещё 2_цитаты «а это с установкой» Клиент 15 звонок, 12_мар_2026',
        '«а это с установкой» Комментарий в CRM звонок, 12_мар_2026, 03:41 от начала сделка выиграна',
      ].join(' '),
    )
  })

  it('sets a client’s wording as speech with the bar of its kind, and the program’s words not', () => {
    const html = (kind: Claim['kind']) => htmlOf(renderInsight(output([claim({ kind })]), testContext()))
    for (const kind of ['question', 'value', 'objection'] as const) {
      expect(html(kind)).toContain('vb-claim__text--speech')
      expect(html(kind)).toContain(`vb-quote vb-kind--${kind}`)
    }
    for (const kind of ['trait', 'idea', 'draft'] as const)
      expect(html(kind)).not.toContain('vb-claim__text--speech')
  })

  it('leads to the moment, or nowhere', () => {
    const drawn = renderInsight(output([claim()]), testContext())
    expect(htmlOf(drawn)).toContain('<a href="/conversations/crm:14" title="К разговору">')
    expect(htmlOf(renderInsight(output([claim()]), testContext({ linkTo: () => null })))).not.toContain('<a')
  })

  it('is listed apart when weak, with its quotes at hand', () => {
    const words = wordsIn(
      renderInsight(output([claim(), claim({ id: 'q2', weak: true, clients: 2 })]), testContext()),
    )
    expect(words).toMatch(/Мало данных За этим стоит слишком мало клиентов.* 2_клиента 0,1_%.*3_цитаты/)
    expect(words.indexOf('Мало данных')).toBeGreaterThan(words.indexOf('214_клиентов'))
  })

  it('says what was not assigned', () => {
    const words = (language: 'ru' | 'en', waiting: number) =>
      wordsIn(
        renderInsight(
          output([], { mentions: 1041, assigned: 1041 - waiting, waiting }),
          testContext({ language }),
        ),
      )
    expect(words('ru', 228)).toBe(
      'О чём спрашивают Ничего не нашлось. К темам отнесено 813_упоминаний из 1041; ещё 228 ждут похожих.',
    )
    expect(words('ru', 1)).toContain('ещё 1 ждёт похожих')
    expect(words('en', 228)).toContain(
      '813 of 1,041_mentions belong to a theme; 228 wait for others like them.',
    )
    expect(words('ru', 0)).toContain('Все упоминания отнесены к темам: 1041.')
  })
})

describe('a line of an ad', () => {
  const fits = [
    { platform: 'Директ', role: 'headline', max: 20, count: 'characters', rules: ['length', 'superlative'] },
    { platform: 'VK', role: 'headline', max: 10, count: 'utf16', rules: ['length'] },
  ] satisfies Claim['fits']

  it('has a counter for each platform, and says what it breaks', () => {
    const idea = claim({ kind: 'idea', text: 'Лучшие окна', facts: [], trend: [], quotes: [], fits })
    expect(wordsIn(renderInsight(output([idea]), testContext()))).toContain(
      'Лучшие окна Директ 11 из 20 превосходная степень VK 11 из 10 не помещается',
    )
  })

  it('can be edited where scripts run', () => {
    const idea = claim({ kind: 'idea', fits })
    expect(htmlOf(renderInsight(output([idea]), { ...testContext(), interactive: true }))).toContain(
      '<vb-ad-line',
    )
  })
})
