import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../../web/tokens.css'), 'utf8')
const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)/g)]
const themes = {
  light: Object.fromEntries(pairs.map(match => [match[1]!, match[2]!])),
  dark: Object.fromEntries(pairs.map(match => [match[1]!, match[3]!])),
}

/** Linear RGB of `#rrggbb`. */
function linear(hex: string): number[] {
  return [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
}

const luminance = ([r, g, b]: number[]) => 0.2126 * r! + 0.7152 * g! + 0.0722 * b!

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

/** Oklab of linear RGB (Ottosson 2020). */
function oklab([r, g, b]: number[]): number[] {
  const l = Math.cbrt(0.4122214708 * r! + 0.5363325363 * g! + 0.0514459929 * b!)
  const m = Math.cbrt(0.2119034982 * r! + 0.6806995451 * g! + 0.1073969566 * b!)
  const s = Math.cbrt(0.0883024619 * r! + 0.2817188376 * g! + 0.6299787005 * b!)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** Full dichromacy in linear RGB (Machado, Oliveira, Fernandes 2009, severity 1). */
const sights: Record<string, number[][]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function seen(hex: string, sight: string): number[] {
  const rgb = linear(hex)
  const rows = sights[sight]!.map(row => row.reduce((sum, part, i) => sum + part * rgb[i]!, 0))
  return oklab(rows.map(part => Math.min(1, Math.max(0, part))))
}

const distance = (a: number[], b: number[]) => Math.hypot(...a.map((part, i) => part - b[i]!))

describe.each(['light', 'dark'] as const)('tokens, %s', theme => {
  const colours = themes[theme]
  const ratio = (text: string, ground: string) => contrast(colours[text]!, colours[ground]!)

  it('has AAA for prose on every ground', () => {
    for (const ground of ['paper', 'surface', 'sunken'])
      expect(ratio('ink', ground), ground).toBeGreaterThan(7)
  })

  it.each(['muted', 'accent', 'question', 'value', 'objection', 'danger', 'good'])(
    'has AA for text in %s',
    name => {
      for (const ground of ['paper', 'surface', 'sunken'])
        expect(ratio(name, ground), ground).toBeGreaterThan(4.5)
    },
  )

  it('has AA for ink, muted and kinds on their tints, and on buttons', () => {
    for (const name of ['accent', 'question', 'value', 'objection', 'danger']) {
      expect(ratio(name, `${name}-tint`), name).toBeGreaterThan(4.5)
      expect(ratio('ink', `${name}-tint`), name).toBeGreaterThan(7)
      expect(ratio('muted', `${name}-tint`), name).toBeGreaterThan(4.5)
    }
    expect(ratio('accent-ink', 'accent')).toBeGreaterThan(4.5)
  })

  it('has 3:1 for series and edges of controls', () => {
    const names = ['edge', ...Array.from({ length: 8 }, (_, i) => `series-${i + 1}`)]
    for (const name of names) {
      for (const ground of ['paper', 'surface']) expect(ratio(name, ground), name).toBeGreaterThan(3)
    }
  })

  it('keeps ink legible on every amount', () => {
    for (const name of ['ramp-low', 'ramp-high', 'diverge-low', 'diverge-mid', 'diverge-high']) {
      expect(ratio('ink', name), name).toBeGreaterThan(4.5)
    }
  })

  it.each(Object.keys(sights))('tells the eight series apart: %s', sight => {
    const close: string[] = []
    for (let i = 1; i <= 8; i++) {
      for (let j = i + 1; j <= 8; j++) {
        const [a, b] = [i, j].map(n => seen(colours[`series-${n}`]!, sight))
        const apart = distance(a!, b!)
        if (apart < (sight === 'normal' ? 0.1 : 0.07)) close.push(`${i}–${j}: ${apart.toFixed(3)}`)
      }
    }
    expect(close).toEqual([])
  })
})

it('says every colour once, light beside dark', () => {
  expect(Object.keys(themes.light).length).toBe(32)
  expect(css.match(/#[\da-f]{3,8}\b/g)!.length).toBe(pairs.length * 2 + 1) // paper in print
})
