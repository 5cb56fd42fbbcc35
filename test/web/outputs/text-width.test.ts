import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { advanceOf, textWidth, wrapText } from '../../../web/outputs/text-width.ts'
import { readAdvances } from './font-advances.ts'

const files = join(import.meta.dirname, '../../../node_modules/@fontsource-variable/golos-text/files')
const font = new Map(
  ['latin-ext', 'cyrillic', 'latin'].flatMap(part => [
    ...readAdvances(join(files, `golos-text-${part}-wght-normal.woff2`)),
  ]),
)

describe('widths of Golos Text', () => {
  it('are those of the font, to 5/1000 em, for Russian, English and what numbers need', () => {
    const letters = 'абвгдежзийклмнопрстуфхцчшщъыьэюяё'
    const chars = `${letters}${letters.toUpperCase()}${String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i))}«»–—−₽€£%·…№\u00a0`
    const wrong = [...new Set(chars)].flatMap(char => {
      const real = font.get(char.codePointAt(0)!)
      return real !== undefined && Math.abs(real - advanceOf(char)) <= 5
        ? []
        : [`${char} ${real} ${advanceOf(char)}`]
    })
    expect(wrong).toEqual([])
  })

  it('adds up over a line, and semibold is wider', () => {
    expect(textWidth('или', 10)).toBeCloseTo(6.1 + 5.9 + 6.1)
    expect(textWidth('или', 10, true)).toBeCloseTo(18.1 * 1.06)
    expect(textWidth('🙂', 10)).toBe(10)
  })
})

describe('wrapping', () => {
  it('breaks between words and after hyphens, and never loses one in silence', () => {
    expect(wrapText('входит ли монтаж в цену', 13, 100, 3)).toEqual(['входит ли', 'монтаж в цену'])
    expect(wrapText('Санкт-Петербург', 13, 90, 2)).toEqual(['Санкт-', 'Петербург'])
    expect(wrapText('входит ли монтаж в цену', 13, 100, 1)).toEqual(['входит ли мо…'])
    expect(wrapText('непереносимо', 13, 50, 2)).toEqual(['непе…'])
    expect(wrapText('', 13, 50, 2)).toEqual([''])
  })
})
