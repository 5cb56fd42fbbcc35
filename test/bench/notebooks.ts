/**
 * Server start, and the bundled notebooks over 100,000 deals and 1,000,000 utterances: cold, unchanged, and with one input
 * changed. The company is made at the first run and kept in the system's folder for temporary files.
 */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { rank } from '../../server/jobs/rank.ts'
import { engineFingerprint } from '../../server/notebook/engine.ts'
import { createKeptCells } from '../../server/notebook/kept-cells.ts'
import { loadKinds } from '../../server/notebook/kinds.ts'
import { readNotebook } from '../../server/notebook/library.ts'
import { type RunParts, runNotebook } from '../../server/notebook/run.ts'
import type { Database, Reader } from '../../server/store/database.ts'
import { sql } from '../../server/store/sql.ts'
import { freePort } from '../support/free-port.ts'
import { type BenchRow, median } from './bench.ts'
import { openCompany } from './company.ts'

const CLIENTS = 128_000
const root = join(import.meta.dirname, '../..')
const notebooks = ['01-overview', '02-segments', '03-questions']

export default async function bench(): Promise<BenchRow[]> {
  const company = await openCompany(CLIENTS)
  const rows: BenchRow[] = []
  const [{ deals, utterances }] = (await company.database.query<{ deals: number; utterances: number }>(
    sql`select (select count(*) from deals) as deals, (select count(*) from utterances) as utterances`,
  )) as [{ deals: number; utterances: number }]
  rows.push({ name: 'deals', value: deals, unit: '', aim: { kind: 'min', value: 100_000 } })
  rows.push({ name: 'utterances', value: utterances, unit: '', aim: { kind: 'min', value: 1_000_000 } })
  rows.push({
    name: 'server start to first answer',
    value: await measureStart(company.dataDir),
    unit: 's',
    aim: { kind: 'max', value: 0.4 },
  })
  for (const name of notebooks) rows.push(...(await measureNotebook(name, company)))
  await company.database.close()
  return rows
}

async function measureNotebook(name: string, { database }: { database: Database }): Promise<BenchRow[]> {
  const { notebook } = await readNotebook(join(root, 'notebooks', `${name}.md`))
  let queries = 0
  const reader: Reader = {
    dialect: database.reader.dialect,
    read: (statement, options) => {
      queries++
      return database.reader.read(statement, options)
    },
  }
  const run = async (values: Record<string, string>, cache: RunParts['cache']) => {
    const parts = {
      kinds: await loadKinds(),
      reader,
      versions: () => database.versions(),
      today: '2026-10-31',
      currency: 'RUB',
      engine: await engineFingerprint(),
      rank,
      model: null,
      cache,
    }
    const began = performance.now()
    queries = 0
    const result = await runNotebook(
      { id: 'bench', notebook, values, signal: new AbortController().signal, emit: () => {} },
      parts,
    )
    const failed = [...result.outcomes].filter(([, outcome]) => outcome.state === 'failed')
    if (failed.length > 0) throw new Error(`${name}: ${JSON.stringify(failed[0])}`)
    return (performance.now() - began) / 1000
  }
  const cold: number[] = []
  const unchanged: number[] = []
  const changed: number[] = []
  let asked = 0
  const other: Record<string, string> = notebook.inputs.some(input => input.name === 'source')
    ? { source: 'vk' }
    : { period: 'last 60 days' }
  for (let i = 0; i < 3; i++) {
    await database.run(sql`delete from app.cell_cache`)
    const cache = createKeptCells(database)
    cold.push(await run({}, cache))
    await cache.flush()
    unchanged.push(await run({}, cache))
    asked += queries
    changed.push(await run(other, cache))
    await cache.flush()
  }
  return [
    { name: `${name}, cold`, value: median(cold), unit: 's', aim: { kind: 'max', value: 3 } },
    {
      name: `${name}, unchanged`,
      value: median(unchanged) * 1000,
      unit: 'ms',
      aim: { kind: 'max', value: 50 },
    },
    { name: `${name}, unchanged: queries`, value: asked, unit: '', aim: { kind: 'max', value: 0 } },
    {
      name: `${name}, ${Object.keys(other)[0]} changed`,
      value: median(changed),
      unit: 's',
      aim: { kind: 'max', value: 0.5 },
    },
  ]
}

/** Seconds from starting the process to the first answer of /healthz; the median of five. */
async function measureStart(dataDir: string): Promise<number> {
  const taken: number[] = []
  for (let i = 0; i < 6; i++) {
    const port = await freePort()
    const began = performance.now()
    const server = spawn(
      process.execPath,
      ['server/main.ts', 'serve', '--port', String(port), '--data', dataDir],
      {
        cwd: root,
        stdio: 'ignore',
      },
    )
    const ended = new Promise(resolve => server.once('exit', resolve))
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null)
      if (answer?.ok) break
      if (performance.now() - began > 30_000) throw new Error('The server did not start')
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    // The first start only fills the compile cache.
    if (i > 0) taken.push((performance.now() - began) / 1000)
    server.kill('SIGTERM')
    await ended
  }
  return median(taken)
}
