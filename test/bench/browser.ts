/**
 * The workbench in Chromium: how soon a notebook can be edited, what a key costs in its longest cell, how a table of
 * 100,000 rows scrolls, what the first page loads. `npm run build` comes before.
 */
import type { Browser, Page } from 'playwright-core'
import { openPage, startBrowser } from '../support/browser.ts'
import { startWorkbench, type Workbench } from '../support/workbench.ts'
import { type BenchRow, median } from './bench.ts'
import { longNotebook } from './support/browser-notebooks.ts'
import { keyProbe, openProbe, scrollProbe } from './support/browser-probes.ts'

const KEYS = 200
const TABLE_ROWS = 100_000

export default async function bench(): Promise<BenchRow[]> {
  const [browser, workbench] = await Promise.all([startBrowser(), startWorkbench()])
  try {
    await workbench.load('deals.csv')
    const rows: BenchRow[] = []
    for (const [cells, aim] of [
      [250, 1],
      [2000, 3],
    ] as const)
      rows.push(...(await measureNotebook(browser, workbench, cells, aim)))
    rows.push(...(await measureTable(browser, workbench)))
    rows.push(await measureFirstLoad(browser, workbench))
    return rows
  } finally {
    await browser.close()
    await workbench.close()
  }
}

async function measureNotebook(
  browser: Browser,
  { address }: Workbench,
  cells: number,
  aim: number,
): Promise<BenchRow[]> {
  const response = await fetch(`${address}/api/notebooks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: `${cells} cells`, language: 'en', text: longNotebook(cells) }),
  })
  const { id } = (await response.json()) as { id: string }
  const opened: number[] = []
  const shifts: number[] = []
  let keys: { work: number[]; painted: number[] } = { work: [], painted: [] }
  // The first one warms the server up: it loads the kinds of cells and fills its cache.
  for (let n = 0; n < 4; n++) {
    const { page } = await openPage(browser, { language: 'en' })
    await page.addInitScript(openProbe(cells))
    await page.goto(`${address}/notebooks/${id}#edit`)
    const { ms, shift } = (await page.evaluate('self.opened')) as { ms: number; shift: number }
    if (n > 0) {
      opened.push(ms / 1000)
      shifts.push(shift)
    }
    if (n === 3) keys = await typeIntoLongest(page)
    await page.context().close()
  }
  return [
    {
      name: `${cells} cells: until they can be edited`,
      value: median(opened),
      unit: 's',
      aim: { kind: 'max', value: aim },
    },
    {
      name: `${cells} cells: layout shift`,
      value: Math.max(...shifts),
      unit: '',
      aim: { kind: 'max', value: 0.05 },
    },
    {
      name: `${cells} cells: a key's own work, 95th percentile`,
      value: percentile95(keys.work),
      unit: 'ms',
      aim: { kind: 'max', value: 16 },
    },
    {
      name: `${cells} cells: a key until its frame, by the clock, 95th percentile`,
      value: percentile95(keys.painted),
      unit: 'ms',
      aim: null,
    },
  ]
}

/** Milliseconds of each key: of the page's own thread, and by the clock until the frame was made. */
async function typeIntoLongest(page: Page): Promise<{ work: number[]; painted: number[] }> {
  await page.locator('.cell-source-shut').first().click()
  const content = page.locator('vb-cell-editor .cm-content')
  await content.waitFor()
  await content.press('Control+Home')
  for (let n = 0; n < 20; n++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await page.evaluate(keyProbe)
  const session = await page.context().newCDPSession(page)
  // Time that the thread really had: what other programs take on a busy machine is not the page's.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
  }
  const work: number[] = []
  for (let n = 0; n < KEYS; n++) {
    const before = await spent()
    await page.keyboard.press(' abcdefgh'[n % 9]!)
    await page.evaluate('self.painted')
    work.push((await spent()) - before)
  }
  return { work, painted: (await page.evaluate('self.keys')) as number[] }
}

async function measureTable(browser: Browser, { address }: Workbench): Promise<BenchRow[]> {
  const { page } = await openPage(browser, { language: 'en' })
  await page.goto(`${address}/notebooks/01-deals`)
  await page.locator('vb-table table').first().waitFor({ state: 'attached' })
  const { fps, work, shown } = (await page.evaluate(scrollProbe(TABLE_ROWS))) as {
    fps: number
    work: number
    shown: number
  }
  await page.context().close()
  return [
    { name: 'table of 100,000 rows: frames', value: fps, unit: '/s', aim: { kind: 'min', value: 55 } },
    {
      name: 'table of 100,000 rows: work of a frame, 95th percentile',
      value: work,
      unit: 'ms',
      aim: { kind: 'max', value: 16 },
    },
    { name: 'table of 100,000 rows: until it stands', value: shown, unit: 'ms', aim: null },
  ]
}

async function measureFirstLoad(browser: Browser, { address }: Workbench): Promise<BenchRow> {
  const { page } = await openPage(browser)
  await page.goto(address)
  await page.locator('.report').first().waitFor()
  const bytes = (await page.evaluate(
    `performance.getEntriesByType('resource').filter(entry => /\\.(?:js|css)$/.test(entry.name)).reduce((sum, entry) => sum + entry.encodedBodySize, 0)`,
  )) as number
  await page.context().close()
  return {
    name: 'first load, compressed',
    value: bytes / 1000,
    unit: 'kB',
    aim: { kind: 'max', value: 100 },
  }
}

function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.95) - 1]!
}
