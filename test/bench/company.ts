/**
 * A company of a size, generated and imported once and mined once; benchmarks that ask of it share the folder, which lies
 * among the system's temporary files.
 */
import { existsSync } from 'node:fs'
import { cp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeDemo } from '../../data/demo/generator/main.ts'
import { mine } from '../../server/mining/pipeline.ts'
import { importFile } from '../../server/sources/ingest.ts'
import { openInput } from '../../server/sources/recognise.ts'
import type { Database } from '../../server/store/database.ts'
import { openDatabase } from '../../server/store/open.ts'

const settings = { timeZone: 'Europe/Moscow', currency: 'RUB' }
export const NOW = '2026-11-01 00:00:00'

const rootOf = (clients: number) => join(tmpdir(), `verbatim-bench-${clients}`)

/** Makes a folder by `make` unless it was made before. */
async function once(folder: string, make: () => Promise<void>): Promise<string> {
  const done = join(folder, 'done')
  if (existsSync(done)) return folder
  await rm(folder, { recursive: true, force: true })
  await make()
  await writeFile(done, '')
  return folder
}

/** Folder of the database with everything imported and nothing mined: about 1.1 deals and 8 utterances a client. */
export function importedCompany(clients: number): Promise<string> {
  const dataDir = join(rootOf(clients), 'imported')
  return once(dataDir, async () => {
    process.stderr.write(`generating ${clients} clients …\n`)
    await writeDemo({ clients, seed: 4, language: 'ru' }, rootOf(clients))
    const database = await openDatabase({ dataDir })
    const folder = join(rootOf(clients), 'ru')
    for (const file of (await readdir(folder)).sort()) {
      process.stderr.write(`importing ${file} …\n`)
      await importFile(database, await openInput(join(folder, file)), settings)
    }
    await database.close()
    await rm(folder, { recursive: true })
  })
}

/** A copy of the imported company that a benchmark may change; removed by whoever made it. */
export async function copyOfCompany(clients: number, name: string): Promise<string> {
  const dataDir = join(rootOf(clients), name)
  await rm(dataDir, { recursive: true, force: true })
  await cp(await importedCompany(clients), dataDir, { recursive: true })
  return dataDir
}

/** The company mined. */
export async function openCompany(clients: number): Promise<{ database: Database; dataDir: string }> {
  const dataDir = join(rootOf(clients), 'mined')
  await once(dataDir, async () => {
    await cp(await importedCompany(clients), dataDir, { recursive: true })
    await rm(join(dataDir, 'done'))
    const database = await openDatabase({ dataDir })
    process.stderr.write('mining …\n')
    await mine(database, { now: NOW })
    await database.close()
  })
  return { database: await openDatabase({ dataDir }), dataDir }
}
