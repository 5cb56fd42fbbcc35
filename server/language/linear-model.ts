/**
 * A logistic regression over hashed features as it is kept in a file: one signed byte a weight, in base64.
 *
 *   { "bits": 16, "scale": 0.031, "bias": -0.2, "weights": "AAH/…" }
 */
import { readFileSync } from 'node:fs'

export interface LinearModelFile {
  bits: number
  /** A weight of 1 in the file is so much. */
  scale: number
  bias: number
  weights: string
}

export interface LinearModel {
  weights: Int8Array
  scale: number
  bias: number
}

/** Reads a model beside the module of `base` (its import.meta.url). Throws when the file is damaged. */
export function readModel(name: string, base: string): LinearModel {
  const file = JSON.parse(readFileSync(new URL(name, base), 'utf8')) as LinearModelFile
  const weights = new Int8Array(Buffer.from(file.weights, 'base64'))
  if (weights.length !== 1 << file.bits) throw new Error(`${name} holds ${weights.length} weights`)
  return { weights, scale: file.scale, bias: file.bias }
}

/** The log-odds of features; above 0 more likely than not. */
export function logOdds(model: LinearModel, features: Uint16Array): number {
  let sum = 0
  for (let i = 0; i < features.length; i++) sum += model.weights[features[i]!]!
  return sum * model.scale + model.bias
}
