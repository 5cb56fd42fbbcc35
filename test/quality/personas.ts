/** Personas of the demo against those planted, as mined from its words; and how many clients stay when more come. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { committed, generateDemo } from '../../data/demo/generator/generate.ts'
import type { ClientRows } from '../../data/demo/generator/rows.ts'
import { buildPersonas } from '../../server/insight/persona-build.ts'
import { mine } from '../../server/mining/pipeline.ts'
import { openDatabase } from '../../server/store/open.ts'
import { sql } from '../../server/store/sql.ts'
import { adjustedRand } from '../support/adjusted-rand.ts'
import { writeDemoClients } from '../support/demo-tables.ts'
import type { QualityRow } from './run.ts'

const now = '2026-11-01 00:00:00'

async function measureLanguage(language: 'ru' | 'en'): Promise<QualityRow[]> {
  const { clients: size, seed } = committed[language]
  // Clients come in the order in which they came: the last sixth is a fifth more than the rest.
  const all = [...generateDemo({ clients: size, seed, language }).clients()]
  const first = all.slice(0, Math.round(size / 1.2))
  const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-personas-'))
  const database = await openDatabase({ dataDir })
  const build = async (rows: readonly ClientRows[], revision: number, firstAlias: number) => {
    await writeDemoClients(database, rows, { revision, firstAlias })
    await mine(database, { now })
    await buildPersonas(database, { now, language })
    const found = await database.query<{ client_id: string; persona_id: string }>(
      sql`select client_id, persona_id from client_personas`,
    )
    return new Map(found.map(row => [row.client_id, row.persona_id]))
  }
  const agreement = (rows: readonly ClientRows[], found: ReadonlyMap<string, string>) =>
    adjustedRand(
      rows.map(({ client }) => client.persona),
      rows.map(({ client }) => found.get(client.client_id)!),
    )
  try {
    const before = await build(first, 1, 1)
    const after = await build(all.slice(first.length), 2, first.length + 1)
    const stayed = [...before].filter(([client, persona]) => after.get(client) === persona).length
    return [
      {
        name: `${language}: adjusted Rand index, ${first.length} clients`,
        value: agreement(first, before),
        aim: 0.6,
      },
      { name: `${language}: adjusted Rand index, a fifth more`, value: agreement(all, after), aim: 0.6 },
      { name: `${language}: clients in the persona of the same id`, value: stayed / before.size, aim: 0.95 },
      { name: `${language}: personas found`, value: new Set(after.values()).size, aim: null },
    ]
  } finally {
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

export default async function measure(): Promise<QualityRow[]> {
  return [...(await measureLanguage('ru')), ...(await measureLanguage('en'))]
}
