import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage, startBrowser } from '../support/browser.ts'
import { fixtures, startWorkbench, type Workbench } from '../support/workbench.ts'

let browser: Browser
let workbench: Workbench
beforeAll(async () => {
  ;[browser, workbench] = await Promise.all([startBrowser(), startWorkbench()])
})
afterAll(async () => {
  await browser?.close()
  await workbench?.close()
})

it('leads from an empty database to a file that is checked, put right, taken and counted', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(workbench.address)
  await page.getByRole('heading', { name: 'От файлов до отчёта — три шага' }).waitFor()
  await page.getByRole('link', { name: 'Загрузить файл' }).click()
  expect(new URL(page.url()).pathname).toBe('/data')

  await page.getByLabel('Выбрать файл').setInputFiles(join(fixtures, 'deals.csv'))
  await page.getByText('Можно взять 72 строки').waitFor()
  await page.getByText('Нельзя взять 1 строку').waitFor()
  await page.getByText(/строка 74: .*31\.02\.2026/).waitFor()
  const field = (column: string) => page.locator('.mapping').getByLabel(column, { exact: true })
  expect(await field('Бюджет').inputValue()).toBe('amount')
  expect(await field('Источник').inputValue()).toBe('source')
  expect(await field('Балкон').inputValue()).toBe('')
  expect(await page.locator('.preview tbody tr').count()).toBe(5)
  await expectRows('deals', 0)

  await field('Балкон').fill('product')
  await field('Балкон').blur()
  await page.getByRole('button', { name: 'Проверить снова' }).click()
  await page.locator('.preview').getByText('тёплый').first().waitFor()
  expect(await field('Балкон').inputValue()).toBe('product')

  await page.getByRole('button', { name: /^Загрузить 72/ }).click()
  await page.getByRole('heading', { name: 'Файл deals.csv загружен' }).waitFor()
  expect(await page.locator('.upload-result .numbers dd').allTextContents()).toEqual([
    '73',
    '72',
    '0',
    '0',
    '1',
  ])
  await page.getByRole('row', { name: /^Сделки 72 1\sянв\s2026 — 26\sмар\s2026/ }).waitFor()
  await expectRows('deals', 72)

  await page.getByRole('link', { name: 'Посмотреть не взятые строки' }).click()
  await page
    .getByRole('cell', { name: /31\.02\.2026.*не|“31\.02\.2026”/ })
    .first()
    .waitFor()
  await page.getByRole('link', { name: 'Загрузки' }).click()
  await page.getByRole('row', { name: /^deals\.csv Сделки csv .* 73 72 0 1$/ }).waitFor()
  expect(faults).toEqual([])
})

it('takes a dropped file, and says in one sentence why another can’t be read', async () => {
  const { page, faults } = await openPage(browser, { language: 'en' }, [/422/])
  await page.goto(`${workbench.address}/data`)
  const zone = page.locator('.drop')
  const drop = async (name: string, bytes: Buffer) => {
    const transfer = await page.evaluateHandle(
      `(() => { const t = new DataTransfer(); t.items.add(new File([Uint8Array.from(${JSON.stringify([...bytes])})], ${JSON.stringify(name)})); return t })()`,
    )
    await zone.dispatchEvent('drop', { dataTransfer: transfer })
  }
  await drop('picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
  const note = page.getByRole('alert')
  await note.waitFor()
  expect(await note.locator('.note-title').textContent()).toMatch(/picture\.png/)
  await page.getByRole('button', { name: 'Choose another file' }).click()

  await drop('deals.csv', await readFile(join(fixtures, 'deals.csv')))
  await page.getByText('72 rows can be taken').waitFor()
  await page.getByRole('button', { name: 'Choose another file' }).click()
  await zone.waitFor()
  expect(faults).toEqual([])
})

async function expectRows(table: string, rows: number): Promise<void> {
  const status = (await (await fetch(`${workbench.address}/api/status`)).json()) as {
    tables: { name: string; rows: number }[]
  }
  expect(status.tables.find(({ name }) => name === table)?.rows).toBe(rows)
}
