/** Each step by itself, on clauses that no step before it has taken. */
import { describe, expect, it } from 'vitest'
import { readClauses } from '../../../server/mining/extract.ts'
import type { ExtractionStep } from '../../../server/mining/mention.ts'
import notes from '../../../server/mining/steps/extract-notes.ts'
import objections from '../../../server/mining/steps/extract-objections.ts'
import questions from '../../../server/mining/steps/extract-questions.ts'
import requests from '../../../server/mining/steps/extract-requests.ts'
import values from '../../../server/mining/steps/extract-values.ts'

const run = (step: ExtractionStep, text: string, shorthand = false, echo: string[] = []) =>
  step
    .extract({
      utterance: { n: 4, speaker: shorthand ? 'note' : 'client', text },
      clauses: readClauses(text, shorthand),
      echo: new Set(echo),
    })
    .map(({ n, from, to }) => [n, text.slice(from, to)])

describe('objections', () => {
  it.each([
    ['в другой фирме дешевле предложили', 'в другой фирме дешевле предложили'],
    ['ну мы пока не готовы', 'мы пока не готовы'],
    ['боюсь обои испортят', 'боюсь обои испортят'],
    ['не хочу вносить предоплату', 'не хочу вносить предоплату'],
    ["we can't wait that long", "we can't wait that long"],
    ['i need to talk to my husband', 'i need to talk to my husband'],
  ])('%s', (text, span) => {
    expect(run(objections, text)).toEqual([[4, span]])
  })

  it.each([
    'у вас недорого',
    'это слишком дорого?',
    'не боюсь я ничего',
    'it was not too expensive',
    'жду вас завтра',
  ])('none in: %s', text => {
    expect(run(objections, text)).toEqual([])
  })
})

describe('values', () => {
  it.each([
    'соседи посоветовали вас',
    'нравится что вы не торопите',
    'лишь бы недорого',
    'выбрали вас из-за отзывов',
    'thank you for being so patient',
    'the main thing is that it lasts',
  ])('%s', text => {
    expect(run(values, text)).toEqual([[4, text]])
  })

  it.each(['понравилось', 'тебе нравится?', 'мне неважно когда', "i don't care about the colour"])(
    'none in: %s',
    text => {
      expect(run(values, text)).toEqual([])
    },
  )

  it('takes no words that the agent has just said', () => {
    expect(run(values, 'нравится тишина', false, ['тишин', 'нрав'])).toEqual([])
  })
})

describe('requests', () => {
  it('keeps the whole of what is needed, without what leads in', () => {
    expect(run(requests, 'здравствуйте у меня не приходит код')).toEqual([[4, 'у меня не приходит код']])
    expect(run(requests, 'i need to change my address')).toEqual([[4, 'i need to change my address']])
    expect(run(requests, 'я приду завтра')).toEqual([])
  })
})

describe('reported questions', () => {
  it('go on after a comma while something is asked', () => {
    expect(run(notes, 'спр дует, можно ли отрегулировать, дорого', true)).toEqual([
      [4, 'спр дует'],
      [4, 'можно ли отрегулировать'],
    ])
    expect(run(notes, 'замер пт, бригада 2', true)).toEqual([])
  })
})

describe('questions', () => {
  it('are not objections or values that sound alike', () => {
    expect(run(questions, 'надо с мужем посоветоваться')).toEqual([])
    expect(run(questions, 'нравится что сами приезжаете на осмотр')).toEqual([])
    expect(run(questions, 'почему так дорого')).toEqual([[4, 'почему так дорого']])
  })
})
