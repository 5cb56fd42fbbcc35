/**
 * Pictures of every page in both languages, light and dark, narrow and wide, to be looked at by people:
 *
 *     node test/support/screenshots.ts OUT [ADDRESS] [--only NAME]
 *
 * Without an address it starts a Verbatim of its own with the fixtures; `npm run build` comes before. Prints what each
 * page complained of, and whether it scrolls sideways.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import type { NotebookSummary } from '../../server/api/contract.ts'
import { openPage, startBrowser } from './browser.ts'
import { fixtures, startWorkbench } from './workbench.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, widths: { type: 'string', default: '360,1440' } },
})
const [out, given] = positionals
if (!out) throw new Error('Where to? node test/support/screenshots.ts OUT [ADDRESS]')
await mkdir(out, { recursive: true })

const workbench = given ? undefined : await startWorkbench()
const address = given ?? workbench!.address
const browser = await startBrowser()
const widths = values.widths.split(',').map(Number)

async function shoot(name: string, path: string, act?: (page: Page) => Promise<unknown>) {
  if (values.only && !name.includes(values.only)) return
  for (const language of ['ru', 'en'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      for (const width of widths) {
        const { page, faults } = await openPage(browser, {
          language,
          theme,
          viewport: { width, height: width < 600 ? 740 : 900 },
          isMobile: width < 600,
          hasTouch: width < 600,
        })
        await page.goto(address + path)
        await page.waitForLoadState('networkidle').catch(() => undefined)
        await page.waitForTimeout(200)
        if (act) await act(page)
        else await page.evaluate(scrollThrough)
        await page.waitForTimeout(act ? 500 : 0)
        await page.screenshot({
          path: join(out!, `${name}-${language}-${theme}-${width}.png`),
          fullPage: !act,
        })
        const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
        const complaints = [...faults, ...(wide ? ['scrolls sideways'] : [])]
        if (complaints.length > 0)
          process.stdout.write(`${name} ${language} ${theme} ${width}: ${complaints}\n`)
        await page.context().close()
      }
    }
  }
}

/** Charts are drawn when they come near: the whole page is seen once, then from its top. */
const scrollThrough = `(async () => {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y)
    await new Promise(resume => setTimeout(resume, 60))
  }
  scrollTo(0, 0)
  await new Promise(resume => setTimeout(resume, 200))
})()`

/** Where the first quote of any notebook leads. */
async function findQuote(notebooks: readonly NotebookSummary[]): Promise<string | null> {
  const { page } = await openPage(browser)
  for (const { id } of notebooks) {
    await page.goto(`${address}/notebooks/${encodeURIComponent(id)}`)
    await page.waitForLoadState('networkidle').catch(() => undefined)
    const href = await page.evaluate(`document.querySelector('.vb-quote a')?.getAttribute('href') ?? null`)
    if (typeof href === 'string') return href
  }
  return null
}

await shoot('welcome', '/')
if (workbench) {
  await workbench.load('deals.csv')
  await workbench.load('calls.jsonl')
  for (const [heading, text] of [
    ['Входит ли монтаж в цену?', 'Да: замер, монтаж и вывоз старых окон уже в цене.'],
    ['Есть ли рассрочка?', 'Есть, на 12 месяцев без переплаты.'],
  ])
    await fetch(`${address}/api/pages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        kind: 'faq',
        heading,
        text,
        url: 'https://example.com/faq',
        publishedAt: '2026-03-01',
      }),
    })
}
const notebooks = (await (await fetch(`${address}/api/notebooks`)).json()) as NotebookSummary[]
await shoot('list', '/')
for (const { id } of notebooks) await shoot(`notebook-${id}`, `/notebooks/${encodeURIComponent(id)}`)
const quoted = await findQuote(notebooks)
if (quoted) await shoot('conversation', quoted)
for (const { id } of notebooks.slice(0, 1)) {
  const path = `/notebooks/${encodeURIComponent(id)}`
  await shoot('quote', path, page => page.locator('.vb-quote a').first().click())
  await shoot('menu', path, page => page.locator('.field-button').first().click())
}
await shoot('data', '/data')
for (const part of ['imports', 'rejects', 'pages', 'schema', 'erase'])
  await shoot(`data-${part}`, `/data/${part}`)
await shoot('data-fix', '/data/rejects', page => page.locator('.table .button').first().click())
await shoot('data-plan', '/data/erase?client=1', page => page.locator('.erase-plan').waitFor())
await shoot('data-names', '/data/schema', async page => {
  await page.locator('.schema summary').nth(2).click()
  await page.locator('.schema-samples').first().waitFor()
  await page.locator('.schema details[open] .schema-columns .schema-pick').first().click()
})
await shoot('missing', '/no-such-page')
await shoot('data-preview', '/data', async page => {
  await page.locator('.drop input').setInputFiles(join(fixtures, 'deals.csv'))
  await page.locator('.upload-preview, .note-error').first().waitFor()
})
await browser.close()
await workbench?.close()
process.exit()
