/** A frozen report against a bare Hono server that sends the same packed bytes, both over loopback in the same run. */
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, type createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type BenchRow, median } from './bench.ts'

const SECONDS = 3
const ROUNDS = 3
const CONNECTIONS = 32
/** Whether a link is open still, asked every two seconds; and what the clocks of schedules and messages ask. */
const OPEN_OR_CLOCK =
  /^\s*select (?:\* from app\.shares|etag from app\.share_pages|\* from app\.edition_schedules|\* from app\.deliveries) /

interface Load {
  perSecond: number
  /** Milliseconds, 99th percentile. */
  p99: number
}

/** Requests of one address for some seconds over kept connections. Runs in a worker. */
async function load(address: string): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const times: number[] = []
  const end = performance.now() + SECONDS * 1000
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const begin = performance.now()
      const sent = request(address, { agent, headers: { 'accept-encoding': 'gzip' } }, response => {
        if (response.statusCode !== 200) reject(new Error(`${address}: ${response.statusCode}`))
        response.resume()
        response.on('end', () => {
          times.push(performance.now() - begin)
          resolve()
        })
      })
      sent.on('error', reject)
      sent.end()
    })
  const loop = async () => {
    while (performance.now() < end) await ask()
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, loop))
  agent.destroy()
  times.sort((a, b) => a - b)
  return { perSecond: times.length / SECONDS, p99: times[Math.floor(times.length * 0.99)]! }
}

if (!isMainThread) parentPort!.postMessage(await load(workerData as string))

function loadInWorker(address: string): Promise<Load> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: address })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

export default async function bench(): Promise<BenchRow[]> {
  const [{ createService }, { readConfig }, { openDatabase }, { loadFacts }] = await Promise.all([
    import('../../server/api/service.ts'),
    import('../../server/config.ts'),
    import('../../server/store/open.ts'),
    import('../support/facts.ts'),
  ])
  const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-bench-'))
  const database = await openDatabase({ dataDir })
  await loadFacts(database)
  const service = createService(readConfig({ VERBATIM_DATA: dataDir }), database)
  const made = await service.parts.shares.create(
    {
      notebook: '01-overview',
      values: {},
      mode: 'frozen',
      expires: '1d',
      password: null,
      confirmed: true,
      author: null,
      downloads: false,
      readerInputs: 'locked',
    },
    AbortSignal.timeout(60_000),
  )
  const path = `/r/${made.token}`
  const sample = await service.app.request(path, { headers: { 'accept-encoding': 'gzip' } })
  const bytes = new Uint8Array(await sample.arrayBuffer())
  const headers = Object.fromEntries(sample.headers)
  const bare = new Hono().get('/page', c => c.body(bytes, 200, headers))
  const listen = (fetch: Hono['fetch']) =>
    new Promise<{ address: string; server: ReturnType<typeof createServer> }>(resolve => {
      const server = serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
        resolve({ address: `http://127.0.0.1:${port}`, server: server as ReturnType<typeof createServer> }),
      )
    })
  const [shared, plain] = [await listen(service.app.fetch), await listen(bare.fetch)]
  // From here on nothing may be asked of the database but whether the link is still open.
  let queries = 0
  const query = database.query.bind(database)
  const read = database.reader.read.bind(database.reader)
  database.query = statement => {
    const text = statement.strings.join('?')
    if (!OPEN_OR_CLOCK.test(text)) queries++
    return query(statement)
  }
  database.reader.read = (...given) => {
    queries++
    return read(...given)
  }
  const runs: { shared: Load; bare: Load }[] = []
  // In turns, so that whatever else the machine does falls on both.
  for (let i = 0; i < ROUNDS; i++)
    runs.push({
      bare: await loadInWorker(`${plain.address}/page`),
      shared: await loadInWorker(shared.address + path),
    })
  for (const { server } of [shared, plain]) server.close()
  await service.close()
  await database.close()
  await rm(dataDir, { recursive: true, force: true })
  const of = (pick: (run: { shared: Load; bare: Load }) => number) => median(runs.map(pick))
  return [
    { name: 'overview, gzip', value: bytes.length / 1000, unit: 'kB', aim: { kind: 'max', value: 30 } },
    {
      name: 'queries for views, but whether the link is open',
      value: queries,
      unit: '',
      aim: { kind: 'max', value: 0 },
    },
    { name: 'bare Hono', value: of(run => run.bare.perSecond), unit: 'requests/s', aim: null },
    { name: 'frozen report', value: of(run => run.shared.perSecond), unit: 'requests/s', aim: null },
    {
      name: 'frozen report of bare',
      value: of(run => run.shared.perSecond / run.bare.perSecond),
      unit: '×',
      aim: { kind: 'min', value: 0.5 },
    },
    {
      name: 'p99 of bare',
      value: of(run => run.shared.p99 / run.bare.p99),
      unit: '×',
      aim: { kind: 'max', value: 3 },
    },
  ]
}
