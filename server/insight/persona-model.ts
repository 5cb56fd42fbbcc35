/** The division of clients into personas: found anew, or carried on from the last time so that ids keep their clients. */
import { fnv1a } from '../lib/hash.ts'
import { belongings, chooseClasses, type LatentClasses, refineClasses } from '../lib/latent-classes.ts'
import type { Categories } from '../lib/latent-rows.ts'
import type { Connection } from '../store/database.ts'
import { sql } from '../store/sql.ts'
import type { PersonaFacts } from './persona-facts.ts'
import { chooseVariables, encode, type Variable } from './persona-variables.ts'

/** What is kept between runs, as JSON. */
export interface KeptModel {
  variables: Variable[]
  /** Persona of each class. */
  personas: string[]
  shares: number[]
  given: number[][]
  /** Clients when the number of classes was chosen. */
  chosenFor: number
  /** Versions of the facts that it was brought up to. */
  facts: string
}

export interface Division {
  variables: Variable[]
  model: LatentClasses
  /** Class of each client, and how sure that is, 0 … 1. */
  classes: Int16Array
  shares: Float32Array
}

/** Clients on which the number of classes is chosen; the model is then fitted to all. */
const SAMPLE = 4_000
const MOST_CLASSES = 12
/** Many, since a start may end in a division that is good only around itself. */
const STARTS = 6
/** Enough to tell numbers of classes apart; the model chosen goes on over all clients. */
const ROUNDS = 60
const SEED = 1
/** The number of classes is chosen anew when the clients have grown so much since. */
const GROWTH = 1.5

const STATE = 'personas'

export async function readModel(connection: Connection): Promise<KeptModel | null> {
  const [row] = await connection.query<{ value: string }>(
    sql`select value from app.mining_state where name = ${STATE}`,
  )
  return row ? (JSON.parse(row.value) as KeptModel) : null
}

export async function writeModel(connection: Connection, model: KeptModel): Promise<void> {
  await connection.upsert('mining_state', ['name', 'value'], [{ name: STATE, value: JSON.stringify(model) }])
}

/** Whether the clients have outgrown the division. */
export const isOutgrown = (kept: KeptModel, clients: number): boolean => clients >= kept.chosenFor * GROWTH

/** Divides the clients afresh; the number of classes is chosen on a sample that hardly changes as clients come. */
export function divideAnew(facts: PersonaFacts): Division {
  const variables = chooseVariables(facts)
  const data = encode(facts, variables)
  const chosen = chooseClasses(sampleOf(data, facts.ids), MOST_CLASSES, {
    seed: SEED,
    starts: STARTS,
    rounds: ROUNDS,
  })
  return settle(variables, data, refineClasses(data, chosen))
}

/** Goes on from a kept division: the same classes, moved to where the clients are now. */
export function divideOn(facts: PersonaFacts, kept: KeptModel): Division {
  const data = encode(facts, kept.variables)
  const start: LatentClasses = {
    k: kept.shares.length,
    shares: Float64Array.from(kept.shares),
    given: kept.given.map(table => Float64Array.from(table)),
    logLikelihood: Number.NEGATIVE_INFINITY,
    bic: Number.POSITIVE_INFINITY,
  }
  return settle(kept.variables, data, refineClasses(data, start))
}

function settle(variables: Variable[], data: Categories, model: LatentClasses): Division {
  const { k } = model
  const rows = belongings(data, model)
  const classes = new Int16Array(data.n)
  const shares = new Float32Array(data.n)
  for (let i = 0; i < data.n; i++) {
    let top = 0
    for (let c = 1; c < k; c++) if (rows[i * k + c]! > rows[i * k + top]!) top = c
    classes[i] = top
    shares[i] = rows[i * k + top]!
  }
  return { variables, model, classes, shares }
}

/** The clients with the smallest hashes: another client more or less changes the sample by one. */
function sampleOf(data: Categories, ids: readonly string[]): Categories {
  if (data.n <= SAMPLE) return data
  const m = data.levels.length
  const hashes = Uint32Array.from(ids, fnv1a)
  const border = Uint32Array.from(hashes).sort()[SAMPLE]!
  const chosen = [...hashes.keys()].filter(i => hashes[i]! < border)
  const codes = new Int16Array(chosen.length * m)
  for (const [at, i] of chosen.entries()) codes.set(data.codes.subarray(i * m, i * m + m), at * m)
  return { n: chosen.length, levels: data.levels, codes }
}
