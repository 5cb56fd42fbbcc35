import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
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

/** Every page with data, and what shows that it is there. */
const pages: [name: string, path: () => string, ready: string][] = [
  ['reports', () => '/', '.report'],
  ['a report', () => '/notebooks/01-deals', 'vb-block[data-kind=questions] .vb-quote'],
  ['a quote beside a report', () => `/notebooks/01-deals#${quoted}`, '.panel .turn-quoted'],
  ['a report with a fault', () => '/notebooks/03-broken', '.code-line'],
  ['a conversation', () => quoted, 'vb-conversation-page .turn-quoted'],
  ['data', () => '/data', 'vb-data-overview .numbers'],
  ['imports', () => '/data/imports', 'vb-import-list .table'],
  ['rejects', () => '/data/rejects', 'vb-reject-list .table'],
  ['schema', () => '/data/schema', 'vb-schema-browser .schema'],
  ['pages and FAQ', () => '/data/pages', 'vb-page-editor .actions'],
  ['erasing', () => '/data/erase?client=1', '.erase-plan'],
  ['no such page', () => '/nowhere', '.note-empty'],
]
const looks = [
  { width: 360, theme: 'light', next: 'dark' },
  { width: 1440, theme: 'dark', next: 'light' },
] as const

/** What is wrong with a page as it stands: barriers, a language that is not told, sideways scroll, headings. */
async function findFaults(page: Page, language: string): Promise<string[]> {
  const wide = (await page.evaluate('document.documentElement.scrollWidth - innerWidth')) as number
  return [
    ...(await findBarriers(page, axe)),
    ...((await page.locator('html').getAttribute('lang')) === language ? [] : [`is not in ${language}`]),
    ...(wide > 0 ? [`scrolls sideways by ${wide}`] : []),
    ...((await page.locator('h1').count()) === 1 ? [] : ['has not one h1']),
  ]
}

/** The same page in both languages, each in a theme. */
async function findAllFaults(page: Page, { theme, next }: (typeof looks)[number]): Promise<string[]> {
  const choose = (group: string, name: string) =>
    page.evaluate(`document.querySelector('[name=${group}-rail][value=${name}]').click()`)
  const found: string[] = []
  for (const [language, shade] of [
    ['ru', theme],
    ['en', next],
  ] as const) {
    await choose('language', language)
    await choose('theme', shade)
    found.push(...(await findFaults(page, language)).map(fault => `${language}, ${shade}: ${fault}`))
  }
  return found
}

describe.each(looks)('at $width px, Russian $theme, English $next', look => {
  it('no page has a barrier or scrolls sideways', async () => {
    const { page, faults } = await openPage(browser, { viewport: { width: look.width, height: 800 } })
    await page.goto(workbench.address)
    const found: Record<string, string[]> = {}
    for (const [name, path, ready] of pages) {
      await page.evaluate(
        `history.pushState(null, '', ${JSON.stringify(path())}); dispatchEvent(new PopStateEvent('popstate'))`,
      )
      await page.locator(ready).first().waitFor()
      found[name] = await findAllFaults(page, look)
    }
    expect(found).toEqual(Object.fromEntries(pages.map(([name]) => [name, []])))
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('the first visit has none either', async () => {
    const { page, faults } = await openPage(browser, { viewport: { width: look.width, height: 800 } })
    await page.goto(empty.address)
    await page.locator('.steps').waitFor()
    expect(await findAllFaults(page, look)).toEqual([])
    expect(faults).toEqual([])
    await page.context().close()
  })
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
  expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('New report')
  await page.locator('.report a').first().focus()
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
