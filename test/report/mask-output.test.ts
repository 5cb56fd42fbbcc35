import { expect, it } from 'vitest'
import { maskOutput } from '../../server/report/mask-output.ts'
import { sampleRun } from './sample-run.ts'

const mask = (text: string) => text.replaceAll(/[а-яё]+/gi, '*').replaceAll(/\+7\d+/g, '[телефон]')

it('masks every text that may hold words of the data, in every type of output', () => {
  const outputs = [...sampleRun().run.outcomes.values()].flatMap(outcome =>
    'result' in outcome ? outcome.result.outputs : [],
  )
  expect(new Set(outputs.map(output => output.type))).toEqual(
    new Set(['text', 'metrics', 'chart', 'insight', 'table']),
  )
  for (const output of outputs) {
    const masked = maskOutput(output, mask)
    if (masked.type === 'text') expect(masked.markdown).not.toMatch(/[а-яё]/i)
    if (masked.type === 'table') expect(JSON.stringify(masked.table.rows)).not.toMatch(/[а-яё]/i)
    if (masked.type === 'chart') {
      expect(masked.description).not.toMatch(/[а-яё]/i)
      expect(JSON.stringify(masked.spec.data)).not.toMatch(/[а-яё]/i)
    }
    if (masked.type !== 'insight') continue
    for (const claim of masked.claims) {
      expect(claim.text).not.toMatch(/[а-яё]/i)
      for (const quote of claim.quotes) {
        expect(quote.text).not.toMatch(/[а-яё]/i)
        expect(quote.ref).toMatchObject({ client_id: '', conversation_id: '' })
      }
    }
  }
})

it('leaves the spec’s own words, and masks lists of values in it', () => {
  const spec = {
    data: { values: [{ name: 'Анна', sum: 1 }] },
    encoding: {
      y: { field: 'имя', sort: ['Анна'], axis: { title: 'Имя' } },
      x: { field: 'sum', sort: '-y', scale: { domain: ['Анна'] } },
    },
  }
  expect(maskOutput({ type: 'chart', title: 'Имена', description: '', spec }, mask)).toMatchObject({
    title: 'Имена',
    spec: {
      data: { values: [{ name: '*', sum: 1 }] },
      encoding: {
        y: { field: 'имя', sort: ['*'], axis: { title: 'Имя' } },
        x: { field: 'sum', sort: '-y', scale: { domain: ['*'] } },
      },
    },
  })
})
