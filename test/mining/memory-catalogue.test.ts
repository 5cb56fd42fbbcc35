import { describe, expect, it } from 'vitest'
import { emptyCatalogue, extendCatalogue } from '../../server/mining/memory-catalogue.ts'
import { compareGroups } from '../support/cluster-metrics.ts'
import { sayings } from '../support/sayings.ts'

describe('a catalogue in memory', () => {
  it('grows batch by batch: ids once given stay, new ones are never used twice', () => {
    const { texts, asked } = sayings(320, 11)
    const catalogue = emptyCatalogue('question')
    const given: string[] = []
    for (let at = 0; at < texts.length; at += 40) {
      given.push(...extendCatalogue(catalogue, texts.slice(at, at + 40)))
      expect(extendCatalogue(catalogue, texts.slice(0, at + 40))).toEqual(given)
    }
    const ids = catalogue.themes.map(theme => theme.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(catalogue.next).toBe(ids.length + 1)
    const whole = extendCatalogue(emptyCatalogue('question'), texts)
    expect(compareGroups(given, asked).acc).toBeGreaterThan(compareGroups(whole, asked).acc - 0.04)
  })

  it('names themes by what was said, and counts distinct texts', () => {
    const catalogue = emptyCatalogue('question')
    extendCatalogue(catalogue, ['Есть рассрочка?', 'есть рассрочка', 'А рассрочка есть?', 'Где парковка?'])
    expect(catalogue.themes).toEqual([
      {
        id: 'c1',
        label: expect.stringMatching(/рассрочка есть|есть рассрочка/i),
        size: 2,
        exemplars: ['Есть рассрочка?', 'А рассрочка есть?'],
      },
      { id: 'c2', label: 'Где парковка?', size: 1, exemplars: ['Где парковка?'] },
    ])
  })

  it('keeps only so many exemplars, spread over all that came, and at least one a theme', () => {
    const catalogue = emptyCatalogue('question')
    const many = Array.from({ length: 40 }, (_, i) => `рассрочка вариант${i}`)
    catalogue.themes.push({ id: 'c1', label: 'рассрочка', size: many.length, exemplars: many })
    catalogue.next = 2
    expect(extendCatalogue(catalogue, ['где парковка'], 20)).toEqual(['c2'])
    const [first, second] = catalogue.themes
    expect(first!.exemplars).toHaveLength(19)
    expect(first!.exemplars[0]).toBe(many[0])
    expect(first!.exemplars.at(-1)).toBe(many[37])
    expect(first!.size).toBe(40)
    expect(second!.exemplars).toEqual(['где парковка'])
  })
})
