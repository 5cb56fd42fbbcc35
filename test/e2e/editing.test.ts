import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findBarriers, openPage, startBrowser } from '../support/browser.ts'
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

const saved = (page: Page) => page.locator('.editor-saving[data-saving=saved]').waitFor()
const cell = (page: Page, name: string) =>
  page.getByRole('region', { name: new RegExp(`ячейка ${name}(?:,|$)`) })
const source = (page: Page, name: string) =>
  page.getByRole('textbox', { name: `Исходный текст ${name}`, exact: true })
const kindsOf = (page: Page) => page.locator('.cell-kind').allTextContents()
const textOf = async (id: string): Promise<string> => {
  const response = await fetch(`${workbench.address}/api/notebooks/${encodeURIComponent(id)}/source`)
  return ((await response.json()) as { text: string }).text
}
/** A notebook of one's own, made without the page. */
async function make(title: string, text: string): Promise<string> {
  const response = await fetch(`${workbench.address}/api/notebooks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title, language: 'ru', text }),
  })
  return ((await response.json()) as { id: string }).id
}
async function openEditor(page: Page, id: string): Promise<void> {
  await page.goto(`${workbench.address}/notebooks/${encodeURIComponent(id)}`)
  await page.getByRole('button', { name: 'Править', exact: true }).click()
  await page.locator('.cell').first().waitFor()
}
async function openSource(page: Page, name: string): Promise<void> {
  await cell(page, name).getByRole('button', { name: 'Править исходный текст' }).click()
  await source(page, name).waitFor()
}
async function write(page: Page, name: string, text: string): Promise<void> {
  await source(page, name).press('Control+a')
  // Chromium puts what replaces coloured text into a styled span, which the content policy complains of.
  await page.keyboard.press('Backspace')
  await page.keyboard.insertText(text)
}

it('mends a faulty query: the fault is under its word, the corrected cell runs and is saved', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(`${workbench.address}/notebooks/03-broken`)
  await page.locator('vb-block[data-state=failed]').waitFor()
  await page.keyboard.press('e')
  await openSource(page, 'bad')
  expect(await page.locator('vb-cell-editor .cm-lintRange-error').textContent()).toBe('deels')

  await source(page, 'bad').press('Control+Home')
  for (const key of ['ArrowDown', 'ArrowDown', 'End']) await page.keyboard.press(key)
  for (let i = 0; i < 5; i++) await page.keyboard.press('Backspace')
  await page.keyboard.type('deals')
  await page.keyboard.press('Shift+Enter')
  await cell(page, 'after').getByText('авито').waitFor()
  expect(await page.locator('vb-block:is([data-state=failed], [data-state=skipped])').count()).toBe(0)
  await saved(page)
  expect(await textOf('03-broken')).toContain('from deals\ngroup by source')
  await page.getByRole('button', { name: 'Готово', exact: true }).click()
  await page.getByRole('button', { name: 'Править', exact: true }).waitFor()
  expect(faults).toEqual([])
})

it('writes a notebook from an empty page: a query, a chart of it, questions; brings a version back', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(workbench.address)
  await page.getByRole('button', { name: 'Новый отчёт' }).click()
  await page.getByLabel('Название').fill('Мои сделки')
  await page.getByRole('button', { name: 'Создать' }).click()
  await page.getByRole('heading', { level: 1, name: 'Мои сделки' }).waitFor()

  await page.getByRole('button', { name: 'Начать с ячейки' }).click()
  await page.getByRole('button', { name: /^Запрос SQL/ }).click()
  await source(page, 'sql-1').waitFor()
  await write(page, 'sql-1', 'select source, count(*) as deals from deals group by source')
  await page.getByLabel('Имя ячейки sql-1').fill('sources')
  await page.getByLabel('Имя ячейки sql-1').press('Enter')
  await source(page, 'sources').press('Shift+Enter')
  await cell(page, 'sources').getByText('авито').waitFor()

  await page.getByRole('button', { name: 'Добавить ячейку', exact: true }).click()
  await page
    .getByRole('button', { name: /^Диаграмма/ })
    .last()
    .click()
  await source(page, 'chart-1').waitFor()
  const form = cell(page, 'chart-1').getByRole('group', { name: 'Настройки' })
  await form.getByLabel('Данные').selectOption('sources')
  await form.getByLabel('По горизонтали', { exact: true }).selectOption('deals')
  await form.getByLabel('По вертикали', { exact: true }).selectOption('source')
  await form.locator('vb-chart svg').waitFor()
  await form.getByLabel('Заголовок').fill('Откуда сделки')
  await form.getByLabel('Заголовок').press('Enter')
  await expect.poll(() => source(page, 'chart-1').textContent()).toContain('title: Откуда сделки')
  await source(page, 'chart-1').press('Shift+Enter')
  await cell(page, 'chart-1').getByText('Откуда сделки').waitFor()
  await cell(page, 'chart-1').locator('vb-chart svg').waitFor()

  await page.getByRole('button', { name: 'Добавить ячейку', exact: true }).click()
  await page
    .getByRole('button', { name: /^Вопросы О чём/ })
    .last()
    .click()
  await source(page, 'questions-1').waitFor()
  await write(page, 'questions-1', 'limit: 5')
  await source(page, 'questions-1').press('Shift+Enter')
  await cell(page, 'questions-1').locator('.vb-quote').first().waitFor()
  await saved(page)
  const written = await textOf('мои-сделки')
  expect(written).toContain('```questions\nlimit: 5\n```')

  await cell(page, 'chart-1').getByRole('button', { name: 'Удалить' }).click()
  await expect.poll(() => kindsOf(page)).toEqual(['Запрос SQL', 'Вопросы'])
  await saved(page)
  await page.getByRole('button', { name: 'История' }).click()
  const history = page.getByRole('dialog', { name: 'История' })
  await history
    .getByText(/^С тех пор добавлено: 0\sстрок, удалено: \d+\sстрок/)
    .first()
    .waitFor()
  await history.getByRole('button', { name: 'Вернуть эту версию' }).click()
  await expect.poll(() => kindsOf(page)).toEqual(['Запрос SQL', 'Диаграмма', 'Вопросы'])
  await cell(page, 'chart-1').locator('vb-chart svg').waitFor()
  await saved(page)
  expect(await textOf('мои-сделки')).toBe(written)
  expect(faults).toEqual([])
})

it('obeys the keys that notebooks have, and takes back what was done', async () => {
  const id = await make(
    'Клавиши',
    '# Один\n\n```sql a\nselect 1 as one\n```\n\n```sql b\nselect 2 as two\n```\n',
  )
  const { page, faults } = await openPage(browser)
  await openEditor(page, id)
  const names = () => page.locator('.cell').evaluateAll(cells => cells.map(each => each.ariaLabel ?? ''))
  const order = async () => (await names()).map(name => /ячейка ([^,]+)/.exec(name)?.[1])
  await page.locator('.cell').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Alt+ArrowDown')
  expect(await order()).toEqual(['text-1', 'b', 'a'])
  await page.keyboard.press('d')
  expect(await order()).toEqual(['text-1', 'b', 'a'])
  await page.keyboard.press('d')
  expect(await order()).toEqual(['text-1', 'b'])
  await page.keyboard.press('z')
  await page.keyboard.press('z')
  expect(await order()).toEqual(['text-1', 'a', 'b'])
  await page.keyboard.press('Shift+z')
  expect(await order()).toEqual(['text-1', 'b', 'a'])

  await page.keyboard.press('a')
  await page.locator('vb-cell-editor .cm-content').waitFor()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Backspace')
  await page.keyboard.insertText('select 3 as three')
  // The first one shuts the list of completions.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('m')
  await expect.poll(() => kindsOf(page)).toContain('Текст')
  await page.keyboard.press('h')
  const help = page.getByRole('dialog', { name: 'Клавиши' })
  await help.getByText('удалить ячейку').waitFor()
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
  // The focus comes back to the cells a moment after the help is gone.
  const palette = page.getByRole('combobox', { name: 'Что сделать' })
  await expect
    .poll(async () => {
      if (!(await palette.isVisible())) await page.keyboard.press('Control+k')
      return palette.isVisible()
    })
    .toBe(true)
  await palette.fill('ячейке b')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => page.evaluate('document.activeElement.ariaLabel')).toMatch(/^Запрос SQL, ячейка b/)
  await saved(page)
  expect(await textOf(id)).toContain('select 3 as three\n\n')
  expect(faults).toEqual([])
})

it('keeps both when two tabs change the same cell, and joins changes of different ones', async () => {
  const id = await make('Вдвоём', '```sql a\nselect 1 as n\n```\n\n```sql b\nselect 2 as n\n```\n')
  const refused = [/409/]
  const [mine, theirs] = await Promise.all([openPage(browser, {}, refused), openPage(browser, {}, refused)])
  await Promise.all([openEditor(mine.page, id), openEditor(theirs.page, id)])
  const change = async (page: Page, name: string, text: string) => {
    await openSource(page, name)
    await write(page, name, text)
    await source(page, name).press('Shift+Enter')
  }
  await change(theirs.page, 'b', 'select 22 as n')
  await saved(theirs.page)
  await change(mine.page, 'a', 'select 10 as n')
  await mine.page.getByText('Учтены правки из другого места.').waitFor()
  await expect.poll(() => textOf(id)).toMatch(/select 10 as n[\s\S]*select 22 as n/)

  await change(theirs.page, 'a', 'select 11 as n')
  const dialog = theirs.page.getByRole('dialog', { name: 'Блокнот изменили и в другом месте' })
  await dialog.getByText('select 10 as n').waitFor()
  await dialog.getByText('select 11 as n').waitFor()
  await dialog.getByRole('button', { name: 'Оставить оба' }).click()
  await saved(theirs.page)
  await expect
    .poll(() => textOf(id))
    .toMatch(/select 11 as n[\s\S]*```sql a_2\nselect 10 as n[\s\S]*select 22 as n/)
  expect([...mine.faults, ...theirs.faults]).toEqual([])
})

