import { expect, it } from 'vitest'
import { generateDemo } from '../../../data/demo/generator/generate.ts'
import { buildPersonas } from '../../../server/insight/persona-build.ts'
import type { InsightOutput } from '../../../server/notebook/output.ts'
import { sql } from '../../../server/store/sql.ts'
import { eachDatabase } from '../../support/databases.ts'
import { writeDemoClients } from '../../support/demo-tables.ts'
import { runText } from '../../support/notebooks.ts'

const text = `---
title: Портреты
---
\`\`\`personas all
themes: 2
\`\`\`

\`\`\`brief card
{}
\`\`\`

\`\`\`audience back
rule: lost_price
\`\`\`
`

eachDatabase('cells of personas, brief and audience', open => {
  it('agree with the tables, show evidence and no contact data', async () => {
    const { database } = await open()
    const { clients } = generateDemo({ clients: 300, seed: 4, language: 'ru' })
    const rows = [...clients()]
    await writeDemoClients(database, rows, { mentions: true })
    await database.upsert(
      'client_contacts',
      ['client_id', 'name', 'phone', 'email'],
      rows.map(({ client: { client_id, name, phone } }) => ({
        client_id,
        name,
        phone,
        email: `${client_id.replace(/\D/g, '')}@secret.example`,
      })),
    )
    await buildPersonas(database, { now: '2026-11-01 00:00:00', language: 'ru' })
    const result = await runText(text, database, { parts: { today: '2026-10-31' } })
    expect(result.blocks.flatMap(block => block.error ?? [])).toEqual([])
    const [personas, brief, audience] = result.blocks.filter(block => block.outputs.length > 0)
    const sizes = await database.query<{ persona_id: string; clients: number }>(
      sql`select persona_id, count(*) as clients from client_personas group by persona_id order by clients desc, persona_id`,
    )
    const table = personas!.outputs.find(output => output.type === 'table')!.table
    const at = (name: string) => table.columns.findIndex(column => column.name === name)
    expect(table.rows.map(row => [row[at('persona_id')], row[at('clients')]])).toEqual(
      sizes.map(row => [row.persona_id, row.clients]),
    )
    const insights = personas!.outputs.filter((output): output is InsightOutput => output.type === 'insight')
    expect(insights.filter(({ title }) => title === 'Что отличает').length).toBe(sizes.length)
    for (const claim of insights.flatMap(({ claims }) => claims))
      expect(claim.kind === 'trait' || claim.weak || claim.quotes.length > 0, claim.text).toBe(true)
    expect(brief!.outputs[0]).toMatchObject({ type: 'text', role: 'finding' })
    expect(audience!.outputs[0]).toMatchObject({ markdown: expect.stringMatching(/^По правилу подходят/) })
    expect(JSON.stringify(result)).not.toContain('@secret.example')
  })

  it('say what is missing when nothing is there', async () => {
    const { database } = await open()
    const result = await runText(text, database)
    expect(
      result.blocks.flatMap(({ outputs }) =>
        outputs.flatMap(output => ('markdown' in output ? output.markdown : [])),
      ),
    ).toEqual([
      expect.stringMatching(/^Портретов пока нет/),
      'Открытых сделок нет. Выберите сделку или клиента.',
      'По этому правилу клиентов нет.',
    ])
  })

  it('an audience without what its rule needs is told so', async () => {
    const { database } = await open()
    const result = await runText('---\ntitle: A\n---\n```audience up\nrule: upsell\n```\n', database)
    expect(result.blocks.flatMap(block => block.error?.message ?? [])).toEqual([
      expect.stringContaining('bought'),
    ])
  })
})
