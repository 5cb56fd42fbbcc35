import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderReport } from '../../server/report/html.ts'
import { sampleRun } from '../report/sample-run.ts'
import { findBarriers, openPage, startBrowser } from '../support/browser.ts'

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'"
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}
const root = resolve(import.meta.dirname, '../support/outputs-page')

let browser: Browser
let folder: string
let server: Server
let address: string
let axe: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verbatim-outputs-'))
  const built = build({
    root,
    configFile: false,
    // vitest would have Lit's development build taken, which warns on the console.
    resolve: { conditions: ['module', 'browser'] },
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  })
  ;[browser, axe] = await Promise.all([
    startBrowser(),
    readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
    built,
  ])
  server = createServer((request, response) => {
    const path = join(folder, request.url === '/' ? 'index.html' : request.url!.slice(1))
    response.setHeader('content-security-policy', POLICY)
    response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream')
    readFile(path).then(
      body => response.end(body),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>(started => server.listen(0, '127.0.0.1', started))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(async () => {
  await browser?.close()
  server?.close()
  await rm(folder, { recursive: true, force: true })
})

const NOT_FOUND = [/404.*favicon/]
async function openOutputs(options: Parameters<typeof openPage>[1] = {}) {
  const opened = await openPage(browser, options, NOT_FOUND)
  await opened.page.goto(address)
  return opened
}
/** All charts, one after the other, as a reader who scrolls sees them. */
async function drawAll(page: Page): Promise<void> {
  for (const chart of await page.locator('vb-chart').all()) {
    await chart.scrollIntoViewIfNeeded()
    await chart.locator('svg').waitFor()
  }
}

describe('results in a browser under a strict content policy', () => {
  it('draws every chart in the page’s colours, and anew for another theme and width', async () => {
    const { page, faults } = await openOutputs({ theme: 'light', colorScheme: 'light' })
    await drawAll(page)
    const bar = page.locator('#asked vb-chart svg .mark-rect path').first()
    expect(await bar.getAttribute('fill')).toBe('rgb(36, 87, 168)')
    expect(await page.locator('#asked vb-chart svg').textContent()).toContain('а монтаж входит в эту цену')

    await page.evaluate(`document.documentElement.dataset.theme = 'dark'`)
    await expect.poll(() => bar.getAttribute('fill'), { timeout: 15_000 }).toBe('rgb(138, 178, 242)')

    await page.setViewportSize({ width: 360, height: 800 })
    await expect
      .poll(() => page.locator('#asked vb-chart svg').getAttribute('width'), { timeout: 15_000 })
      .toBe(String(360 - 32))
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    expect(faults).toEqual([])
  })

  it('keeps a chart’s place before it is drawn', async () => {
    const { page } = await openOutputs()
    const before = await page
      .locator('#months vb-chart')
      .evaluateAll(all => all.map(each => each.clientHeight))
    await drawAll(page)
    const after = await page
      .locator('#months vb-chart')
      .evaluateAll(all => all.map(each => each.clientHeight))
    expect(before).toHaveLength(2)
    for (const [i, height] of before.entries()) expect(Math.abs(height - after[i]!)).toBeLessThan(30)
  })

  it('tells a mark’s numbers on hover as the page writes them', async () => {
    const { page, faults } = await openOutputs()
    await drawAll(page)
    await page.locator('#months vb-chart svg .mark-rect path').last().hover()
    const tooltip = page.locator('#vg-tooltip-element')
    await tooltip.waitFor()
    expect((await tooltip.textContent())?.replaceAll('\u00a0', ' ')).toContain('3,4 млн ₽')
    expect(faults).toEqual([])
  })

  it('lets go of charts that leave, and draws those that come back', async () => {
    const { page, faults } = await openOutputs()
    await drawAll(page)
    await page.evaluate('show([])')
    expect(await page.locator('vb-chart').count()).toBe(0)
    await page.evaluate(`show(['asked'])`)
    await drawAll(page)
    expect(await page.locator('vb-chart svg').count()).toBe(1)
    expect(faults).toEqual([])
  })

  it('sorts a table by its headers and draws of a long one what is seen', async () => {
    const { page, faults } = await openOutputs()
    await page.evaluate(`show(['long'])`)
    const table = page.locator('vb-table')
    const first = () => table.locator('tbody tr').first().textContent()
    const rows = () => table.locator('tbody tr').count()
    const header = table.locator('th[scope=col]', { hasText: 'Размер' })
    await table.locator('tbody tr').first().waitFor()
    expect([await rows(), await header.getAttribute('aria-sort')]).toEqual([20, 'none'])

    await header.getByRole('button').click()
    expect(await header.getAttribute('aria-sort')).toBe('descending')
    expect(await table.locator('tbody tr').first().locator('td').textContent()).toContain('1300')
    await header.getByRole('button').click()
    expect(await header.getAttribute('aria-sort')).toBe('ascending')
    expect(await first()).toContain('строка 0')
    await header.getByRole('button').click()
    expect(await header.getAttribute('aria-sort')).toBe('none')

    await table.getByRole('button', { name: /^Показать все строки/ }).click()
    const body = table.locator('tbody tr[aria-rowindex]')
    const text = (place: 'first' | 'last') => body[place]().locator('th').textContent()
    await expect.poll(() => text('first')).toContain('строка 0')
    expect(await body.count()).toBeLessThan(120)
    expect(await table.locator('table').getAttribute('aria-rowcount')).toBe('1301')
    await page.evaluate(`document.querySelector('.vb-table__scroll--long').scrollTop = 1e7`)
    await expect.poll(() => text('last')).toContain('строка 1299')
    expect(await body.last().getAttribute('aria-rowindex')).toBe('1301')
    expect(faults).toEqual([])
  })

  it.each(['light', 'dark'] as const)('has no barrier that axe finds, %s', async theme => {
    const { page } = await openOutputs({ theme, colorScheme: theme })
    await drawAll(page)
    expect(await findBarriers(page, axe)).toEqual([])
  })
})

describe('a report in one file', () => {
  let file: string
  beforeAll(async () => {
    const { notebook, run } = sampleRun()
    file = join(folder, 'report.html')
    const page = await renderReport(notebook, run, { currency: 'RUB', generatedAt: '2026-04-01 09:12:00' })
    await writeFile(file, page)
  })

  it.each([360, 1440])(
    'reads without scripts at %d px: nothing sticks out, the first finding is on the first screen',
    async width => {
      const { page, faults } = await openPage(browser, {
        javaScriptEnabled: false,
        viewport: { width, height: 900 },
      })
      await page.goto(pathToFileURL(file).href)
      const finding = await page.locator('.vb-finding').first().boundingBox()
      expect(finding!.y + finding!.height).toBeLessThan(900)
      const svg = page.locator(`.vb-svg--${width === 360 ? 'narrow' : 'wide'}`).first()
      expect(await svg.isVisible()).toBe(true)
      const boxes = await page.locator('main > section').all()
      for (const box of boxes) {
        const { x, width: wide } = (await box.boundingBox())!
        expect(x + wide).toBeLessThanOrEqual(width)
      }
      expect(faults).toEqual([])
    },
  )

  it('uses its own faces', async () => {
    const { page } = await openPage(browser)
    await page.goto(pathToFileURL(file).href)
    expect(
      await page.evaluate(`document.fonts.ready.then(() => document.fonts.check('16px Literata', 'а'))`),
    ).toBe(true)
    expect(
      await page.evaluate(
        `[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family.replaceAll('"', '')).sort().join()`,
      ),
    ).toBe('Golos Text,Golos Text,Golos Text,Literata,Literata')
  })

  it.each(['light', 'dark'] as const)('has no barrier that axe finds, %s', async theme => {
    const { page } = await openPage(browser, { colorScheme: theme })
    await page.goto(pathToFileURL(file).href)
    expect(await findBarriers(page, axe)).toEqual([])
  })

  it('prints with quotes and tables open and no chart cut', async () => {
    const { page } = await openPage(browser)
    await page.goto(pathToFileURL(file).href)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.vb-more .vb-quote').first().isVisible()).toBe(true)
    expect(await page.locator('.vb-fold table').first().isVisible()).toBe(true)
    expect(
      await page
        .locator('.vb-figure')
        .first()
        .evaluate(figure => getComputedStyle(figure).breakInside),
    ).toBe('avoid')
  })
})
