import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LoggedEdit, ThemeTable } from '../../server/api/contract.ts'
import { findBarriers, openPage, startBrowser } from '../support/browser.ts'
import { startWorkbench, type Workbench } from '../support/workbench.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
let axe: string
let browser: Browser
let workbench: Workbench
let empty: Workbench
beforeAll(async () => {
  axe = await readFile(axePath, 'utf8')
  ;[browser, workbench, empty] = await Promise.all([startBrowser(), startWorkbench(), startWorkbench()])
  await workbench.load('deals.csv')
  await workbench.load('calls.jsonl')
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([workbench?.close(), empty?.close()])
})

const ask = async <T>(path: string) =>
  (await (await fetch(`${workbench.address}/api/themes${path}`)).json()) as T
const questions = async () => (await ask<ThemeTable>('/table?kind=question')).themes
const rows = (page: Page) => page.locator('.themes tbody tr')
const row = (page: Page, label: string) =>
  rows(page).filter({ has: page.getByRole('link', { name: label, exact: true }) })
const panel = (page: Page) => page.locator('.theme-panel')
const clientsOf = async (page: Page, label: string) =>
  Number.parseInt((await row(page, label).locator('.col-clients').textContent())!, 10)
const path = (page: Page) => page.evaluate('decodeURIComponent(location.pathname + location.search)')

