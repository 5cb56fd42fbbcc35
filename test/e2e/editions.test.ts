import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage, startBrowser } from '../support/browser.ts'
import { startWorkbench, type Workbench } from '../support/workbench.ts'

let browser: Browser
let workbench: Workbench
beforeAll(async () => {
  ;[browser, workbench] = await Promise.all([startBrowser(), startWorkbench()])
  await workbench.load('deals.csv')
})
afterAll(async () => {
  await browser?.close()
  await workbench?.close()
})

it('makes an edition, approves it, shows it without scripts, compares the next one and plans more', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(`${workbench.address}/notebooks/01-deals`)
  await page.getByRole('link', { name: 'Выпуски' }).click()
  await page.getByRole('heading', { level: 1, name: 'Выпуски' }).waitFor()
  await page.getByText('Выпусков пока нет').waitFor()
  await page.getByRole('button', { name: 'Собрать выпуск' }).click()
  await page.getByRole('link', { name: 'Выпуск 1' }).waitFor()
  await page.getByRole('button', { name: 'Согласовать: Выпуск 1' }).click()
  await page.getByText('согласован', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Собрать выпуск' }).click()
  await page.getByRole('link', { name: 'Выпуск 2' }).waitFor()
  await page.getByRole('button', { name: 'Показать, что изменилось' }).click()
  await page.getByRole('row', { name: /Средний чек .* без изменений/ }).waitFor()

  await page.getByRole('button', { name: 'Ссылка на выпуск: Выпуск 1' }).click()
  const link = page.getByLabel('Действует 30 дней, показывается один раз:')
  await link.waitFor()
  const address = new URL(await link.inputValue()).pathname
  const context = await browser.newContext({ javaScriptEnabled: false })
  const reader = await context.newPage()
  await reader.goto(workbench.address + address)
  await reader.getByText('Выпуск 1', { exact: true }).waitFor()
  await context.close()

  await page.getByRole('button', { name: 'Добавить расписание' }).click()
  await page.getByLabel(/^Время/).fill('08:30')
  await page.getByRole('button', { name: 'Добавить расписание' }).click()
  await page.getByText('Каждый понедельник в 08:30').waitFor()
  await page.getByRole('button', { name: /^Удалить: Каждый понедельник/ }).click()
  await page.getByText('Выпуски собираются только вручную.').waitFor()
  expect(faults).toEqual([])
})
