/**
 * Latent class analysis: rows of categorical values -> classes within which the values are independent of each other. By
 * expectation and maximisation (Dempster, Laird and Rubin, JRSS B 39, 1977; model: Lazarsfeld and Henry, 1968; Goodman,
 * Biometrika 61, 1974). Several seeded starts run a few rounds and the likeliest goes on (Biernacki, Celeux and Govaert,
 * Computational Statistics & Data Analysis 41, 2003). A missing value adds nothing to a row's likelihood, which is right
 * when it is missing at random. Pure and deterministic.
 */
import {
  addUp,
  type Belonging,
  type Categories,
  createExpectation,
  type LatentRows,
  layOut,
} from './latent-rows.ts'
import { createRandom } from './random.ts'

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

/** Rounds after which the likeliest start is known. */
const TRIAL_ROUNDS = 12
/** Stops when a round adds less than this to the mean log-likelihood of a row. */
const TOLERANCE = 1e-6
/** Imagined rows a class: keeps a value that a class happens not to show from being impossible. */
const SMOOTHING = 1

/** Shares, likelihoods by slot × class, and what they were made from. */
interface Model {
  k: number
  shares: Float64Array
  given: Float64Array
  logLikelihood: number
}

/** The likeliest model with `k` classes. Needs at least one row. */
export function fitClasses(data: Categories, k: number, options: FitOptions): LatentClasses {
  return fitRows(layOut(data), k, options)
}

/** The number of classes that Schwarz's criterion prefers, from 1 up; stops after two that are worse than the best. */
export function chooseClasses(data: Categories, most: number, options: FitOptions): LatentClasses {
  const rows = layOut(data)
  let best = fitRows(rows, 1, options)
  for (let k = 2, worse = 0; k <= most && worse < 2; k++) {
    const model = fitRows(rows, k, options)
    if (model.bic < best.bic) {
      best = model
      worse = 0
    } else worse++
  }
  return best
}

/** A model brought nearer to other rows of the same variables, starting from where it is. `rounds`: 30. */
export function refineClasses(data: Categories, start: LatentClasses, rounds = 30): LatentClasses {
  const laid = layOut(data)
  return close(laid, climb(laid, toModel(laid, start), rounds))
}

/** How much each row belongs to each class: n × k, rows summing to 1. */
export function belongings(data: Categories, model: LatentClasses): Float32Array {
  const { k } = model
  const rows = layOut(data)
  const { shares, given } = toModel(rows, model)
  const { belonging } = createExpectation(rows, k, shares, given)
  const all = new Float32Array(data.n * k)
  const row = new Float64Array(k)
  for (let i = 0; i < data.n; i++) {
    belonging(i, row)
    all.set(row, i * k)
  }
  return all
}

function fitRows(rows: LatentRows, k: number, { seed, starts = 4, rounds = 200 }: FitOptions): LatentClasses {
  let best: Model | null = null
  for (let start = 0; start < (k === 1 ? 1 : starts); start++) {
    const from = maximise(rows, k, randomBelonging(k, seed + start * 7919))
    const model = climb(rows, from, Math.min(rounds, TRIAL_ROUNDS))
    if (!best || model.logLikelihood > best.logLikelihood) best = model
  }
  return close(rows, climb(rows, best!, rounds - TRIAL_ROUNDS))
}

/** Rounds of expectation and maximisation until they bring no more. */
function climb(rows: LatentRows, start: Model, rounds: number): Model {
  let model = start
  let before = Number.NEGATIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const { belonging, logLikelihood } = createExpectation(rows, model.k, model.shares, model.given)
    const next = maximise(rows, model.k, belonging)
    // What was added up belongs to the model before: its likelihood is known only now.
    model.logLikelihood = logLikelihood()
    if (model.logLikelihood - before < TOLERANCE * rows.n) break
    before = model.logLikelihood
    model = { ...next, logLikelihood: before }
  }
  return model
}

/** The model that fits best how rows belong. */
function maximise(rows: LatentRows, k: number, belonging: Belonging): Model {
  const { offsets, levels } = rows
  const { sizes, counts } = addUp(rows, k, belonging)
  const given = new Float64Array(counts.length)
  for (let v = 0; v < levels.length; v++) {
    const [from, to] = [offsets[v]!, offsets[v + 1]!]
    const overall = new Float64Array(to - from)
    const known = new Float64Array(k)
    for (let slot = from; slot < to; slot++)
      for (let c = 0; c < k; c++) {
        overall[slot - from]! += counts[slot * k + c]!
        known[c]! += counts[slot * k + c]!
      }
    const all = known.reduce((sum, count) => sum + count, 0)
    for (let slot = from; slot < to; slot++) {
      // The prior is how common a value is among all, and each value a little.
      const prior = (SMOOTHING * (overall[slot - from]! + 1)) / (all + to - from)
      for (let c = 0; c < k; c++)
        given[slot * k + c] = (Math.max(0, counts[slot * k + c]!) + prior) / (known[c]! + SMOOTHING)
    }
  }
  const total = sizes.reduce((sum, size) => sum + size + SMOOTHING, 0)
  const shares = sizes.map(size => (size + SMOOTHING) / total)
  return { k, shares, given, logLikelihood: Number.NEGATIVE_INFINITY }
}

function randomBelonging(k: number, seed: number): Belonging {
  const random = createRandom(seed)
  return (_, row) => {
    let sum = 0
    for (let c = 0; c < k; c++) {
      // Gamma(1) draws, normalised: uniform over all mixtures, squared to lean to one class.
      row[c] = Math.log(1 - random.next()) ** 2
      sum += row[c]!
    }
    for (let c = 0; c < k; c++) row[c]! /= sum
  }
}

function close(rows: LatentRows, { k, shares, given, logLikelihood }: Model): LatentClasses {
  const { levels, offsets, n } = rows
  const parameters = k - 1 + k * levels.reduce((sum, width) => sum + width - 1, 0)
  const tables = levels.map((width, v) =>
    Float64Array.from(
      { length: k * width },
      (_, at) => given[(offsets[v]! + (at % width)) * k + Math.floor(at / width)]!,
    ),
  )
  return { k, shares, given: tables, logLikelihood, bic: parameters * Math.log(n) - 2 * logLikelihood }
}

function toModel(
  { levels, offsets }: LatentRows,
  { k, shares, given: tables, logLikelihood }: LatentClasses,
): Model {
  const given = new Float64Array(offsets[levels.length]! * k)
  for (const [v, width] of levels.entries())
    for (let c = 0; c < k; c++)
      for (let code = 0; code < width; code++)
        given[(offsets[v]! + code) * k + c] = tables[v]![c * width + code]!
  return { k, shares, given, logLikelihood }
}
