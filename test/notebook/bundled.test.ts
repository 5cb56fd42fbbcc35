/** The notebooks that come with Verbatim, each on both databases. */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { NotebookResult } from '../../server/notebook/model.ts'
import type { Quote } from '../../server/notebook/output.ts'
import type { Database, Dialect } from '../../server/store/database.ts'
import { freshDatabases } from '../support/databases.ts'
import { loadFacts, makeFacts } from '../support/facts.ts'
import { runFile } from '../support/notebooks.ts'

const folder = resolve(import.meta.dirname, '../../notebooks')
const names = readdirSync(folder).filter(file => file.endsWith('.md'))

/** Every quote that a result holds. */
function quotesOf(result: NotebookResult): Quote[] {
  return result.blocks.flatMap(block =>
    block.outputs.flatMap(output =>
      output.type === 'insight' ? output.claims.flatMap(claim => claim.quotes) : [],
    ),
  )
}

describe('bundled notebooks', () => {
  const open = Object.fromEntries(
    (['sqlite', 'postgres'] as const).map(dialect => [dialect, freshDatabases(dialect)]),
  ) as Record<Dialect, ReturnType<typeof freshDatabases>>

  async function runBoth(work: (database: Database) => Promise<unknown>): Promise<[unknown, unknown]> {
    const both: unknown[] = []
    for (const dialect of ['sqlite', 'postgres'] as const) {
      const { database } = await open[dialect]()
      both.push(await work(database))
    }
    return both as [unknown, unknown]
  }

  it('run without a failed cell and give the same on both databases, with facts, filtered, and without any', async () => {
    expect(names.length).toBeGreaterThanOrEqual(4)
    const [sqlite, postgres] = await runBoth(async database => {
      const results: Record<string, unknown> = {}
      const runAll = async (what: string, values: Record<string, string>) => {
        for (const name of names) {
          const result = await runFile(join(folder, name), database, { values })
          const failed = result.blocks.flatMap(({ id, error }) =>
            error ? [`${name} ${id}: ${error.message}`] : [],
          )
          expect([...failed, ...result.errors], what).toEqual([])
          results[`${what} ${name}`] = result
        }
      }
      await runAll('empty', {})
      await loadFacts(database)
      await runAll('by default', {})
      await runAll('filtered', { period: '2026-02-01..2026-04-30', source: 'vk,google' })
      await runAll('whole', { period: 'all' })
      return results
    })
    expect(postgres).toEqual(sqlite)
  })

  it('every quote is byte-equal to the slice of the stored utterance that its reference names', async () => {
    const said = new Map(
      makeFacts().utterances.map(row => [`${row.client_id} ${row.conversation_id} ${row.n}`, row]),
    )
    const { database } = await open.sqlite()
    await loadFacts(database)
    const result = await runFile(join(folder, '03-questions.md'), database, { values: { period: 'all' } })
    const quotes = quotesOf(result)
    expect(quotes.length).toBeGreaterThan(15)
    for (const { ref, text, speaker } of quotes) {
      const source = said.get(`${ref.client_id} ${ref.conversation_id} ${ref.n}`)!
      expect(Buffer.from(text)).toEqual(Buffer.from(source.text.slice(ref.from, ref.to)))
      expect(speaker).toBe('client')
    }
  })
})
