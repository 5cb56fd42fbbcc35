import { describe, expect, it } from 'vitest'
import type { CellContext } from '../../server/notebook/cell.ts'
import { renderProse, usesOfProse } from '../../server/notebook/prose.ts'

const context = (language: 'ru' | 'en') =>
  ({
    language,
    currency: 'RUB',
    inputs: new Map<string, unknown>([
      ['period', { from: '2026-01-01', to: '2026-03-12' }],
      ['ever', { from: '0001-01-01', to: '9999-12-31' }],
      ['source', ['vk', 'a_b']],
      ['none', []],
      ['flag', true],
    ]),
    tables: new Map([
      [
        'top',
        {
          columns: [
            { name: 'label', label: '', format: 'text' },
            { name: 'sum', label: '', format: 'money' },
          ],
          rows: [['*[x](http://evil) <b>', 1234.5]],
          truncated: false,
        },
      ],
      ['empty', { columns: [{ name: 'n', label: '', format: 'integer' }], rows: [], truncated: false }],
    ]),
  }) as unknown as CellContext
const text = (body: string, language: 'ru' | 'en' = 'ru') => {
  const [output] = renderProse(body, context(language)).outputs
  return output?.type === 'text' ? output.markdown.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ') : ''
}

describe('prose', () => {
  it.each([
    ['без дыр', 'без дыр'],
    ['{{top.sum}} и {{ top }}', '1234,5 ₽ и \\*\\[x\\](http://evil) \\<b\\>'],
    ['{{ empty.n }}', '—'],
    ['за {{ period }}', 'за 1 янв 2026 – 12 мар 2026'],
    ['с {{ period.from }}', 'с 1 янв 2026'],
    ['за {{ ever }}', 'за всё время'],
    ['{{ source }}; {{ none }}; {{ flag }}', 'vk, a\\_b; все; да'],
    ['{ { top } } {{ }} {{ a b }}', '{ { top } } {{ }} {{ a b }}'],
    ['~~~\n{{ top }}\n~~~\n{{ period.to }}', '~~~\n{{ top }}\n~~~\n12 мар 2026'],
  ])('%s', (body, expected) => {
    // Money of less than a million keeps its kopecks only below a hundred.
    expect(text(body)).toBe(expected.replace('1234,5', '1235'))
  })

  it.each([
    ['a {{ nothing.x }}', /no cell “nothing”/, 2],
    ['{{ top.x }}', /no column “x”/, 0],
    ['{{ period.x }}', /“from” and “to”/, 0],
  ])('%s is said where it stands', (body, message, offset) => {
    expect(() => text(body)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), details: { offset } }),
    )
  })

  it('names what it reads', () => {
    expect(usesOfProse('{{ a.b }} {{c}}\n```\n{{ d }}\n```').names).toEqual([
      { name: 'a', offset: 0 },
      { name: 'c', offset: 10 },
    ])
  })
})
