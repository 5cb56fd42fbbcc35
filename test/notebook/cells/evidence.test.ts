/** A claim with too little behind it is listed as weak and never the finding, by settings and by a cell's own option. */
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../server/config.ts'
import type { Evidence } from '../../../server/insight/evidence.ts'
import type { BlockResult } from '../../../server/notebook/model.ts'
import { freshDatabases } from '../../support/databases.ts'
import { loadFacts } from '../../support/facts.ts'
import { runText } from '../../support/notebooks.ts'

const insightOf = ({ outputs }: BlockResult) => outputs.find(output => output.type === 'insight')!
const findingOf = ({ outputs }: BlockResult) =>
  outputs
    .flatMap(output => (output.type === 'text' && output.role === 'finding' ? output.markdown : []))
    .join()

describe('evidence thresholds', () => {
  const open = freshDatabases('sqlite')
  async function run(body: string, evidence?: Evidence) {
    const { database } = await open()
    await loadFacts(database)
    const text = `---\ntitle: Т\nlanguage: ru\n---\n\`\`\`${body}\n\`\`\`\n`
    const { blocks } = await runText(text, database, { parts: { evidence } })
    expect(blocks[0]!.error).toBeNull()
    return blocks[0]!
  }

  it('are three clients and three passages by default', async () => {
    expect(readConfig({}).evidence).toEqual({ clients: 3, spans: 3 })
    const block = await run('questions')
    expect(insightOf(block)).toMatchObject({ least: { clients: 3, spans: 3 } })
    expect(insightOf(block).claims.every(claim => !claim.weak)).toBe(true)
    expect(findingOf(block)).toContain('монтаж входит в цену?')
  })

  it('come from settings, and with too little everywhere nothing is a finding', async () => {
    const block = await run('questions', { clients: 1000, spans: 1 })
    expect(insightOf(block).claims.every(claim => claim.weak)).toBe(true)
    expect(findingOf(block)).not.toContain('монтаж')
    expect(findingOf(block)).toContain('не стоит достаточно клиентов')
  })

  it('come from the cell first, each by itself', async () => {
    const settings = { clients: 1000, spans: 1000 }
    expect(
      insightOf(await run('questions\nevidence: { clients: 1, spans: 1 }', settings)).claims.some(
        claim => claim.weak,
      ),
    ).toBe(false)
    expect(
      insightOf(await run('questions\nevidence: { clients: 1 }', settings)).claims.every(claim => claim.weak),
    ).toBe(true)
    const asked = await run('ask\nquestion: Сколько ждать доставку?\nevidence: { clients: 500 }')
    expect(insightOf(asked)).toMatchObject({ least: { clients: 500, spans: 3 } })
    expect(insightOf(asked).claims.every(claim => claim.weak)).toBe(true)
  })
})
