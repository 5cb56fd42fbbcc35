import { describe, expect, it } from 'vitest'
import { assign } from '../../server/mining/assign.ts'
import { groupAtOnce, type Item } from '../../server/mining/at-once.ts'
import { groupAtScale } from '../../server/mining/at-scale.ts'
import { createJoiner } from '../../server/mining/join.ts'
import { BUILT_IN_ENGINE } from '../../server/mining/vectors.ts'
import { compareGroups } from '../support/cluster-metrics.ts'
import { sayings } from '../support/sayings.ts'

const question = { granularity: 'question' } as const
const instalments = ['есть ли у вас рассрочка', 'а рассрочку вы даёте', 'можно взять в рассрочку']
const survey = ['сколько стоит замер', 'замер у вас платный или нет', 'за замер надо платить']
const parking = ['где у вас парковка', 'парковка рядом есть', 'есть ли парковка у офиса']

describe('assigning texts without themes', () => {
  it('groups those that ask the same, numbered by first text', () => {
    const texts = [instalments[0]!, survey[0]!, instalments[1]!, parking[0]!, survey[1]!, instalments[2]!]
    texts.push(parking[1]!, survey[2]!, parking[2]!)
    const { assignments, merges, engine } = assign(texts, [], question)
    expect(assignments.map(({ group }) => group)).toEqual([0, 1, 0, 2, 1, 0, 2, 1, 2])
    expect(assignments.every(({ theme, score }) => theme === null && score > 0 && score <= 1)).toBe(true)
    expect(merges).toEqual([])
    expect(engine).toBe(BUILT_IN_ENGINE)
  })

  it('gives texts that say the same the same group, courtesy or not', () => {
    const { assignments } = assign(['Здравствуйте! Где парковка?', 'где парковка', 'алло'], [], question)
    expect(assignments.map(({ group }) => group)).toEqual([0, 0, 1])
  })

  it('takes nothing, and texts without a word', () => {
    expect(assign([], [], question).assignments).toEqual([])
    expect(assign(['👍', '…'], [], question).assignments.map(({ group }) => group)).toEqual([0, 0])
  })

  it('is the same every time, and at topic level no finer than at question level', () => {
    const { texts } = sayings(200, 3)
    const run = (granularity: 'topic' | 'question') => assign(texts, [], { granularity }).assignments
    const fine = run('question')
    expect(run('question')).toEqual(fine)
    const wide = run('topic')
    for (let i = 0; i < texts.length; i++)
      for (let j = 0; j < i; j++)
        if (fine[i]!.group === fine[j]!.group) expect(wide[i]!.group).toBe(wide[j]!.group)
  })
})

describe('assigning texts to themes', () => {
  const themes = [
    { id: 'q-1', exemplars: instalments.slice(0, 2) },
    { id: 'q-2', exemplars: survey.slice(0, 2) },
  ]

  it('joins what is known and groups the rest', () => {
    const texts = [instalments[2]!, ...parking, survey[2]!, survey[0]!]
    const { assignments } = assign(texts, themes, question)
    expect(assignments.map(({ theme, group }) => theme ?? group)).toEqual(['q-1', 0, 0, 0, 'q-2', 'q-2'])
  })

  it('proposes to merge themes that look like one, unless a person keeps them; of equals the older takes new texts', () => {
    const twins = [
      { id: 'q-1', exemplars: [survey[0]!, survey[1]!] },
      { id: 'q-2', exemplars: ['сколько стоит замер у вас', survey[2]!] },
      { id: 'q-3', exemplars: parking },
      { id: 'q-4', exemplars: [] },
    ]
    const texts = ['замер сколько стоит у вас', ...instalments]
    const { assignments, merges } = assign(texts, twins, question)
    expect(merges).toEqual([{ from: 'q-2', into: 'q-1' }])
    expect(assignments.map(({ theme, group }) => theme ?? group)).toEqual(['q-1', 0, 0, 0])
    const kept = twins.map(theme => ({ ...theme, kept: theme.id === 'q-2' }))
    expect(assign(texts, kept, question).merges).toEqual([])
  })
})

