import { expect, it } from 'vitest'
import { generateDemo } from '../../../data/demo/generator/generate.ts'
import { adPlatforms } from '../../../server/insight/ad-platforms.ts'
import { buildPersonas } from '../../../server/insight/persona-build.ts'
import type { InsightOutput, Table, TableOutput } from '../../../server/notebook/output.ts'
import { findPersonalData } from '../../../server/privacy/mask.ts'
import { sql } from '../../../server/store/sql.ts'
import { eachDatabase } from '../../support/databases.ts'
import { writeDemoClients } from '../../support/demo-tables.ts'
import { runText } from '../../support/notebooks.ts'

const text = `---
title: Объявления
---
\`\`\`ads all
limit: 15
\`\`\`

\`\`\`ads one
persona: p-1
platforms: [vk]
\`\`\`

\`\`\`ads nobody
city: Атлантида
\`\`\`
`

/** Limits as the platforms publish them, written down here once more, and a count of code points of its own. */
const limits: Record<string, number> = {
  'yandex_combinatorial title': 56,
  'yandex_combinatorial text': 81,
  'yandex_text title': 56,
  'yandex_text title2': 45,
  'yandex_text text': 96,
  'vk title': 40,
  'vk text': 90,
  'google headline': 30,
  'google description': 90,
  'telegram text': 160,
}
const pointsOf = (line: string) => line.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '.').length

const column = (table: Table, name: string) => {
  const at = table.columns.findIndex(candidate => candidate.name === name)
  return table.rows.map(row => row[at])
}

eachDatabase('the ads cell', open => {
  it('sets lines within limits, of phrases that were said, with tables to import', async () => {
    const { database } = await open()
    const { clients } = generateDemo({ clients: 700, seed: 4, language: 'ru' })
    await writeDemoClients(database, [...clients()], { mentions: true })
    await buildPersonas(database, { now: '2026-11-01 00:00:00', language: 'ru' })
    const result = await runText(text, database, { parts: { today: '2026-10-31' } })
    expect(result.blocks.flatMap(block => block.error ?? [])).toEqual([])
    const [all, one, nobody] = result.blocks.filter(block => block.outputs.length > 0)

    const claims = all!.outputs
      .filter((output): output is InsightOutput => output.type === 'insight')
      .flatMap(output => output.claims)
    const strong = claims.filter(({ weak }) => !weak)
    expect(strong.length).toBeGreaterThan(8)
    const said = await database.query<{
      client_id: string
      conversation_id: string
      n: number
      text: string
    }>(sql`select client_id, conversation_id, n, text from utterances`)
    const utterance = new Map(said.map(row => [`${row.client_id} ${row.conversation_id} ${row.n}`, row.text]))
    for (const claim of claims) {
      expect(claim.quotes.length, claim.text).toBeGreaterThan(0)
      for (const { ref, text: quote } of claim.quotes)
        expect(quote).toBe(
          utterance.get(`${ref.client_id} ${ref.conversation_id} ${ref.n}`)!.slice(ref.from, ref.to),
        )
      expect(findPersonalData(claim.text), claim.text).toEqual([])
      // There are no pages here, so that no number and no price has a source.
      expect(claim.text).not.toMatch(/\d/)
      if (!claim.weak) expect(claim.clients).toBeGreaterThanOrEqual(3)
    }

    const tables = all!.outputs.filter((output): output is TableOutput => output.type === 'table')
    let lines = 0
    for (const { id, label, fields } of adPlatforms) {
      const table = tables.find(({ title }) => title === label.ru)?.table
      // Google wants two descriptions, and without pages there may be but one.
      if (id === 'google' && !table) continue
      expect(table, id).toBeDefined()
      for (const field of fields) {
        const max = limits[`${id} ${field.id}`]!
        const headers = Array.from({ length: field.most }, (_, i) => field.column.replace('#', String(i + 1)))
        for (const line of headers.flatMap(header => column(table!, header))) {
          if (line === null) continue
          lines++
          expect(pointsOf(String(line)), `${id}: ${line}`).toBeLessThanOrEqual(max)
          expect(String(line)).toMatch(/^[\p{Lu}]/u)
        }
      }
    }
    expect(lines).toBeGreaterThan(20)
    expect(one!.outputs.filter(({ type }) => type === 'table')).toHaveLength(1)
    expect(nobody!.outputs[0]).toMatchObject({
      markdown: expect.stringMatching(/объявлений пока не собрать/),
    })
  })
})
