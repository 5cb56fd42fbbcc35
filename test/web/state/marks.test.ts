import fc from 'fast-check'
import { expect, it } from 'vitest'
import { markText } from '../../../web/state/marks.ts'

const mark = (from: number, to: number, kind: string, theme: string | null = null) => ({
  from,
  to,
  kind,
  theme,
})

it('cuts a text at the ends of its marks, overlapping ones too, and of the quote', () => {
  const text = 'дорого а рассрочка есть'
  const stretches = markText(
    text,
    [
      mark(0, 6, 'objection', 'Дорого'),
      mark(4, 18, 'question', 'Есть ли рассрочка'),
      mark(9, 18, 'question'),
    ],
    { from: 9, to: 18 },
  )
  expect(stretches).toEqual([
    { text: 'доро', kinds: ['objection'], themes: ['Дорого'], quoted: false },
    { text: 'го', kinds: ['objection', 'question'], themes: ['Дорого', 'Есть ли рассрочка'], quoted: false },
    { text: ' а ', kinds: ['question'], themes: ['Есть ли рассрочка'], quoted: false },
    { text: 'рассрочка', kinds: ['question'], themes: ['Есть ли рассрочка'], quoted: true },
    { text: ' есть', kinds: [], themes: [], quoted: false },
  ])
})

it('leaves a text without marks whole, and an empty one empty', () => {
  expect(markText('да', [], null)).toEqual([{ text: 'да', kinds: [], themes: [], quoted: false }])
  expect(markText('', [mark(0, 3, 'question')], { from: 0, to: 0 })).toEqual([])
})

it('loses and repeats no character, whatever the marks say', () => {
  const span = fc.tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: -5, max: 40 }))
  fc.assert(
    fc.property(
      fc.string({ maxLength: 30 }),
      fc.array(span, { maxLength: 6 }),
      span,
      (text, spans, quote) => {
        const marks = spans.map(([from, to]) => mark(from, to, 'value'))
        const stretches = markText(text, marks, { from: quote[0], to: quote[1] })
        expect(stretches.map(stretch => stretch.text).join('')).toBe(text)
      },
    ),
  )
})
