/**
 * Latent class analysis: rows of categorical values -> classes within which the values are independent of each other. By
 * expectation and maximisation (Dempster, Laird and Rubin, JRSS B 39, 1977; model: Lazarsfeld and Henry, 1968; Goodman,
 * Biometrika 61, 1974), from several seeded starts; a missing value adds nothing to a row's likelihood, which is right
 * when it is missing at random. Pure and deterministic.
 */
import { createRandom } from './random.ts'

export interface Categories {
  /** Rows. */
  n: number
  /** How many values each variable can take. */
  levels: readonly number[]
  /** n × levels.length, row by row: which value, or -1 where it is not known. */
  codes: Int8Array | Int16Array
}

export interface LatentClasses {
  k: number
  /** Share of each class. */
  shares: Float64Array
  /** Per variable k × levels: how likely a value is within a class. */
  given: Float64Array[]
  logLikelihood: number
  /** Schwarz's criterion (Annals of Statistics 6, 1978): the lower, the better a model earns its parameters. */
  bic: number
}

export interface FitOptions {
  seed: number
  /** Starts of which the likeliest stands: 4. */
  starts?: number
  /** Rounds at most: 200. */
  rounds?: number
}

/** Stops when a round adds less than this to the mean log-likelihood of a row. */
const TOLERANCE = 1e-6
/** Imagined rows a class: keeps a value that a class happens not to show from being impossible. */
const SMOOTHING = 1

/** The likeliest model with `k` classes. Needs at least one row. */
export function fitClasses(data: Categories, k: number, options: FitOptions): LatentClasses {
  const { starts = 4, rounds = 200 } = options
  let best: LatentClasses | null = null
  for (let start = 0; start < (k === 1 ? 1 : starts); start++) {
    const model = maximisation(data, randomBelonging(data.n, k, options.seed + start * 7919), k)
    let before = Number.NEGATIVE_INFINITY
    for (let round = 0; round < rounds; round++) {
      const belonging = new Float32Array(data.n * k)
      model.logLikelihood = expectation(data, model, belonging)
      if (model.logLikelihood - before < TOLERANCE * data.n) break
      before = model.logLikelihood
      Object.assign(model, maximisation(data, belonging, k), { logLikelihood: model.logLikelihood })
    }
    if (!best || model.logLikelihood > best.logLikelihood) best = model
  }
  const parameters = k - 1 + k * data.levels.reduce((sum, levels) => sum + levels - 1, 0)
  best!.bic = parameters * Math.log(data.n) - 2 * best!.logLikelihood
  return best!
}

/** The number of classes that Schwarz's criterion prefers, from 1 up; stops after two that are worse than the best. */
export function chooseClasses(data: Categories, most: number, options: FitOptions): LatentClasses {
  let best = fitClasses(data, 1, options)
  for (let k = 2, worse = 0; k <= most && worse < 2; k++) {
    const model = fitClasses(data, k, options)
    if (model.bic < best.bic) {
      best = model
      worse = 0
    } else worse++
  }
  return best
}

/** How much each row belongs to each class: n × k, rows summing to 1. */
export function belongings(data: Categories, model: LatentClasses): Float32Array {
  const belonging = new Float32Array(data.n * model.k)
  expectation(data, model, belonging)
  return belonging
}

function randomBelonging(n: number, k: number, seed: number): Float32Array {
  const random = createRandom(seed)
  const belonging = new Float32Array(n * k)
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let c = 0; c < k; c++) {
      // Gamma(1) draws, normalised: uniform over all mixtures, squared to lean to one class.
      const draw = Math.log(1 - random.next()) ** 2
      belonging[i * k + c] = draw
      sum += draw
    }
    for (let c = 0; c < k; c++) belonging[i * k + c]! /= sum
  }
  return belonging
}

/** Fills `belonging` by the model; returns the log-likelihood of all rows. */
function expectation(data: Categories, model: LatentClasses, belonging: Float32Array): number {
  const { n, levels, codes } = data
  const { k, shares } = model
  const m = levels.length
  const logs = model.given.map(table => table.map(Math.log))
  const logShares = shares.map(Math.log)
  const row = new Float64Array(k)
  let total = 0
  for (let i = 0; i < n; i++) {
    row.set(logShares)
    for (let v = 0; v < m; v++) {
      const code = codes[i * m + v]!
      if (code < 0) continue
      const table = logs[v]!
      const width = levels[v]!
      for (let c = 0; c < k; c++) row[c]! += table[c * width + code]!
    }
    let top = row[0]!
    for (let c = 1; c < k; c++) if (row[c]! > top) top = row[c]!
    let sum = 0
    for (let c = 0; c < k; c++) sum += Math.exp(row[c]! - top)
    const log = top + Math.log(sum)
    for (let c = 0; c < k; c++) belonging[i * k + c] = Math.exp(row[c]! - log)
    total += log
  }
  return total
}

/** The model that fits best how rows belong. */
function maximisation(data: Categories, belonging: Float32Array, k: number): LatentClasses {
  const { n, levels, codes } = data
  const m = levels.length
  const sizes = new Float64Array(k)
  const overall = levels.map(width => new Float64Array(width))
  const given = levels.map(width => new Float64Array(k * width))
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) sizes[c]! += belonging[i * k + c]!
    for (let v = 0; v < m; v++) {
      const code = codes[i * m + v]!
      if (code < 0) continue
      overall[v]![code]! += 1
      const table = given[v]!
      const width = levels[v]!
      for (let c = 0; c < k; c++) table[c * width + code]! += belonging[i * k + c]!
    }
  }
  for (let v = 0; v < m; v++) {
    const width = levels[v]!
    const known = overall[v]!.reduce((sum, count) => sum + count, 0)
    for (let c = 0; c < k; c++) {
      // The prior is how common a value is among all, and each value a little.
      const prior = (code: number) => SMOOTHING * ((overall[v]![code]! + 1) / (known + width))
      let sum = 0
      for (let code = 0; code < width; code++) sum += given[v]![c * width + code]! + prior(code)
      for (let code = 0; code < width; code++) {
        const at = c * width + code
        given[v]![at] = (given[v]![at]! + prior(code)) / sum
      }
    }
  }
  const total = sizes.reduce((sum, size) => sum + size + SMOOTHING, 0)
  const shares = sizes.map(size => (size + SMOOTHING) / total)
  return { k, shares, given, logLikelihood: Number.NEGATIVE_INFINITY, bic: Number.POSITIVE_INFINITY }
}
