/** The overview's shared page of the demo in a real browser: its weight, when it is there, and what of it needs scripts. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BenchRow, median } from './bench.ts'

const VISITS = 9
/** Set in the page before anything of it: told once the frame after everything was laid out is painted. */
const WATCH = `addEventListener('DOMContentLoaded', () =>
  requestAnimationFrame(() => setTimeout(() => { self.drawn = performance.now() })))`
const READ = `({
  paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
  drawn: self.drawn ?? null,
  blank: [...document.querySelectorAll('svg')].filter(svg => svg.checkVisibility() && svg.getBoundingClientRect().width === 0).length,
})`

export default async function bench(): Promise<BenchRow[]> {
  const [{ createService }, { listen }, { readConfig }, { openDatabase }, { loadDemo }, { startBrowser }] =
    await Promise.all([
      import('../../server/api/service.ts'),
      import('../../server/api/listen.ts'),
      import('../../server/config.ts'),
      import('../../server/store/open.ts'),
      import('../../server/cli/demo-data.ts'),
      import('../support/browser.ts'),
    ])
  const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-bench-'))
  const config = readConfig({ VERBATIM_DATA: dataDir, VERBATIM_PORT: '0' })
  const database = await openDatabase({ dataDir })
  const io = { stdin: process.stdin, out() {}, note() {}, progress() {} }
  const folder = resolve(import.meta.dirname, '../../data/demo/ru')
  await loadDemo({ database, config, folder, io, signal: AbortSignal.timeout(200_000) })
  const service = createService(config, database)
  const { address, close } = await listen(service, config)
  const { token } = await service.parts.shares.create(
    {
      notebook: '01-overview',
      values: {},
      mode: 'frozen',
      expires: '1d',
      password: null,
      confirmed: true,
      downloads: false,
      readerInputs: 'locked',
      author: null,
    },
    AbortSignal.timeout(60_000),
  )
  const url = `${address}/r/${token}`
  const packed = await service.app.request(`/r/${token}`, { headers: { 'accept-encoding': 'gzip' } })
  const bytes = (await packed.arrayBuffer()).byteLength
  const browser = await startBrowser()
  const visits: { paint: number; drawn: number; faces: number }[] = []
  for (let i = 0; i <= VISITS; i++) {
    // A context of its own: nothing is cached, as for somebody who was never here.
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addInitScript(WATCH)
    const page = await context.newPage()
    let faces = 0
    page.on('response', response => {
      if (response.url().includes('/r/faces/')) faces += Number(response.headers()['content-length'] ?? 0)
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    const { paint, drawn, blank } = (await page.evaluate(READ)) as Record<string, number>
    if (blank !== 0) throw new Error(`${blank} charts are blank`)
    // The first visit warms the server and the browser up.
    if (i > 0) visits.push({ paint: paint!, drawn: drawn!, faces })
    await context.close()
  }
  const plain = await browser.newContext({ javaScriptEnabled: false })
  const page = await plain.newPage()
  await page.goto(url)
  const count = (selector: string) => page.locator(selector).count()
  const [charts, tables, quotes, scripts] = [
    await count('.vb-svg--wide'),
    await count('table'),
    await count('.vb-quote'),
    await count('script'),
  ]
  await browser.close()
  await close()
  await database.close()
  await rm(dataDir, { recursive: true, force: true })
  return [
    { name: 'page, gzip', value: bytes / 1000, unit: 'kB', aim: { kind: 'max', value: 30 } },
    {
      name: 'faces that follow (woff2)',
      value: median(visits.map(visit => visit.faces)) / 1000,
      unit: 'kB',
      aim: null,
    },
    {
      name: 'first contentful paint',
      value: median(visits.map(visit => visit.paint)),
      unit: 'ms',
      aim: { kind: 'max', value: 200 },
    },
    {
      name: 'last chart drawn',
      value: median(visits.map(visit => visit.drawn)),
      unit: 'ms',
      aim: { kind: 'max', value: 200 },
    },
    { name: 'without JavaScript: charts', value: charts, unit: '', aim: { kind: 'min', value: 1 } },
    { name: 'without JavaScript: tables', value: tables, unit: '', aim: { kind: 'min', value: 1 } },
    { name: 'without JavaScript: quotes', value: quotes, unit: '', aim: { kind: 'min', value: 1 } },
    { name: 'scripts', value: scripts, unit: '', aim: { kind: 'max', value: 0 } },
  ]
}
