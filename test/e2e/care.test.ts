/** Looking after the data in the browser: a refused row put right, pages edited, a query of names, a client erased. */
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage, startBrowser } from '../support/browser.ts'
import { fixtures, startWorkbench, type Workbench } from '../support/workbench.ts'

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

it('takes a refused row once it is put right, and not before', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(`${workbench.address}/data/rejects`)
  await page.getByRole('cell', { name: /«31\.02\.2026» — такой даты нет/ }).waitFor()
  await page.getByRole('button', { name: /^Исправить: deals\.csv/ }).click()
  const dialog = page.getByRole('dialog')
  const date = dialog.getByLabel('Дата создания: Значение')
  expect(await date.inputValue()).toBe('31.02.2026')
  await date.fill('30.02.2026')
  await dialog.getByRole('button', { name: 'Попробовать снова' }).click()
  await dialog.getByText('«30.02.2026» — такой даты нет').waitFor()
  await date.fill('28.02.2026')
  await dialog.getByRole('button', { name: 'Попробовать снова' }).click()
  await page.getByText('Взято: 1 строка').waitFor()
  await page.getByText('Взяты все строки').waitFor()
  await page.goto(`${workbench.address}/data/imports`)
  await page.getByRole('row', { name: /^deals\.csv Сделки csv .* 73 73 0 0$/ }).waitFor()
  expect(faults).toEqual([])
})

it('edits pages and FAQ: adds, changes, orders, removes', async () => {
  const { page, faults } = await openPage(browser)
  page.on('dialog', dialog => void dialog.accept())
  await page.goto(`${workbench.address}/data/pages`)
  await page.getByText('Страниц пока нет').waitFor()
  for (const [heading, text] of [
    ['Входит ли монтаж?', 'Да, монтаж входит в цену.'],
    ['Есть ли рассрочка?', 'Есть, на год.'],
  ] as const) {
    await page.getByRole('button', { name: 'Добавить раздел' }).click()
    await page.getByLabel('Заголовок или вопрос').fill(heading)
    await page.getByLabel('Текст или ответ').fill(text)
    await page.locator('select[name="kind"]').selectOption('faq')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByRole('heading', { name: heading }).waitFor()
  }
  const headings = () => page.locator('.page-section h3').allTextContents()
  expect(await headings()).toEqual(['Входит ли монтаж?', 'Есть ли рассрочка?'])
  await page.getByRole('button', { name: 'Поднять: Есть ли рассрочка?' }).click()
  await page
    .locator('.page-sections li')
    .first()
    .getByRole('heading', { name: 'Есть ли рассрочка?' })
    .waitFor()
  await page.getByRole('button', { name: 'Изменить: Есть ли рассрочка?' }).click()
  await page.getByLabel('Текст или ответ').fill('Есть, на два года.')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Есть, на два года.').waitFor()
  await page.getByRole('button', { name: 'Удалить: Входит ли монтаж?' }).click()
  await page.getByRole('heading', { name: 'Входит ли монтаж?' }).waitFor({ state: 'detached' })
  expect(faults).toEqual([])
})

it('puts names of the schema into a query, with samples beside them, and makes a report of it', async () => {
  const { page, faults } = await openPage(browser, { language: 'en' })
  await page.goto(`${workbench.address}/data/schema`)
  await page.locator('.schema summary', { hasText: 'deals' }).first().click()
  const columns = page.locator('.schema details[open] .schema-columns')
  await columns.getByText('won').first().waitFor()
  await columns.getByRole('button', { name: 'status', exact: true }).click()
  await columns.getByRole('button', { name: 'amount', exact: true }).click()
  const query = page.getByLabel('Query')
  expect(await query.inputValue()).toBe('select status, amount from deals limit 100')
  await page.getByRole('button', { name: 'New report with this query' }).click()
  await page.waitForURL(/\/notebooks\//)
  expect(faults).toEqual([])
})

it('erases a client after showing what would go, and keeps a certificate', async () => {
  const { page, faults } = await openPage(browser, {}, [/404/])
  await page.goto(`${workbench.address}/data/erase?client=1`)
  await page.getByRole('heading', { name: 'Клиент 1: что будет удалено' }).waitFor()
  await page.locator('.erase-plan').getByText('Сделки').waitFor()
  await page.getByRole('button', { name: 'Удалить клиента 1' }).click()
  await page.getByText('Клиент 1 удалён').waitFor()
  await page.getByRole('row', { name: /^1 / }).waitFor()
  await page.getByRole('button', { name: 'Показать, что будет удалено' }).click()
  await page.getByText('There is no such client').waitFor()
  await page.goto(`${workbench.address}/data`)
  await page.getByLabel('Выбрать файл').setInputFiles(join(fixtures, 'deals.csv'))
  await page.getByText(/Пропущено строк удалённых клиентов: \d/).waitFor()
  expect(faults).toEqual([])
})
