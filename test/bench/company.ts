/** A company of a size, generated, imported and mined once; benchmarks that ask of it share the folder. */
import { existsSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeDemo } from '../../data/demo/generator/main.ts'
import { mine } from '../../server/mining/pipeline.ts'
import { importFile } from '../../server/sources/ingest.ts'
import { openInput } from '../../server/sources/recognise.ts'
import type { Database } from '../../server/store/database.ts'
import { openDatabase } from '../../server/store/open.ts'

const settings = { timeZone: 'Europe/Moscow', currency: 'RUB' }

export interface Company {
  database: Database
  dataDir: string
  /** Seconds that import and mining took, when they ran now; null when the folder was there. */
  importS: number | null
  miningS: number | null
}

/** The company with `clients` clients: about 1.1 deals and 8 utterances a client. */
export async function openCompany(clients: number): Promise<Company> {
  const root = join(tmpdir(), `verbatim-bench-${clients}`)
  const dataDir = join(root, 'data')
  const done = join(root, 'done')
  if (existsSync(done))
    return { database: await openDatabase({ dataDir }), dataDir, importS: null, miningS: null }
  await rm(root, { recursive: true, force: true })
  process.stderr.write(`generating ${clients} clients …\n`)
  await writeDemo({ clients, seed: 4, language: 'ru' }, root)
  const database = await openDatabase({ dataDir })
  const began = performance.now()
  const folder = join(root, 'ru')
  for (const file of (await readdir(folder)).sort()) {
    process.stderr.write(`importing ${file} …\n`)
    await importFile(database, await openInput(join(folder, file)), settings)
  }
  const imported = performance.now()
  process.stderr.write('mining …\n')
  await mine(database, { now: '2026-11-01 00:00:00' })
  const mined = performance.now()
  await writeFile(done, '')
  return { database, dataDir, importS: (imported - began) / 1000, miningS: (mined - imported) / 1000 }
}
