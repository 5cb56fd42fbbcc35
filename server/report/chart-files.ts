/** One chart as a file: its Vega-Lite spec with its data, an SVG that stands alone, or a picture of that. */
import { readFile } from 'node:fs/promises'
import { escapeHtml } from '../lib/escape-html.ts'
import type { Language } from '../lib/locale.ts'
import type { ChartOutput } from '../notebook/output.ts'
import type { PagePrinter } from './browser.ts'
import type { ChartDrawer } from './chart-svg.ts'
import type { ReportFile } from './report-file.ts'

export interface ChartFileParts {
  charts: ChartDrawer
  printer: PagePrinter
  language: Language
  currency: string
  signal: AbortSignal
}

const WIDTH = 800
const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json'

/** The chart's output must be masked already. Throws NotebookError for what can't be drawn, UnavailableError. */
export async function renderChartFile(
  { title, description, spec }: ChartOutput,
  kind: 'svg' | 'png' | 'json',
  { charts, printer, language, currency, signal }: ChartFileParts,
): Promise<ReportFile> {
  if (kind === 'json') {
    const whole = { $schema: SCHEMA, ...(title && { title }), ...(description && { description }), ...spec }
    return { type: 'application/json', content: `${JSON.stringify(whole, null, 2)}\n` }
  }
  const drawn = await charts.draw(spec, { width: WIDTH, className: 'chart' }, language, currency)
  const svg = standAlone(drawn, await lightTokens(), { title, description })
  if (kind === 'svg') return { type: 'image/svg+xml', content: svg }
  return { type: 'image/png', content: await printer.picture(svg, signal) }
}

let tokens: Promise<ReadonlyMap<string, string>> | undefined

/** Colours of tokens.css in its light theme, by name. */
function lightTokens(): Promise<ReadonlyMap<string, string>> {
  tokens ??= readFile(new URL('../../web/tokens.css', import.meta.url), 'utf8').then(
    css => new Map([...css.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}),/gi)].map(m => [m[1]!, m[2]!])),
  )
  return tokens
}

/** A page's drawing as a file of its own: colours instead of tokens, a face, a ground, a name. */
export function standAlone(
  drawn: string,
  colours: ReadonlyMap<string, string>,
  { title, description }: { title: string; description: string },
): string {
  const colour = (name: string) => colours.get(name) ?? '#000000'
  const plain = drawn
    .replace(
      /color-mix\(in oklab,var\(--([\w-]+)\) ([\d.]+)%,var\(--([\w-]+)\)\)/g,
      (_whole, a: string, part: string, b: string) => mix(colour(a), colour(b), Number(part) / 100),
    )
    .replace(/var\(--([\w-]+)\)/g, (_whole, name: string) => colour(name))
  const names = [
    title && `<title>${escapeHtml(title)}</title>`,
    description && `<desc>${escapeHtml(description)}</desc>`,
  ]
  return plain.replace(
    /^<svg([^>]*)>/,
    (_whole, attributes: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg"${attributes.replace(/ (?:class|aria-hidden|focusable)="[^"]*"/g, '')} font-family="Golos Text, Segoe UI, Roboto, Arial, sans-serif" font-size="13px">${names.filter(Boolean).join('')}<rect width="100%" height="100%" fill="${colour('paper')}"/>`,
  )
}

type Triple = [number, number, number]

/** A part of one colour and the rest of another, mixed in Oklab. Source: B. Ottosson, “A perceptual color space” (2020). */
function mix(a: string, b: string, part: number): string {
  const [x, y] = [toOklab(a), toOklab(b)]
  return fromOklab(x.map((value, i) => value * part + y[i]! * (1 - part)) as Triple)
}

function toOklab(hex: string): Triple {
  const [r, g, b] = [1, 3, 5].map(at => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }) as Triple
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function fromOklab([lightness, a, b]: Triple): string {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map(c => {
    const value = c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055
    return Math.round(Math.min(1, Math.max(0, value)) * 255)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${rgb.join('')}`
}