it('loses nothing that was typed while the server is away, over a reload too', async () => {
  const id = await make('Обрыв', '```sql a\nselect 1 as n\n```\n')
  const { page, faults } = await openPage(browser, {}, [/ERR_FAILED/])
  await openEditor(page, id)
  await page.route('**/api/notebooks/*', route =>
    route.request().method() === 'PUT' ? route.abort() : route.continue(),
  )
  await openSource(page, 'a')
  await write(page, 'a', 'select 777 as n')
  await page.getByText(/^Сервер не отвечает/).waitFor()
  expect(await textOf(id)).toContain('select 1 as n')
  await page.unroute('**/api/notebooks/*')
  await page.reload()
  await page.getByText('Вернули то, что вы набрали в прошлый раз.').waitFor()
  await expect.poll(() => textOf(id)).toContain('select 777 as n')
  await saved(page)
  expect(faults).toEqual([])
})

it('copies, renames and deletes a report; the bin gives it back', async () => {
  const { page, faults } = await openPage(browser)
  await page.goto(workbench.address)
  await page.getByRole('button', { name: 'Ещё: Сделки и вопросы' }).click()
  await page.getByRole('button', { name: 'Сделать копию' }).click()
  await page.getByRole('button', { name: 'Создать' }).click()
  await page.getByRole('heading', { level: 1, name: 'Сделки и вопросы (копия)' }).waitFor()
  await expect.poll(() => kindsOf(page)).toContain('Диаграмма')

  await page.goto(workbench.address)
  await page.getByRole('button', { name: 'Ещё: Сделки и вопросы (копия)' }).click()
  await page.getByRole('button', { name: 'Переименовать' }).click()
  await page.getByLabel('Название').fill('Весна: сделки')
  await page.getByRole('dialog').getByRole('button', { name: 'Переименовать' }).click()
  await page.getByRole('link', { name: 'Весна: сделки' }).waitFor()
  await page.getByRole('button', { name: 'Ещё: Весна: сделки' }).click()
  await page.getByRole('button', { name: 'Удалить', exact: true }).click()
  await page.getByRole('link', { name: 'Весна: сделки' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Вернуть', exact: true }).first().click()
  await page.getByRole('link', { name: 'Весна: сделки' }).waitFor()
  expect(faults).toEqual([])
})

it.each([
  ['ru', 'light'],
  ['en', 'dark'],
] as const)('stands no one in the way (%s, %s)', async (language, theme) => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const id = await make(
    `Доступность ${language}`,
    '# Один\n\n```sql a\nselect 1 as one\n```\n\n```metrics m\n```\n',
  )
  const { page, faults } = await openPage(browser, { language, theme })
  await page.goto(`${workbench.address}/notebooks/${encodeURIComponent(id)}#edit`)
  await page.locator('.cell-source-shut').nth(1).waitFor()
  expect(await findBarriers(page, axe)).toEqual([])
  await page.locator('.cell-source-shut').first().click()
  await page.locator('vb-cell-editor .cm-content').waitFor()
  expect(await findBarriers(page, axe)).toEqual([])
  await page.locator('.cell-source-shut').click()
  await page.locator('vb-cell-form').waitFor()
  expect(await findBarriers(page, axe)).toEqual([])
  await page.locator('.editor-tools button').nth(2).click()
  await page.locator('dialog.history').waitFor()
  expect(await findBarriers(page, axe)).toEqual([])
  await page.keyboard.press('Escape')
  await page.goto(workbench.address)
  await page.locator('.head-tools button').click()
  await page.locator('dialog').waitFor()
  expect(await findBarriers(page, axe)).toEqual([])
  expect(faults).toEqual([])
})
