/**
 * Vega's SVG made fit for a page: only drawing elements and attributes that we know pass (nothing that loads, links,
 * styles or runs), what the page's CSS says anyway is left out, numbers keep one decimal, ids are made the page's own,
 * and stand-in colours become tokens, so that one drawing serves light and dark.
 */
import type { Colours } from '../../web/outputs/chart-colours.ts'

/** Which elements may be there, and which of their attributes. */
const COMMON = [
  'transform',
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'fill-opacity',
  'stroke-opacity',
  'clip-path',
]
const ELEMENTS: Record<string, readonly string[]> = {
  svg: ['width', 'height', 'viewBox'],
  g: COMMON,
  path: [...COMMON, 'd'],
  line: [...COMMON, 'x1', 'x2', 'y1', 'y2'],
  rect: [...COMMON, 'x', 'y', 'width', 'height', 'rx'],
  circle: [...COMMON, 'cx', 'cy', 'r'],
  text: [...COMMON, 'text-anchor', 'x', 'y', 'dx', 'dy', 'font-size', 'font-weight', 'font-style'],
  tspan: ['x', 'dy'],
  defs: [],
  clipPath: ['id'],
  linearGradient: ['id', 'x1', 'x2', 'y1', 'y2'],
  stop: ['offset', 'stop-color'],
}
/** Values that outputs.css or SVG itself gives. */
const USUAL = new Set([
  'font-size="13px"',
  'font-weight="normal"',
  'font-weight="400"',
  'opacity="1"',
  'stroke-width="0"',
])

const PAINTS = new Set(['fill', 'stroke', 'stop-color', 'clip-path'])
/** A paint is a name, a number, a token or one of the drawing's own gradients: never an address. */
const PAINT = /^(?:#[\da-f]{3,8}|[a-z]+|(?:rgb|hsl)a?\([\d\s.,%/]+\)|var\(--[\w-]+\)|url\(#[\w-]+\))$/i

interface Element {
  tag: string
  attributes: Map<string, string>
  children: (Element | string)[]
}

/** Stand-ins for ramps: what Vega mixes between them tells how far along a colour is. */
const STAND_INS: Record<string, string> = {
  'ramp-low': 'rgb(1,0,0)',
  'ramp-high': 'rgb(1,255,0)',
  'diverge-low': 'rgb(2,255,0)',
  'diverge-mid': 'rgb(2,0,0)',
  'diverge-high': 'rgb(2,0,255)',
}
const MIXED = /rgb\(([12]), ?(\d+), ?(\d+)\)/g

/** Colours for a drawing that slimSvg will finish. */
export const svgColours: Colours = token => STAND_INS[token] ?? `var(--${token})`

function unmix(text: string): string {
  return text.replace(MIXED, (_whole, ramp: string, green: string, blue: string) => {
    const part = (amount: string) => `${Math.round((Number(amount) / 255) * 1000) / 10}%`
    if (ramp === '1') return `color-mix(in oklab,var(--ramp-high) ${part(green)},var(--ramp-low))`
    const [end, amount] = Number(blue) > 0 ? ['high', blue] : ['low', green]
    return `color-mix(in oklab,var(--diverge-${end}) ${part(amount!)},var(--diverge-mid))`
  })
}

/** The drawing, ready to stand in a page. `prefix` tells its ids from those of other drawings there. */
export function slimSvg(markup: string, prefix: string, className: string): string {
  const root = parse(markup)
  if (!root) return ''
  return write(root, prefix, ` fill="none" class="${className}" aria-hidden="true" focusable="false"`)
}

/** The element tree of well-formed markup, of known elements only. */
function parse(markup: string): Element | null {
  const top: Element = { tag: '', attributes: new Map(), children: [] }
  const open = [top]
  // Inside an element that is not known nothing is kept.
  let unknown = 0
  for (const [, close, tag, attributes, empty, text] of markup.matchAll(
    /<(\/?)([\w:-]+)((?:[^>"]|"[^"]*")*?)(\/?)>|([^<]+)/g,
  )) {
    if (text !== undefined) {
      if (unknown === 0 && open.at(-1)!.tag.startsWith('t')) open.at(-1)!.children.push(text)
    } else if (close) {
      if (unknown > 0) unknown--
      else open.pop()
    } else if (unknown > 0 || !(tag! in ELEMENTS)) {
      if (!empty) unknown++
    } else {
      const element = { tag: tag!, attributes: readAttributes(attributes!), children: [] }
      open.at(-1)!.children.push(element)
      if (!empty) open.push(element)
    }
  }
  return (top.children.find(child => typeof child !== 'string') as Element | undefined) ?? null
}

function readAttributes(text: string): Map<string, string> {
  return new Map([...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(match => [match[1]!, match[2]!]))
}

function write(element: Element, prefix: string, extra = ''): string {
  const { tag, attributes } = element
  const hidden = attributes.get('display') === 'none' || attributes.get('opacity') === '0'
  const blank = tag === 'path' && !attributes.has('fill') && !attributes.has('stroke')
  if (hidden || blank) return ''
  const content = element.children
    .map(child => (typeof child === 'string' ? child : write(child, prefix)))
    .join('')
  if (content === '' && ['g', 'defs', 'text'].includes(tag)) return ''
  const kept = ELEMENTS[tag]!.flatMap(name => {
    const value = attributes.get(name)
    if (value === undefined || value === '' || value === 'null') return []
    if (PAINTS.has(name) && !PAINT.test(value)) return []
    const text = `${name}="${tidy(name, value, prefix)}"`
    return USUAL.has(text) ? [] : [text]
  })
  if (tag === 'g' && kept.every(text => text === 'transform="translate(0,0)"')) return content
  const head = [tag, ...kept].join(' ') + extra
  return content === '' ? `<${head}/>` : `<${head}>${content}</${tag}>`
}

function tidy(name: string, value: string, prefix: string): string {
  if (name === 'id') return `${prefix}-${value}`
  if (PAINTS.has(name)) {
    return unmix(value).replace(/url\(#([\w-]+)\)/g, `url(#${prefix}-$1)`)
  }
  return value.replace(/-?\d*\.\d{2,}(?:e-?\d+)?/g, number => String(Math.round(Number(number) * 10) / 10))
}
