/** The brief for a deal, with a million utterances stored: the middle and the slowest of a hundred deals. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateDemo } from '../../data/demo/generator/generate.ts'
import { readBrief } from '../../server/insight/brief.ts'
import { buildPersonas } from '../../server/insight/persona-build.ts'
import { openDatabase } from '../../server/store/open.ts'
import { sql } from '../../server/store/sql.ts'
import { writeDemoClients } from '../support/demo-tables.ts'
import { type BenchRow, median } from './bench.ts'

const CLIENTS = 126_000
const DEALS = 100

export default async function bench(): Promise<BenchRow[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-bench-briefs-'))
  const database = await openDatabase({ dataDir })
  try {
    process.stderr.write('writing clients …\n')
    await writeDemoClients(database, generateDemo({ clients: CLIENTS, seed: 4, language: 'ru' }).clients(), {
      mentions: true,
    })
    await buildPersonas(database, { now: '2026-11-01 00:00:00', language: 'ru' })
    const [count] = await database.query<{ n: number }>(sql`select count(*) as n from utterances`)
    const deals = await database.query<{ deal_id: string }>(
      sql`select deal_id from deals order by deal_id limit ${DEALS * 1000}`,
    )
    const taken: number[] = []
    for (let i = 0; i < DEALS; i++) {
      const start = performance.now()
      await readBrief((statement, options) => database.reader.read(statement, options), {
        deal: deals[i * Math.floor(deals.length / DEALS)]!.deal_id,
      })
      taken.push(performance.now() - start)
    }
    return [
      { name: 'utterances stored', value: count!.n, unit: '', aim: { kind: 'min', value: 1_000_000 } },
      { name: 'brief of a deal, median', value: median(taken), unit: 'ms', aim: { kind: 'max', value: 30 } },
      { name: 'brief of a deal, slowest', value: Math.max(...taken), unit: 'ms', aim: null },
    ]
  } finally {
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
