import { describe, expect, it } from 'vitest'
import { loadKinds } from '../../server/notebook/kinds.ts'
import { eachDatabase } from '../support/databases.ts'
import { loadFacts } from '../support/facts.ts'
import { runText } from '../support/notebooks.ts'

const fence = '```'
const kinds = [...(await loadKinds()).values()]

describe('cell kinds', () => {
  it.each(kinds.map(kind => [kind.kind, kind] as const))('%s shows an example of itself', (_name, kind) => {
    expect(kind.example.trim()).not.toBe('')
    expect(['sql', 'yaml']).toContain(kind.body)
  })
})

eachDatabase('the examples of all kinds', open => {
  it('run as they stand, with facts and without', async () => {
    const { database } = await open()
    const head = '---\ninputs:\n  period: { type: period, default: last 6 months }\n---\n'
    const top = `${fence}sql top\nselect 'Тема' as label, 3 as clients\n${fence}\n`
    const cells = kinds.map(kind => `${fence}${kind.kind}\n${kind.example}\n${fence}\n`)
    const text = `${head}${top}${cells.join('')}`
    for (const filled of [false, true]) {
      if (filled) await loadFacts(database)
      const { blocks } = await runText(text, database)
      expect(blocks.flatMap(({ id, error }) => (error ? [`${id}: ${error.message}`] : []))).toEqual([])
      expect(blocks.filter(({ id, outputs }) => id !== 'top' && outputs.length === 0)).toEqual([])
    }
  })
})
