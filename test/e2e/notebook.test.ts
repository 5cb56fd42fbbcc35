import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage, startBrowser } from '../support/browser.ts'
import { startWorkbench, type Workbench } from '../support/workbench.ts'

let browser: Browser
let workbench: Workbench
beforeAll(async () => {
  ;[browser, workbench] = await Promise.all([startBrowser(), startWorkbench()])
  await workbench.load('deals.csv')
  await workbench.load('calls.jsonl')
})
afterAll(async () => {
  await browser?.close()
  await workbench?.close()
})

/** The state of every block by its place, once nothing is under way. */
async function states(page: Page): Promise<Record<string, string>> {
  await page.locator('vb-block').first().waitFor()
  await expect
    .poll(() =>
      page.locator('vb-block:is([data-state=idle], [data-state=queued], [data-state=running])').count(),
    )
    .toBe(0)
  const names = await page.locator('.block-bar').evaluateAll(bars => bars.map(bar => bar.ariaLabel ?? ''))
  const found = await page
    .locator('vb-block')
    .evaluateAll(blocks => blocks.map(block => (block as HTMLElement).dataset.state ?? ''))
  return Object.fromEntries(names.map((name, i) => [/^\S+ (\S+):/.exec(name)![1]!, found[i]!]))
}

it('opens a report with its results, and a change of an input runs what depends on it', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(workbench.address)
  await page.getByRole('link', { name: 'Сделки и вопросы' }).click()
  await page.getByRole('heading', { level: 1, name: 'Сделки и вопросы' }).waitFor()
  expect(await states(page)).toEqual({
    'text-1': 'fresh',
    total: 'fresh',
    'text-2': 'cached',
    sources: 'fresh',
    by_source: 'fresh',
    'metrics-1': 'fresh',
    'questions-1': 'fresh',
  })
  expect(await page.title()).toBe('Сделки и вопросы · Verbatim')
  await page.getByText('За период 72 сделки').or(page.getByText('За период 72 сделок')).waitFor()
  await page.locator('vb-chart svg').first().waitFor()
  await page.evaluate(`document.querySelector('vb-chart').mark = 'the same chart'`)

  // Only `sources` reads the number, and the chart reads `sources`; the result comes out the same.
  await page.getByLabel('Не меньше сделок').fill('2')
  await page.getByLabel('Не меньше сделок').blur()
  await page.waitForURL('**/notebooks/01-deals?smallest=2')
  await expect.poll(async () => (await states(page)).sources).toBe('fresh')
  expect(await states(page)).toEqual({
    'text-1': 'cached',
    total: 'cached',
    'text-2': 'cached',
    sources: 'fresh',
    by_source: expect.stringMatching(/^(?:fresh|cached)$/),
    'metrics-1': 'cached',
    'questions-1': 'cached',
  })
  expect(await page.evaluate(`document.querySelector('vb-chart').mark`)).toBe('the same chart')

  await page.getByRole('button', { name: 'Период' }).click()
  await page.getByRole('button', { name: '30 дней' }).click()
  await page.waitForURL('**/notebooks/01-deals?period=last+30+days&smallest=2')
  await page
    .getByRole('button', { name: /^Период 30 дней 25 фев 2026 — 26 мар 2026|^Период 30 дней/ })
    .waitFor()
  await expect.poll(async () => (await states(page)).total).toBe('fresh')

  await page.reload()
  expect((await states(page)).total).toBe('cached')
  expect(await page.getByLabel('Не меньше сделок').inputValue()).toBe('2')
  await page.getByRole('button', { name: 'Сбросить фильтры' }).click()
  await page.waitForURL('**/notebooks/01-deals')
  expect(faults).toEqual([])
})

it('finds a value in a long list, chooses several, and keeps old results until the new ones come', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(`${workbench.address}/notebooks/01-deals`)
  await states(page)
  await page.getByRole('button', { name: 'Источник Все' }).click()
  const menu = page.getByRole('dialog', { name: 'Источник' })
  expect(await menu.getByRole('checkbox').count()).toBe(6)
  await menu.getByLabel('авито').check()
  await menu.getByLabel('телефон').check()
  await page.waitForURL('**/notebooks/01-deals?source=**')
  expect(new URL(page.url()).searchParams.get('source')).toBe('авито,телефон')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Источник авито, телефон' }).waitFor()
  expect((await states(page)).sources).toBe('cached')
  expect(faults).toEqual([])
})

it('opens the conversation of a quote beside the report and gives the focus back', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(`${workbench.address}/notebooks/01-deals`)
  await states(page)
  const quote = page.locator('.vb-quote').first()
  const words = (await quote.locator('blockquote').textContent())!.replace(/[«»“”]/g, '').trim()
  const link = quote.getByRole('link')
  await link.click()
  const panel = page.getByRole('complementary')
  await panel.getByRole('heading', { name: /^Звонок, входящий · Клиент \d+$/ }).waitFor()
  expect((await panel.locator('.quoted').allTextContents()).join('')).toBe(words)
  expect(await panel.locator('.turn').count()).toBeLessThanOrEqual(9)
  expect(await panel.locator('mark.mark-question').count()).toBeGreaterThan(0)
  const before = await panel.locator('.turn').count()
  await panel
    .getByRole('button', { name: /^Показать (?:начало|продолжение)/ })
    .first()
    .click()
  expect(await panel.locator('.turn').count()).toBeGreaterThan(before)

  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  expect(await link.evaluate(element => element === document.activeElement)).toBe(true)
  expect(new URL(page.url()).hash).toBe('')

  await page.goBack()
  await panel.waitFor()
  await page.goForward()
  await panel.waitFor({ state: 'detached' })
  expect(faults).toEqual([])
})

it('opens a conversation as a page of its own on a phone', async () => {
  const { page, faults } = await openPage(browser, { viewport: { width: 360, height: 740 } })
  await page.goto(`${workbench.address}/notebooks/01-deals`)
  await states(page)
  await page.locator('.vb-quote a').first().click()
  await page.waitForURL('**/conversations/**')
  await page.locator('.turn-quoted .quoted').first().waitFor()
  expect(await page.locator('.turn').count()).toBe(15)
  expect(faults).toEqual([])
})

it('says where a cell is wrong, what waits for it, and calculates the rest', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(`${workbench.address}/notebooks/03-broken`)
  expect(await states(page)).toEqual({ good: 'fresh', bad: 'failed', after: 'skipped' })
  const note = page.locator('vb-block').nth(1)
  await note.getByText('Ячейку «bad» не удалось посчитать').waitFor()
  await note.getByText('Строка 13, столбец 6').waitFor()
  expect(await note.locator('.code-line').textContent()).toBe('from deels\n     ^')
  await page.getByText('Ждёт «bad»: там нет результата.').waitFor()
  await page.getByText('2 ячейки без результата').first().waitFor()

  await page.getByRole('button', { name: /^Ячейка good: только что посчитана/ }).click()
  await page.getByText('select count(*) as clients from clients').waitFor()
  expect(faults).toEqual([])
})

it('offers what was wrong with an input, and the report again', async () => {
  const { page, faults } = await openPage(browser, { language: 'en' }, [/422/])
  await page.goto(`${workbench.address}/notebooks/01-deals?smallest=many`)
  const error = page.locator('.field-error').filter({ hasText: 'smallest' })
  await error.waitFor()
  await page.getByLabel('Не меньше сделок').fill('3')
  await page.getByLabel('Не меньше сделок').blur()
  expect((await states(page)).sources).toBe('fresh')
  await error.waitFor({ state: 'detached' })
  expect(faults).toEqual([])
})
