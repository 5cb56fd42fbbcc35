import { describe, expect, it } from 'vitest'
import { belongings, chooseClasses, fitClasses } from '../../server/lib/latent-classes.ts'
import type { Categories } from '../../server/lib/latent-rows.ts'
import { createRandom } from '../../server/lib/random.ts'

/** Rows of three classes that differ in eight variables of three values; `missing` of the values are not known. */
function draw(n: number, missing = 0): Categories & { truth: number[] } {
  const random = createRandom(11)
  const levels = Array.from({ length: 8 }, () => 3)
  const codes = new Int8Array(n * 8)
  const truth = Array.from({ length: n }, () => random.pick([0, 0, 0, 1, 1, 2]))
  for (let i = 0; i < n; i++)
    for (let v = 0; v < 8; v++) {
      const own = (truth[i]! + v) % 3
      codes[i * 8 + v] = random.next() < missing ? -1 : random.next() < 0.75 ? own : random.integer(3)
    }
  return { n, levels, codes, truth }
}

const classOf = (rows: Float32Array, i: number, k: number) => {
  const row = rows.subarray(i * k, i * k + k)
  return row.indexOf(Math.max(...row))
}

/** Share of rows whose class is the one that most of their true class got. */
function agreement(data: Categories & { truth: number[] }, rows: Float32Array, k: number): number {
  const counts = [0, 1, 2].map(() => new Array<number>(k).fill(0))
  for (let i = 0; i < data.n; i++) counts[data.truth[i]!]![classOf(rows, i, k)]!++
  return counts.reduce((sum, row) => sum + Math.max(...row), 0) / data.n
}

describe('latent classes', () => {
  it('finds how many classes there are, and who belongs where', () => {
    const data = draw(1500)
    const model = chooseClasses(data, 6, { seed: 1 })
    expect(model.k).toBe(3)
    expect(agreement(data, belongings(data, model), 3)).toBeGreaterThan(0.95)
    expect([...model.shares].sort().map(share => Math.round(share * 10) / 10)).toEqual([0.2, 0.3, 0.5])
  })

  it('does so with a third of the values missing, and a row of nothing belongs by the shares', () => {
    const data = draw(1500, 0.33)
    data.codes.fill(-1, 0, 8)
    const model = fitClasses(data, 3, { seed: 1 })
    const rows = belongings(data, model)
    expect(agreement(data, rows, 3)).toBeGreaterThan(0.9)
    for (let c = 0; c < 3; c++) expect(rows[c]!).toBeCloseTo(model.shares[c]!, 5)
  })

  it('finds one class where there is one', () => {
    const random = createRandom(5)
    const codes = Int8Array.from({ length: 600 * 5 }, () => random.integer(2))
    expect(chooseClasses({ n: 600, levels: [2, 2, 2, 2, 2], codes }, 5, { seed: 2 }).k).toBe(1)
  })

  it('gives the same model for the same seed, with probabilities that add up', () => {
    const data = draw(400)
    const [a, b] = [fitClasses(data, 3, { seed: 9 }), fitClasses(data, 3, { seed: 9 })]
    expect(a).toEqual(b)
    expect(a.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10)
    for (const table of a.given)
      for (let c = 0; c < 3; c++)
        expect(table[c * 3]! + table[c * 3 + 1]! + table[c * 3 + 2]!).toBeCloseTo(1, 10)
  })

  it('never becomes less likely with more classes', () => {
    const data = draw(500)
    const fits = [1, 2, 3, 4].map(k => fitClasses(data, k, { seed: 3 }).logLikelihood)
    for (let i = 1; i < fits.length; i++) expect(fits[i]!).toBeGreaterThan(fits[i - 1]! - 1)
  })
})
