import { describe, expect, it } from 'vitest'
import { UnavailableError } from '../../server/errors.ts'
import { fnv1a } from '../../server/lib/hash.ts'
import type { Embedder } from '../../server/llm/embeddings.ts'
import { mine } from '../../server/mining/pipeline.ts'
import { openSpace } from '../../server/mining/vector-space.ts'
import { BUILT_IN_ENGINE } from '../../server/mining/vectors.ts'
import type { Database } from '../../server/store/database.ts'
import { sql } from '../../server/store/sql.ts'
import { freshDatabases } from '../support/databases.ts'

const DIMENSIONS = 64

/** An endpoint whose vectors are counts of hashed words; dies after `portions` requests. */
function hashing(
  portions = Number.POSITIVE_INFINITY,
  dimensions = DIMENSIONS,
): Embedder & { asked: string[] } {
  const asked: string[] = []
  let left = portions
  return {
    name: 'embeddings:test',
    asked,
    embed: async texts => {
      if (left-- <= 0) throw new UnavailableError('The embeddings endpoint failed: it answered 500')
      asked.push(...texts)
      const vectors = new Float32Array(texts.length * dimensions)
      for (const [i, text] of texts.entries())
        for (const word of text.toLowerCase().split(/\s+/))
          vectors[i * dimensions + (fnv1a(word) % dimensions)]! += 1
      return { vectors, dimensions }
    },
  }
}

const questions = [
  'какая у вас гарантия',
  'а гарантия какая',
  'гарантия у вас какая',
  'где у офиса парковка',
  'парковка у офиса где',
  'а где парковка у офиса',
]

async function say(database: Database): Promise<void> {
  const ids = questions.map((_, i) => ({ client_id: `c${i}`, conversation_id: `k${i}` }))
  await database.upsert(
    'conversations',
    ['client_id', 'conversation_id', 'kind', 'is_missed', 'revision'],
    ids.map(id => ({ ...id, kind: 'chat', is_missed: 0, revision: 1 })),
  )
  await database.upsert(
    'utterances',
    ['client_id', 'conversation_id', 'n', 'speaker', 'text'],
    ids.map((id, i) => ({ ...id, n: 0, speaker: 'client', text: questions[i]! })),
  )
}

describe('vectors of an endpoint', () => {
  const open = freshDatabases('sqlite')
  const now = '2026-11-01 00:00:00'

  it('stand behind the themes, which name them', async () => {
    const { database } = await open()
    await say(database)
    const report = await mine(database, { now, embedder: hashing() })
    expect(report).toMatchObject({ mentions: 6, assigned: 6, newThemes: 2, warnings: [] })
    expect(await database.query(sql`select distinct engine from themes`)).toEqual([
      { engine: 'embeddings:test' },
    ])
  })

  it('are asked for once a text', async () => {
    const { database } = await open()
    const first = hashing()
    await openSpace(database, first, questions)
    const second = hashing()
    const { space } = await openSpace(database, second, [...questions, 'новое'])
    expect([first.asked.length, second.asked]).toEqual([6, ['новое']])
    const kept = space!.vectorOf(questions[0]!)!
    const given = (await hashing().embed([questions[0]!])).vectors
    const dot = kept.reduce((sum, value, i) => sum + value * given[i]!, 0)
    expect(dot / Math.hypot(...given)).toBeGreaterThan(0.999)
  })

  it('that do not come lose nothing: the built-in engine does all, and the report says so', async () => {
    const { database } = await open()
    await say(database)
    const report = await mine(database, { now, embedder: hashing(0) })
    expect(report).toMatchObject({ mentions: 6, assigned: 6, newThemes: 2 })
    expect(report.warnings).toEqual([
      'The embeddings endpoint failed: it answered 500; the built-in engine was used',
    ])
    expect(await database.query(sql`select distinct engine from themes`)).toEqual([
      { engine: BUILT_IN_ENGINE },
    ])
  })

  it('that came before the endpoint failed are kept', async () => {
    const { database } = await open()
    const many = Array.from({ length: 1500 }, (_, i) => `вопрос номер ${i}`)
    const dying = hashing(1)
    expect(await openSpace(database, dying, many)).toMatchObject({
      space: null,
      failure: expect.stringMatching(/500/),
    })
    const again = hashing()
    await openSpace(database, again, many)
    expect(again.asked).toHaveLength(1500 - 1024)
  })

  it('of another length than those kept are not mixed with them', async () => {
    const { database } = await open()
    await openSpace(database, hashing(), questions)
    const { space, failure } = await openSpace(database, hashing(9, 32), [...questions, 'новое'])
    expect(space).toBeNull()
    expect(failure).toMatch(/another length/)
  })
})
