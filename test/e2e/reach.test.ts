import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers, openPage, startBrowser } from '../support/browser.ts'
import { startWorkbench, type Workbench } from '../support/workbench.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
let axe: string
let browser: Browser
let workbench: Workbench
let empty: Workbench
let quoted: string
beforeAll(async () => {
  axe = await readFile(axePath, 'utf8')
  ;[browser, workbench, empty] = await Promise.all([startBrowser(), startWorkbench(), startWorkbench()])
  await workbench.load('deals.csv')
  await workbench.load('calls.jsonl')
  const { page } = await openPage(browser)
  await page.goto(`${workbench.address}/notebooks/01-deals`)
  quoted = (await page.locator('.vb-quote a').first().getAttribute('href'))!
  await page.context().close()
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([workbench?.close(), empty?.close()])
})

/** Every page, and what shows that it is there. */
const pages: [name: string, path: () => string, ready: string][] = [
  ['first visit', () => empty.address, '.steps'],
  ['reports', () => workbench.address, '.report'],
  ['a report', () => `${workbench.address}/notebooks/01-deals`, 'vb-block[data-kind=questions] .vb-quote'],
  ['a report with a fault', () => `${workbench.address}/notebooks/03-broken`, '.code-line'],
  [
    'a quote beside a report',
    () => `${workbench.address}/notebooks/01-deals#${quoted}`,
    '.panel .turn-quoted',
  ],
  ['a conversation', () => workbench.address + quoted, '.turn-quoted'],
  ['data', () => `${workbench.address}/data`, '.numbers'],
  ['imports', () => `${workbench.address}/data/imports`, '.table'],
  ['rejects', () => `${workbench.address}/data/rejects`, '.table'],
  ['schema', () => `${workbench.address}/data/schema`, '.schema'],
  ['no such page', () => `${workbench.address}/nowhere`, '.note'],
]

describe.each(pages)('%s', (_name, path, ready) => {
  it.each([
    { width: 360, theme: 'light', next: 'dark' },
    { width: 1440, theme: 'dark', next: 'light' },
  ] as const)(
    'has no barrier and no sideways scroll: $width px, Russian $theme, English $next',
    async look => {
      const { width, theme, next } = look
      const { page, faults } = await openPage(browser, { theme, viewport: { width, height: 800 } })
      const check = async (lang: string) => {
        expect(await page.locator('html').getAttribute('lang')).toBe(lang)
        expect(await findBarriers(page, axe)).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(
          0,
        )
        expect(await page.locator('h1').count()).toBe(1)
      }
      await page.goto(path())
      await page.locator(ready).first().waitFor()
      await check('ru')
      const choose = (group: string, name: string) =>
        page.evaluate(`document.querySelector('[name=${group}-rail][value=${name}]').click()`)
      await choose('language', 'en')
      await choose('theme', next)
      await check('en')
      expect(faults).toEqual([])
      await page.context().close()
    },
  )
})

it('keeps language and theme, and the rail folded, over a reload', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(workbench.address)
  await page.getByRole('heading', { level: 1, name: 'Отчёты' }).waitFor()
  await page.getByRole('radio', { name: 'English' }).check()
  await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor()
  expect(await page.locator('.reports h2').first().textContent()).toBe('Reports in English')
  expect(await page.title()).toBe('Reports · Verbatim')
  await page.getByRole('radio', { name: 'Dark' }).check()
  const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
  expect(await paper()).toBe('rgb(22, 24, 26)')
  await page.getByRole('button', { name: 'Fold the menu' }).click()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor()
  expect(await paper()).toBe('rgb(22, 24, 26)')
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await page.getByRole('button', { name: 'Unfold the menu' }).waitFor()
  expect(faults).toEqual([])
})

it('is reached by the keyboard: skip link, a report, a menu and back', async () => {
  const { page, faults } = await openPage(browser, { language: 'en' })
  await page.goto(workbench.address)
  await page.locator('.report').first().waitFor()
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Deals in English')
  await page.keyboard.press('Enter')
  const period = page.getByRole('button', { name: /^Period/ })
  await period.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('30\u00a0days')
  await page.keyboard.press('Escape')
  expect(await period.evaluate(element => element === document.activeElement)).toBe(true)
  expect(faults).toEqual([])
})

it('moves nothing while it loads, and loads less than 100 kB before charts', async () => {
  const { page, faults } = await openPage(browser)
  await page.addInitScript(
    `self.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) self.shift += entry.value }).observe({ type: 'layout-shift', buffered: true })`,
  )
  await page.goto(`${workbench.address}/notebooks/01-deals`)
  await page.locator('vb-chart svg').first().waitFor()
  await page.locator('.vb-quote').first().waitFor()
  expect(await page.evaluate('self.shift')).toBeLessThan(0.05)
  const code = (await page.evaluate(
    `performance.getEntriesByType('resource').filter(entry => /\\.(?:js|css)$/.test(entry.name) && !/embed|vega/.test(entry.name)).reduce((sum, entry) => sum + entry.encodedBodySize, 0)`,
  )) as number
  expect(code).toBeGreaterThan(20_000)
  expect(code).toBeLessThan(100_000)
  expect(faults).toEqual([])
})
