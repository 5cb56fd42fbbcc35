import { describe, expect, it } from 'vitest'
import { assignFew, type Said } from '../../server/mining/assign-few.ts'
import { sayings } from '../support/sayings.ts'

const options = { granularity: 'question', leastClients: 3 } as const
const { texts, asked } = sayings(600, 7)
const themes = [...new Set(asked)].map(id => ({
  id,
  exemplars: texts.filter((_, i) => i < 300 && asked[i] === id).slice(0, 20),
}))
const fresh = (text: string): Said => ({ text, clients: 1, fresh: true })
const waiting = (text: string): Said => ({ text, clients: 1, fresh: false })
const pets = [
  'кота не выпустит москитная сетка',
  'москитная сетка кота не выпустит точно',
  'сетка москитная не выпустит кота',
]

describe('assigning a few texts beside a catalogue', () => {
  it('gives nearly all the theme that they ask for', () => {
    const { assignments } = assignFew(texts.slice(300).map(fresh), themes, options)!
    const right = assignments.filter(({ theme }, i) => theme === asked[300 + i]).length
    expect(right).toBeGreaterThan(250)
    expect(assignFew(texts.slice(300).map(fresh), themes, options)!.assignments).toEqual(assignments)
  })

  it('lets what is near no theme wait, and makes a group of it once enough say alike', () => {
    const alone = assignFew([fresh(pets[0]!), waiting(pets[1]!)], themes, options)!
    expect(alone.assignments).toEqual([
      { theme: null, group: null, score: 0 },
      { theme: null, group: null, score: 0 },
    ])
    const together = assignFew([fresh(pets[0]!), waiting(pets[1]!), waiting(pets[2]!)], themes, options)!
    expect(together.assignments.map(({ theme, group }) => [theme, group])).toEqual([
      [null, 0],
      [null, 0],
      [null, 0],
    ])
  })

  it('leaves alone what waits when nothing new is like it', () => {
    const { assignments } = assignFew([fresh(texts[300]!), ...pets.map(waiting)], themes, options)!
    expect(assignments.map(({ group }) => group)).toEqual([null, null, null, null])
    expect(assignments[0]!.theme).toBe(asked[300])
  })

  it('asks for a full comparison when much is new', () => {
    const news = Array.from({ length: 150 }, (_, i) =>
      fresh(`кота не выпустит москитная сетка ${'ая'.repeat(i)}`),
    )
    expect(assignFew(news, themes, options)).toBeNull()
  })
})
