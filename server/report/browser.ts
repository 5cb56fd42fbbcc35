/**
 * A headless Chromium for printing and pictures, out of an npm package: started at the first page, closed when nothing was printed for a
 * while. Its pages run no script and reach no network.
 */
import type { Browser } from 'playwright-core'
import { CancelledError, UnavailableError } from '../errors.ts'

export interface PagePrinter {
  /** PDF of an HTML page that carries all it needs. Throws UnavailableError when it can't be made or takes too long. */
  print(html: string, signal?: AbortSignal): Promise<Buffer>
  /** PNG of an SVG, in twice its size. Throws UnavailableError likewise. */
  picture(svg: string, signal?: AbortSignal): Promise<Buffer>
  close(): Promise<void>
}

/** Milliseconds: for one page, its turn not counted; for the first start, which unpacks the browser; until it is closed. */
const PAGE_TIME = 60_000
const START_TIME = 60_000
const IDLE_TIME = 60_000

/** Pages wait their turn: one at a time. It keeps no process alive between them. */
export function createPagePrinter(idle = IDLE_TIME): PagePrinter {
  let browser: Promise<Browser> | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const stop = async () => {
    clearTimeout(timer)
    const stopped = browser
    browser = null
    await (await stopped?.catch(() => null))?.close().catch(() => {})
  }
  const doOne = async (work: (browser: Browser) => Promise<Buffer>): Promise<Buffer> => {
    clearTimeout(timer)
    browser ??= startBrowser()
    const running = browser
    try {
      const made = await withinTime(work(await running), PAGE_TIME)
      timer = setTimeout(() => void stop(), idle)
      timer.unref()
      return made
    } catch (error) {
      await stop()
      if (error instanceof UnavailableError) throw error
      throw new UnavailableError('The file could not be drawn', {
        hint: 'Try again, or save the report as a page and print that.',
        cause: error,
      })
    }
  }
  const inTurn = (work: (browser: Browser) => Promise<Buffer>, signal?: AbortSignal): Promise<Buffer> => {
    const turn = queue.then(() => {
      if (signal?.aborted) throw new CancelledError('Nobody waits for the file any more')
      return doOne(work)
    })
    queue = turn.catch(() => {})
    return turn
  }
  return {
    print: (html, signal) => inTurn(browser => printPage(browser, html), signal),
    picture: (svg, signal) => inTurn(browser => takePicture(browser, svg), signal),
    close: stop,
  }
}

async function printPage(browser: Browser, html: string): Promise<Buffer> {
  const context = await browser.newContext({ javaScriptEnabled: false, offline: true, colorScheme: 'light' })
  try {
    await context.route('**/*', route => route.abort())
    const page = await context.newPage()
    await page.setContent(html, { waitUntil: 'load', timeout: PAGE_TIME })
    return await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true })
  } finally {
    await context.close().catch(() => {})
  }
}

/** Pixels of a picture for one of the drawing. */
const SCALE = 2
const PICTURE_CSP = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`

async function takePicture(browser: Browser, svg: string): Promise<Buffer> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    offline: true,
    colorScheme: 'light',
    deviceScaleFactor: SCALE,
  })
  try {
    await context.route('**/*', route => route.abort())
    const page = await context.newPage()
    const html = `<!doctype html>${PICTURE_CSP}<style>body{margin:0}svg{display:block}</style>${svg}`
    await page.setContent(html, { waitUntil: 'load', timeout: PAGE_TIME })
    return await page.locator('svg').screenshot({ type: 'png', timeout: PAGE_TIME })
  } finally {
    await context.close().catch(() => {})
  }
}

/** In the package's own setting, one process, closing a page takes the browser down; the others loosen what pages may. */
const LOOSE = [
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
]

async function startBrowser(): Promise<Browser> {
  try {
    const [{ default: chromium }, { chromium: launcher }] = await Promise.all([
      import('@sparticuz/chromium'),
      import('playwright-core'),
    ])
    const args = chromium.args.filter(argument => !LOOSE.includes(argument))
    // The package has Linux binaries alone; elsewhere the person's own Chrome serves.
    const where =
      process.platform === 'linux'
        ? { executablePath: await chromium.executablePath(), args }
        : { channel: 'chrome' }
    return await launcher.launch({ ...where, headless: true, timeout: START_TIME })
  } catch (error) {
    throw new UnavailableError('Chromium, which prints PDF, can’t be started here', {
      hint: 'On Linux npm ci brings it; elsewhere install Chrome. Or save the report as a page and print that.',
      cause: error,
    })
  }
}

async function withinTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new UnavailableError(`The file took longer than ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, over])
  } finally {
    clearTimeout(timer)
    work.catch(() => {})
  }
}
