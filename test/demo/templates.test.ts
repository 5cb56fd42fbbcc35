import { describe, expect, it } from 'vitest'
import { type Demo, generateDemo } from '../../data/demo/generator/generate.ts'
import { markPersonal, markTheme, readMarks, withoutMarks } from '../../data/demo/generator/marks.ts'
import type { Pack } from '../../data/demo/generator/pack.ts'
import { inWords } from '../../data/demo/generator/ru/numerals.ts'
import { accusative } from '../../data/demo/generator/ru/people.ts'
import {
  countWordings,
  parseTemplate,
  render,
  type Slots,
  type Template,
} from '../../data/demo/generator/template.ts'
import { createRandom, type Random } from '../../server/lib/random.ts'

const words: Slots = slot => ({ item: 'window' })[slot]

describe('templates', () => {
  it('renders every wording, with spaces mended', () => {
    const template = parseTemplate('(so |)how much (is|for) {item}( then|)?')
    const random = createRandom(1)
    const said = new Set(Array.from({ length: 200 }, () => render(template, random, words)))
    expect(countWordings(template)).toBe(8)
    expect([...said].sort()).toEqual([
      'how much for window then?',
      'how much for window?',
      'how much is window then?',
      'how much is window?',
      'so how much for window then?',
      'so how much for window?',
      'so how much is window then?',
      'so how much is window?',
    ])
  })

  it('refuses brackets that don’t match and slots without a word', () => {
    expect(() => parseTemplate('(a|b')).toThrow('Unclosed (')
    expect(() => parseTemplate('a|b')).toThrow('| out of place')
    expect(() => parseTemplate('{a')).toThrow('Unclosed {')
    expect(() => render(parseTemplate('{nothing}'), createRandom(1), words)).toThrow(
      'No word for the slot {nothing}',
    )
  })
})

describe('marks', () => {
  it('gives the offsets of the clean text, without what stands at the ends', () => {
    const marked = ` ну ${markTheme(`сколько стоит, ${markPersonal('Анна 😊', 'name')}?`, 'question', 1)} да`
    expect(readMarks(marked, ['question:a', 'question:b'])).toEqual({
      text: 'ну сколько стоит, Анна 😊? да',
      marks: [
        { from: 3, to: 25, kind: 'question', theme: 'question:b' },
        { from: 18, to: 25, kind: 'name', theme: '' },
      ],
    })
    expect(withoutMarks(marked)).toBe(' ну сколько стоит, Анна 😊? да')
  })
})

describe('Russian words', () => {
  it('says numbers', () => {
    expect([0, 21, 1000, 42_500, 148_000, 2_001_000].map(inWords)).toEqual([
      'ноль',
      'двадцать один',
      'одна тысяча',
      'сорок две тысячи пятьсот',
      'сто сорок восемь тысяч',
      'два миллиона одна тысяча',
    ])
  })

  it('declines names', () => {
    expect(
      (['Павел', 'Сергей', 'Игорь', 'Иван', 'Сергеевич', 'Лугов', 'Полевой'] as const).map(name =>
        accusative(name, 'm'),
      ),
    ).toEqual(['Павла', 'Сергея', 'Игоря', 'Ивана', 'Сергеевича', 'Лугова', 'Полевого'])
    expect(
      ['Ольга', 'Мария', 'Ильинична', 'Сомова', 'Полевая', 'Любовь'].map(name => accusative(name, 'f')),
    ).toEqual(['Ольгу', 'Марию', 'Ильиничну', 'Сомову', 'Полевую', 'Любовь'])
  })
})

/** Slots of a made-up situation of a pack. */
function situationOf(demo: Demo, random: Random, typed: boolean): Slots {
  const { pack, products } = demo.world
  const persona = random.pick(pack.personas)
  return pack.situation(random, {
    person: pack.person(random, persona.kind, 5),
    phone: pack.phone(5),
    email: null,
    city: random.pick(pack.cities),
    product: products.get(random.pick(Object.keys(persona.products)))!,
    manager: random.pick(pack.managers),
    profile: random.pick(Object.keys(persona.profiles)),
    amount: 148_000,
    number: 77,
    typed,
  })
}

function templatesOf(pack: Pack): Template[] {
  return [
    ...pack.questions.flatMap(({ ask, report, reply }) => [...ask, ...report, ...reply]),
    ...pack.values.flatMap(({ say, note, pitch, echo, deny }) => [
      ...say,
      ...note,
      ...pitch,
      ...echo,
      ...deny,
    ]),
    ...pack.objections.flatMap(({ say, note, reply }) => [...say, ...note, ...reply]),
    ...Object.values(pack.lines).flat(),
    ...pack.report.verbs,
  ]
}

describe.each(['ru', 'en'] as const)('texts (%s)', language => {
  const demo = generateDemo({ clients: 1, seed: 1, language })
  const { pack } = demo.world

  it('finds a word for every slot, spoken and typed, and leaves no trace of a template', () => {
    const random = createRandom(3)
    for (const template of templatesOf(pack)) {
      for (let i = 0; i < 6; i++) {
        const text = withoutMarks(render(template, random, situationOf(demo, random, i % 2 === 0)))
        expect(text).not.toMatch(/\((?!\d)|[{}|]| {2}|undefined|NaN| [,.?!]/)
      }
    }
  })

  it('has many wordings of every question', () => {
    const few = pack.questions
      .map(({ key, ask }) => ({ key, n: ask.reduce((sum, template) => sum + countWordings(template), 0) }))
      .filter(({ n }) => n < 20)
    expect(few).toEqual([])
  })

  it('names every theme that a persona, a page or an effect speaks of', () => {
    const known = { questions: pack.questions, values: pack.values, objections: pack.objections }
    for (const persona of pack.personas) {
      for (const kind of ['questions', 'values', 'objections'] as const) {
        const keys = known[kind].map(theme => theme.key)
        expect(Object.keys(persona[kind]).filter(key => !keys.includes(key))).toEqual([])
      }
    }
    const asked = pack.questions.map(theme => theme.key)
    expect(asked).toContain(pack.effects.persists)
    expect(asked).toContain(pack.effects.confusion)
    const faded = pack.questions.filter(theme => theme.fades)
    expect(faded).toHaveLength(1)
    expect(pack.pages.some(page => page.published_at === faded[0]!.fades!.from)).toBe(true)
  })

  it('answers on its pages what it says it answers', () => {
    const entries = pack.pages.filter(page => page.kind === 'faq').length
    const covered = pack.questions.filter(theme => theme.faq === 'answered').length
    expect(covered).toBeGreaterThan(7)
    expect(entries).toBeGreaterThanOrEqual(covered)
    expect(pack.questions.filter(theme => theme.faq === 'missing').length).toBeGreaterThan(5)
    expect(pack.questions.filter(theme => theme.faq === 'poorly').length).toBeGreaterThan(2)
  })
})
