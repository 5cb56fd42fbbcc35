/** Personas of 100,000 clients: built from nothing, and brought up to a hundredth more; with the memory that it takes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateDemo } from '../../data/demo/generator/generate.ts'
import { buildPersonas } from '../../server/insight/persona-build.ts'
import { openDatabase } from '../../server/store/open.ts'
import { sql } from '../../server/store/sql.ts'
import { writeDemoClients } from '../support/demo-tables.ts'
import type { BenchRow } from './bench.ts'

const CLIENTS = 100_000
const watch = { now: '2026-11-01 00:00:00', language: 'ru' } as const

/** Seconds that work takes, and the most memory that the process held meanwhile, in MB. */
async function watched(work: () => Promise<unknown>): Promise<{ seconds: number; memory: number }> {
  globalThis.gc?.()
  let peak = process.memoryUsage.rss()
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 20)
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  clearInterval(timer)
  return { seconds, memory: Math.max(peak, process.memoryUsage.rss()) / 2 ** 20 }
}

export default async function bench(): Promise<BenchRow[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-bench-personas-'))
  const database = await openDatabase({ dataDir })
  try {
    process.stderr.write('writing clients …\n')
    await writeDemoClients(database, generateDemo({ clients: CLIENTS, seed: 4, language: 'ru' }).clients(), {
      mentions: true,
    })
    const first = await watched(() => buildPersonas(database, watch))
    await database.run(sql`update clients set city = 'Пенза' where alias <= ${CLIENTS / 100}`)
    const again = await watched(() => buildPersonas(database, watch))
    return [
      { name: 'built anew', value: first.seconds, unit: 's', aim: { kind: 'max', value: 10 } },
      { name: 'built anew: memory', value: first.memory, unit: 'MB', aim: { kind: 'max', value: 1024 } },
      { name: 'carried on', value: again.seconds, unit: 's', aim: { kind: 'max', value: 10 } },
      { name: 'carried on: memory', value: again.memory, unit: 'MB', aim: { kind: 'max', value: 1024 } },
    ]
  } finally {
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