describe('the catalogue', () => {
  it('finds a theme, keeps the view in the address over a reload, and opens it to its words', async () => {
    const [first] = await questions()
    const { page, faults } = await openPage(browser)
    await page.goto(workbench.address)
    await page.getByRole('link', { name: 'Темы', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Вопросы и ценности' }).waitFor()
    await rows(page).first().waitFor()
    expect(await page.title()).toBe('Вопросы и ценности · Verbatim')
    expect(await page.locator('.catalogue-coverage').textContent()).toMatch(/отнесен/)
    const all = await rows(page).count()
    expect(all).toBeGreaterThan(3)

    await page.getByLabel('Найти тему').fill(first!.label.split(' ')[0]!.toUpperCase())
    await page.waitForURL(/q=/)
    await page.getByLabel('О чём').selectOption(first!.topic)
    await page.getByLabel('Порядок').selectOption('last')
    await page.waitForURL(/sort=last/)
    await row(page, first!.label).waitFor()
    const found = await rows(page).count()
    expect(found).toBeLessThan(all)
    await page.reload()
    await row(page, first!.label).waitFor()
    expect(await rows(page).count()).toBe(found)
    expect(await page.getByLabel('О чём').inputValue()).toBe(first!.topic)
    expect(await page.getByLabel('Порядок').inputValue()).toBe('last')
    expect(await page.locator('.themes thead [aria-sort]').count()).toBe(1)
    await page.getByRole('button', { name: 'Сбросить фильтры' }).click()
    await expect.poll(() => rows(page).count()).toBe(all)

    await row(page, first!.label).getByRole('link').click()
    await panel(page).getByRole('heading', { level: 2, name: first!.label }).waitFor()
    await panel(page).locator('vb-theme-quotes .vb-quote').first().waitFor()
    expect(await path(page)).toBe(`/catalogue?sort=last&theme=${first!.theme_id}`)
    const said = await panel(page).locator('vb-theme-quotes .vb-quote blockquote').first().textContent()
    await panel(page).locator('vb-theme-quotes .vb-quote a').first().click()
    await page.locator('.panel .turn-quoted .quoted').first().waitFor()
    expect(said).toContain((await page.locator('.panel .turn-quoted .quoted').first().textContent())!.trim())
    await page.keyboard.press('Escape')
    await page.locator('.panel').waitFor({ state: 'detached' })
    await panel(page).waitFor()
    await page.goBack()
    await page.goBack()
    expect(faults).toEqual([])
  })

  it('renames, sets the status and topic, hides and shows again; each can be taken back', async () => {
    const [, theme] = await questions()
    const { page, faults } = await openPage(browser, { language: 'en' })
    await page.goto(`${workbench.address}/catalogue?theme=${theme!.theme_id}`)
    await panel(page).getByRole('button', { name: 'Rename' }).click()
    await panel(page).getByLabel('Name').fill('Can it be paid in parts')
    await page.keyboard.press('Enter')
    await panel(page).getByRole('heading', { name: 'Can it be paid in parts' }).waitFor()
    await row(page, 'Can it be paid in parts').waitFor()
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
    await row(page, theme!.label).waitFor()
    await page.getByText('Edit undone').waitFor()

    await panel(page).getByLabel('Status').selectOption('in_work')
    await row(page, theme!.label).getByText('in progress').first().waitFor()
    await panel(page).getByRole('button', { name: 'Hide' }).click()
    await row(page, theme!.label).waitFor({ state: 'detached' })
    await panel(page).getByText('Hidden: it is in no report.').waitFor()
    await page.getByLabel('Hidden ones').check()
    await row(page, theme!.label).waitFor()
    await panel(page).getByRole('button', { name: 'Show again' }).click()
    await page.getByText('Nothing is hidden here').waitFor()
    expect((await ask<{ status: string; hidden: boolean }>(`/${theme!.theme_id}`)).status).toBe('in_work')
    expect(faults).toEqual([])
  })

  it('merges two themes and undoes it, from the message and from the log', async () => {
    const [one, two] = await questions()
    const { page, faults } = await openPage(browser)
    await page.goto(`${workbench.address}/catalogue?theme=${two!.theme_id}`)
    await panel(page).getByRole('button', { name: 'Объединить…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Найти тему').fill(one!.label)
    await dialog.getByRole('radio', { name: one!.label }).check()
    await dialog.getByRole('button', { name: 'Объединить' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Темы объединены').waitFor()
    const [left] = (await questions()).filter(theme =>
      [one!.theme_id, two!.theme_id].includes(theme.theme_id),
    )
    expect(left!.mentions).toBe(one!.mentions + two!.mentions)
    await expect.poll(() => clientsOf(page, left!.label)).toBe(left!.clients)
    await panel(page).getByRole('heading', { level: 2, name: left!.label }).waitFor()
    // An old link leads to the theme that the words went into.
    const gone = left!.theme_id === one!.theme_id ? two! : one!
    await page.goto(`${workbench.address}/catalogue?theme=${gone.theme_id}`)
    await panel(page).getByRole('heading', { level: 2, name: left!.label }).waitFor()
    expect(await path(page)).toBe(`/catalogue?theme=${left!.theme_id}`)

    await page.getByRole('link', { name: 'Журнал правок' }).click()
    const line = page.locator('.edit-log li').first()
    await line.getByText(/^Объединены/).waitFor()
    await line.getByRole('button', { name: /^Отменить: Объединены/ }).click()
    await line.getByText('отменена', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'К темам' }).click()
    await row(page, gone.label).waitFor()
    expect(await clientsOf(page, one!.label)).toBe(one!.clients)
    expect(await clientsOf(page, two!.label)).toBe(two!.clients)
    expect(faults).toEqual([])
  })

  it('takes a part out of a theme and moves a quote', async () => {
    const [one, two] = await questions()
    const { page, faults } = await openPage(browser)
    await page.goto(`${workbench.address}/catalogue?theme=${one!.theme_id}`)
    await panel(page).getByRole('button', { name: 'Разделить…' }).click()
    const ticks = panel(page).getByRole('checkbox')
    await ticks.nth(0).check()
    await ticks.nth(1).check()
    await panel(page).getByLabel('Название новой темы').fill('Своя часть')
    await panel(page).getByRole('button', { name: 'Выделить 2 цитаты' }).click()
    await panel(page).getByRole('heading', { level: 2, name: 'Своя часть' }).waitFor()
    await row(page, 'Своя часть').waitFor()
    await expect.poll(() => panel(page).locator('.quote-list li').count()).toBe(2)

    await panel(page).locator('.quote-list li').first().hover()
    await panel(page).locator('.quote-move').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: two!.label }).check()
    await dialog.getByRole('button', { name: 'Перенести' }).click()
    await expect.poll(() => panel(page).locator('.quote-list li').count()).toBe(1)
    const log = await ask<LoggedEdit[]>('/edits')
    expect(log.slice(0, 2).map(({ edit }) => edit.action)).toEqual(['move', 'split'])
    await page.locator('.toast').getByRole('button', { name: 'Отменить' }).click()
    await expect.poll(() => panel(page).locator('.quote-list li').count()).toBe(2)
    expect(faults).toEqual([])
  })

  it('is walked by the keyboard: rows, the panel and back', async () => {
    const [one, two] = await questions()
    const { page, faults } = await openPage(browser)
    await page.goto(`${workbench.address}/catalogue`)
    await row(page, one!.label).getByRole('link').focus()
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate('document.activeElement.textContent')).toBe(two!.label)
    await page.keyboard.press('Enter')
    await panel(page).getByRole('heading', { level: 2, name: two!.label }).waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('theme-title')
    await page.keyboard.press('Escape')
    await panel(page).waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe(two!.label)
    expect(await path(page)).toBe('/catalogue')
    expect(faults).toEqual([])
  })

  it('says why an edit was not made', async () => {
    const [one] = await questions()
    const { page, faults } = await openPage(browser, {}, [/404/])
    await page.goto(`${workbench.address}/catalogue?theme=${one!.theme_id}`)
    await page.route('**/api/themes/edits', route =>
      route.fulfill({
        status: 404,
        contentType: 'application/json',
        body: '{"error":{"code":"not_found","message":"There is no theme q-1","hint":"Look again"}}',
      }),
    )
    await panel(page).getByLabel('Статус').selectOption('dismissed')
    await page.getByText('Правка не сделана. There is no theme q-1. Look again').waitFor()
    await page.getByRole('button', { name: 'Закрыть сообщение' }).click()
    await expect.poll(() => page.locator('.toast').count()).toBe(0)
    expect(faults).toEqual([])
  })
})

/** Each state of the page, and what to do to come to it. */
const states: [name: string, path: string, act: (page: Page) => Promise<unknown>][] = [
  ['the table', '/catalogue', page => rows(page).first().waitFor()],
  ['nothing found', '/catalogue?q=zzz', page => page.locator('.note-empty').waitFor()],
  [
    'a theme',
    '/catalogue?theme=q-1',
    page => panel(page).locator('vb-theme-quotes .vb-quote').first().waitFor(),
  ],
  [
    'a split',
    '/catalogue?theme=q-1',
    async page => {
      await panel(page).locator('.theme-edits .button').nth(2).click()
      await panel(page).locator('.quote-tick input').first().check()
    },
  ],
  [
    'a choice',
    '/catalogue?theme=q-1',
    async page => {
      await panel(page).locator('.theme-edits .button').nth(1).click()
      await page.locator('.picker-item').first().waitFor()
    },
  ],
  ['what waits', '/catalogue?theme=waiting', page => panel(page).locator('.theme-quotes').waitFor()],
  ['the log', '/catalogue/log', page => page.locator('.edit-log, .note-empty').waitFor()],
]

describe.each([
  { width: 360, language: 'ru', theme: 'light' },
  { width: 1440, language: 'en', theme: 'dark' },
] as const)('at $width px, $language, $theme', ({ width, language, theme }) => {
  it('no state has a barrier or scrolls sideways', async () => {
    const viewport = { width, height: 800 }
    const { page, faults } = await openPage(browser, { language, theme, viewport })
    const found: Record<string, string[]> = {}
    for (const [name, address, act] of states) {
      await page.goto(workbench.address + address)
      await act(page)
      const wide = (await page.evaluate('document.documentElement.scrollWidth - innerWidth')) as number
      found[name] = [...(await findBarriers(page, axe)), ...(wide > 0 ? [`scrolls sideways by ${wide}`] : [])]
    }
    expect(found).toEqual(Object.fromEntries(states.map(([name]) => [name, []])))
    expect(faults).toEqual([])
  })
})

it('says what to do while there is nothing', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(`${empty.address}/catalogue?kind=objection`)
  await page.getByText('Возражений пока не нашлось').waitFor()
  expect(await findBarriers(page, axe)).toEqual([])
  await page.getByRole('link', { name: 'Загрузить разговоры' }).click()
  await page.getByRole('heading', { level: 1, name: 'Данные' }).waitFor()
  expect(faults).toEqual([])
})
