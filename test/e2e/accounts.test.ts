/** Logging in, in a real browser: the door, an invitation, what an administrator sees, and the end of a session. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBarriers, openPage, startBrowser } from '../support/browser.ts'
import { startWorkbench, type Workbench } from '../support/workbench.ts'

const PASSWORD = 'три тихих слова'
/** The browser tells of answers that are refusals, which here are meant. */
const refusals = [/status of 40[13]/]

let browser: Browser
let workbench: Workbench
let axe: string
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const prepare: NonNullable<Parameters<typeof startWorkbench>[0]>['prepare'] = async ({ users }) => {
    const user = await users.add({ login: 'anna@example.org', name: 'Анна', role: 'administrator' })
    await users.setPassword(user.user_id, PASSWORD)
  }
  ;[browser, workbench] = await Promise.all([
    startBrowser(),
    startWorkbench({ environment: { VERBATIM_LOGIN: 'always' }, prepare }),
  ])
})
afterAll(async () => {
  await browser?.close()
  await workbench?.close()
})

async function logIn(page: Page, path = '/'): Promise<void> {
  await page.goto(workbench.address + path)
  await page.getByLabel('Эл. почта').fill('anna@example.org')
  await page.getByLabel('Пароль').fill(PASSWORD)
  await page.getByRole('button', { name: 'Войти' }).click()
  await page.locator('.rail').waitFor()
}

describe('accounts in the browser', () => {
  it('a wrong password is told, the right one opens the address that was asked for', async () => {
    const { page, faults } = await openPage(browser, {}, refusals)
    await page.goto(`${workbench.address}/data/schema`)
    await page.getByLabel('Эл. почта').fill('anna@example.org')
    await page.getByLabel('Пароль').fill('not this one')
    await page.getByRole('button', { name: 'Войти' }).click()
    await page.getByText('Почта и пароль не подходят').waitFor()
    expect(await findBarriers(page, axe)).toEqual([])
    await page.getByLabel('Пароль').fill(PASSWORD)
    await page.getByRole('button', { name: 'Войти' }).click()
    await page.locator('vb-schema-browser .schema').waitFor()
    expect(await page.evaluate('document.cookie')).toBe('')
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('an invitation becomes a person who reads, and whom the log knows', async () => {
    const { page, faults } = await openPage(browser, { viewport: { width: 360, height: 740 } }, refusals)
    await logIn(page, '/account/users')
    await page.getByLabel('Эл. почта').fill('ivan@example.org')
    await page.getByLabel('Имя', { exact: true }).fill('Иван')
    await page.getByRole('button', { name: 'Пригласить' }).click()
    const link = await page.locator('.account-secret input').inputValue()
    for (const path of ['/account', '/account/users', '/account/audit']) {
      await page.goto(workbench.address + path)
      await page.locator('.people-table').first().waitFor()
      expect(await findBarriers(page, axe), path).toEqual([])
      expect(
        await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
        path,
      ).toBeLessThanOrEqual(0)
    }
    await page.locator('.people-table').getByText('Приглашён человек').first().waitFor()

    const guest = await openPage(browser, {}, refusals)
    await guest.page.goto(link)
    await guest.page.getByText('Добро пожаловать, Иван').waitFor()
    expect(await findBarriers(guest.page, axe)).toEqual([])
    await guest.page.getByLabel('Пароль').fill('четыре других слова')
    await guest.page.getByRole('button', { name: 'Задать пароль и войти' }).click()
    await guest.page.locator('.rail').waitFor()
    await guest.page.goto(`${workbench.address}/account`)
    await guest.page.getByText('читатель').first().waitFor()
    expect(await guest.page.locator('.tabs').count()).toBe(0)

    // Shut out: what is open in a browser ends with the next thing that it asks for.
    await page.goto(`${workbench.address}/account/users`)
    await page.getByRole('button', { name: 'Закрыть доступ: Иван' }).click()
    await page.getByRole('button', { name: 'Открыть доступ: Иван' }).waitFor()
    await guest.page.getByRole('link', { name: 'Ссылки' }).click()
    await guest.page.getByText('Сеанс закончился').waitFor()
    expect([...faults, ...guest.faults]).toEqual([])
    await Promise.all([page.context().close(), guest.page.context().close()])
  })

  it('on one’s own machine there is neither a door nor an account', async () => {
    const own = await startWorkbench()
    const { page, faults } = await openPage(browser)
    await page.goto(own.address)
    await page.locator('.rail').waitFor()
    expect(await page.locator('.rail a[href="/account"]').count()).toBe(0)
    await page.goto(`${own.address}/account`)
    await page.locator('.note-empty').waitFor()
    expect(faults).toEqual([])
    await page.context().close()
    await own.close()
  })
})
