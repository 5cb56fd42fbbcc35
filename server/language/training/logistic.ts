/** Logistic regression by AdaGrad with averaged weights. Source: Duchi, Hazan, Singer 2011, without projections. */
import { createRandom } from '../../lib/random.ts'
import type { LinearModelFile } from '../linear-model.ts'

export interface Example {
  features: Uint16Array
  label: 0 | 1
  weight: number
}

const SEED = 5

/** Trains on examples over 2^bits features; the same examples give the same model. Shuffles `examples` in place. */
export function train(
  examples: Example[],
  {
    bits,
    epochs = 20,
    rate = 0.005,
    prior = 0,
  }: { bits: number; epochs?: number; rate?: number; prior?: number },
): LinearModelFile {
  const size = 1 << bits
  const weights = new Float64Array(size)
  const squares = new Float64Array(size).fill(1)
  const sum = new Float64Array(size)
  const random = createRandom(SEED)
  let bias = 0
  const averaged = Math.ceil(epochs / 2)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = examples.length - 1; i > 0; i--) {
      const j = random.integer(i + 1)
      const other = examples[j]!
      examples[j] = examples[i]!
      examples[i] = other
    }
    for (const { features, label, weight } of examples) {
      let z = bias
      for (const feature of features) z += weights[feature]!
      const gradient = (1 / (1 + Math.exp(-z)) - label) * weight
      bias -= 0.01 * gradient
      for (const feature of features) {
        squares[feature]! += gradient * gradient
        weights[feature]! -= (rate * gradient) / Math.sqrt(squares[feature]!)
      }
    }
    if (epoch >= epochs - averaged) for (let i = 0; i < size; i++) sum[i]! += weights[i]! / averaged
  }
  const largest = sum.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
  const scale = largest / 127
  const bytes = Int8Array.from(sum, weight => Math.round(weight / scale))
  return {
    bits,
    scale: Number(scale.toPrecision(6)),
    bias: Number((bias + prior).toFixed(4)),
    weights: Buffer.from(bytes.buffer).toString('base64'),
  }
}