describe('vectors of an endpoint', () => {
  it('stand in for latent analysis, with cuts of their own, and name the engine', () => {
    const texts = ['alpha', 'beta', 'gamma', 'delta']
    const vectors = new Map([
      ['alpha', Float32Array.of(1, 0)],
      ['beta', Float32Array.of(0.99, 0.1)],
      ['gamma', Float32Array.of(0, 1)],
      ['delta', Float32Array.of(0.1, 0.99)],
    ])
    const space = {
      name: 'fake/2',
      dimensions: 2,
      vectorOf: (text: string) => vectors.get(text) ?? null,
      cuts: { topic: 0.3, question: 0.3 },
    }
    const { assignments, engine } = assign(texts, [], { ...question, space })
    expect(assignments.map(({ group }) => group)).toEqual([0, 0, 1, 1])
    expect(engine).toBe('fake/2')
  })
})

describe('grouping at scale', () => {
  const { texts, asked } = sayings(900, 5)
  const items: Item[] = texts.map(text => ({ text, theme: -1, weight: 1 }))
  const small = { firstCore: 250, nextCore: 100, rounds: 3, chunk: 64 }
  const agreement = (labels: Int32Array) => compareGroups(Array.from(labels, String), asked)

  it('gives every item a group, nearly as well as comparing all with all', () => {
    const { labels, scores } = groupAtScale(items, 0, 'topic', undefined, small)
    expect(labels.every(label => label >= 0)).toBe(true)
    expect(scores.every(score => score >= 0 && score <= 1)).toBe(true)
    const full = agreement(groupAtOnce(items, 0, 'topic').labels)
    expect(agreement(labels).acc).toBeGreaterThan(full.acc - 0.08)
    expect(full.acc).toBeGreaterThan(0.8)
    expect(groupAtScale(items, 0, 'topic', undefined, small).labels).toEqual(labels)
  })

  it('keeps the exemplars of a theme together, those outside the core too', () => {
    const first = asked[0]!
    const known = items.map((item, i) => ({ ...item, theme: asked[i] === first ? 0 : -1 }))
    const { labels, themeLabels } = groupAtScale(known, 1, 'question', undefined, { ...small, firstCore: 40 })
    const own = new Set(labels.filter((_, i) => asked[i] === first))
    expect([...own]).toEqual([themeLabels[0]])
  })
})

describe('more known texts than are compared', () => {
  it('take what is like them all the same', () => {
    const { texts, asked } = sayings(900, 5)
    const names = [...new Set(asked)]
    const items = texts.map(
      (text, i): Item => ({ text, theme: i < 600 ? names.indexOf(asked[i]!) : -1, weight: 1 }),
    )
    const scale = { firstCore: 80, nextCore: 40, rounds: 3, chunk: 64 }
    const { labels, themeLabels } = groupAtScale(items, names.length, 'question', undefined, scale)
    const right = labels.filter((label, i) => i >= 600 && label === themeLabels[names.indexOf(asked[i]!)])
    expect(right.length).toBeGreaterThan(220)
  })

  it('cost no room where none of a theme’s is compared', () => {
    const known = { text: 'где парковка', theme: 70_000, weight: 1 }
    const items = [known, ...survey.map(text => ({ text, theme: -1, weight: 1 }))]
    const { labels, themeLabels } = groupAtOnce(items, 100_000, 'question')
    expect(labels[0]).toBe(themeLabels[70_000])
    expect(new Set(themeLabels).size).toBe(100_000)
  })
})

describe('joining a few', () => {
  const { texts, asked } = sayings(600, 7)
  const names = [...new Set(asked)]
  const themes = names.map(id => ({
    id,
    exemplars: texts.filter((_, i) => i < 300 && asked[i] === id).slice(0, 20),
  }))

  it('finds the theme by words, and leaves what is near none', () => {
    const { join } = createJoiner(themes)
    const later = texts.slice(300)
    const found = join(later)
    const joined = found.flatMap((hit, i) => (hit ? [hit.theme === asked[300 + i]] : []))
    expect(joined.length).toBeGreaterThan(250)
    expect(joined.filter(Boolean).length / joined.length).toBeGreaterThan(0.95)
    expect(join(['синхрофазотрон', '', themes[0]!.exemplars[0]!])).toEqual([
      null,
      null,
      { theme: names[0], score: 1 },
    ])
  })

  it('without themes joins nothing', () => {
    expect(createJoiner([]).join(['где парковка'])).toEqual([null])
  })
})
