import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCorpus } from '../../../server/language/training/corpus.ts'
import { type Example, train } from '../../../server/language/training/logistic.ts'
import { trainBoundaries, trainQuestions } from '../../../server/language/training/models.ts'

const file = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../server/language/${name}`, import.meta.url), 'utf8'))

describe('training', () => {
  it('makes the committed models from the committed sentences', () => {
    expect(trainQuestions()).toEqual(file('question-model.json'))
    expect(trainBoundaries()).toEqual(file('boundary-model.json'))
  })

  it('has no written sentence both as a question and as a statement of the same weight', () => {
    const written = readCorpus().filter(({ weight }) => weight === 1)
    const asked = new Set(written.filter(({ question }) => question).map(({ text }) => text))
    const both = written.filter(({ question, text }) => !question && asked.has(text))
    // «правда», «налево»: said both ways. They must stay few.
    expect(both.length).toBeLessThan(written.length / 50)
  })

  it('finds the feature that tells', () => {
    const examples = Array.from({ length: 200 }, (_, i): Example => {
      const label = i % 2 === 0 ? 1 : 0
      return { features: Uint16Array.of(label, 2, 3 + (i % 5)), label, weight: 1 }
    })
    const model = train(examples, { bits: 3, epochs: 20, rate: 0.1 })
    const weights = new Int8Array(Buffer.from(model.weights, 'base64'))
    expect(weights[1]).toBe(127)
    expect(weights[0]).toBeLessThan(-100)
    expect(Math.abs(weights[2]!)).toBeLessThan(20)
  })
})
