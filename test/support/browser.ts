/** A real headless Chromium for tests: started once, pages that remember what went wrong on them. */
import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, chromium as launcher, type Page } from 'playwright-core'

/** Starts Chromium out of the npm package. The caller closes it. */
export async function startBrowser(): Promise<Browser> {
  // In a single process, as the package is set up for, closing one page's context takes the whole browser down.
  // The others would let a page do what a real browser refuses.
  const loose = [
    '--single-process',
    '--no-zygote',
    '--disable-web-security',
    '--allow-running-insecure-content',
  ]
  const args = chromium.args.filter(argument => !loose.includes(argument))
  return launcher.launch({ executablePath: await chromium.executablePath(), args, headless: true })
}

export interface WatchedPage {
  page: Page
  /** Errors of the console, uncaught ones, requests to another host; empty on a page that is well. */
  faults: string[]
}

export interface PageOptions extends BrowserContextOptions {
  /** Kept in localStorage before anything is loaded. */
  language?: 'ru' | 'en'
  theme?: 'light' | 'dark'
}

/** A page in a context of its own. `expected` are console errors that the test brings about on purpose. */
export async function openPage(
  browser: Browser,
  { language = 'ru', theme, ...options }: PageOptions = {},
  expected: readonly RegExp[] = [],
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: language === 'ru' ? 'ru-RU' : 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  })
  // As text: vitest rewrites functions that are sent to the browser.
  await context.addInitScript(
    `if (!localStorage.getItem('verbatim.language')) localStorage.setItem('verbatim.language', '${language}');` +
      (theme
        ? `if (!localStorage.getItem('verbatim.theme')) localStorage.setItem('verbatim.theme', '${theme}')`
        : ''),
  )
  const page = await context.newPage()
  const faults: string[] = []
  const note = (text: string) => {
    if (!expected.some(pattern => pattern.test(text))) faults.push(text)
  }
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning')
      note(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', error => note(`uncaught: ${error.message}`))
  page.on('request', request => {
    const { protocol, hostname } = new URL(request.url())
    if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1') note(`asked another host: ${request.url()}`)
  })
  return { page, faults }
}

/** What axe finds on a page that is serious or critical, one line each. */
export async function findBarriers(page: Page, axeSource: string): Promise<string[]> {
  if (await page.evaluate('self.axe === undefined')) await page.evaluate(axeSource)
  const results = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )) as {
    violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[]
  }
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`))
}
