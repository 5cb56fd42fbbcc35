import { readFile } from 'node:fs/promises'
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
  await expect
    .poll(() => states(page))
    .toEqual({
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
  await page
    .locator('vb-block[data-kind=chart]')
    .getByText(/^Таблица \(2\sстроки\)$/)
    .waitFor()
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

it('keeps the old result in sight while a long one is calculated, and stops on request', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(`${workbench.address}/notebooks/04-slow`)
  expect(await states(page)).toEqual({ quick: 'fresh', counted: 'fresh' })
  const counted = page.locator('vb-block').nth(1)
  const height = await counted.evaluate(element => element.clientHeight)
  await page.getByLabel('До скольких').fill('900000000')
  await page.getByLabel('До скольких').blur()
  await page.locator('vb-block[data-state=running].is-stale').waitFor()
  expect(await counted.locator('tbody').textContent()).toMatch(/^\s*3\s*$/)
  expect(await counted.evaluate(element => element.clientHeight)).toBe(height)
  expect(await page.locator('vb-block').first().getAttribute('data-state')).toBe('cached')

  await page.getByRole('button', { name: 'Остановить' }).click()
  expect(await states(page)).toEqual({ quick: 'cached', counted: 'stale' })
  expect(await counted.locator('tbody').textContent()).toMatch(/^\s*3\s*$/)
  await page.getByText('Остановлено').first().waitFor()
  await page.getByLabel('До скольких').fill('5')
  await page.getByLabel('До скольких').blur()
  await expect.poll(() => counted.locator('tbody').textContent()).toMatch(/^\s*5\s*$/)
  expect(await states(page)).toEqual({ quick: 'cached', counted: 'fresh' })
  expect(faults).toEqual([])
})

it('saves the report with the filters that are set', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(`${workbench.address}/notebooks/01-deals?period=2026-02-01..2026-02-28`)
  await states(page)
  await page.getByRole('button', { name: 'Сохранить' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^Страница \(HTML\)/ }).click(),
  ])
  expect(download.suggestedFilename()).toBe('01-deals-2026-03-26.html')
  const saved = await readFile(await download.path(), 'utf8')
  expect(saved.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain('28 фев 2026')
  expect(faults).toEqual([])
})

it('says that the data has changed when the reader comes back', async () => {
  const own = await startWorkbench()
  const { page, faults } = await openPage(browser)
  try {
    await page.goto(`${own.address}/notebooks/04-slow`)
    await states(page)
    await own.load('deals.csv')
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
    await page.getByText('С тех пор данные изменились').waitFor()
    expect(await states(page)).toEqual({ quick: 'stale', counted: 'stale' })
    await page.getByRole('button', { name: 'Пересчитать' }).click()
    // The last day that the data knows is another now, so that all is calculated anew.
    await expect.poll(() => states(page)).toEqual({ quick: 'fresh', counted: 'fresh' })
    expect(await page.locator('vb-block').first().locator('tbody').textContent()).toMatch(/^\s*72\s*$/)
    expect(faults).toEqual([])
  } finally {
    await own.close()
  }
})

it('shares a report by a link that opens without the workbench', async () => {
  const { page, faults } = await openPage(browser, { language: 'en' })
  await page.goto(`${workbench.address}/notebooks/01-deals`)
  await page.locator('.vb-quote').first().waitFor()
  await page.getByRole('button', { name: 'Share' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('.share-form .button-primary:not([disabled])').click()
  const link = await dialog.locator('.share-link input').inputValue()
  await page.goto(link)
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.locator('nav').count()).toBe(0)
  expect(faults).toEqual([])
})
