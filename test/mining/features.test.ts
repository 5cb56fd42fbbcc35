import { describe, expect, it } from 'vitest'
import { stem } from '../../server/language/stems.ts'
import { conceptLines, conceptOf } from '../../server/mining/concepts.ts'
import { extractFeatures, formOf } from '../../server/mining/features.ts'
import { heftOf } from '../../server/mining/light-words.ts'

describe('the form of a text', () => {
  it('leaves out courtesy, case, punctuation and numbers said aloud', () => {
    expect(formOf('Здравствуйте! А рассрочка есть?')).toBe('а рассрочка есть')
    expect(formOf('Hi, I lost card four one four seven. Thank you!')).toBe('i lost card you')
  })

  it('is what there is when there is nothing but courtesy, or nothing at all', () => {
    expect(formOf('Спасибо!')).toBe('спасибо')
    expect(formOf('👍 …')).toBe('')
  })
})

describe('features', () => {
  it('are words, pairs up to one word apart, and the grams of each word', () => {
    const { words, grams } = extractFeatures('wire transfer fee')
    expect(words.get('wire')).toBe(1)
    expect(words.get(`wire ${stem('transfer', 'en')}`)).toBe(0.6)
    expect(words.get('wire fee')).toBe(0.6)
    expect([...grams.keys()]).toContain(' fee ')
    expect([...grams.keys()]).not.toContain('e t')
  })

  it('weigh grammar and the frame of a request less', () => {
    const { words } = extractFeatures('подскажите где рассрочка')
    expect(words.get(stem('рассрочка', 'ru'))).toBe(1)
    expect(words.get('где')).toBe(0.6)
  })

  it('hold the concept of a word, alone and in pairs, whatever the word', () => {
    const shared = (a: string, b: string) => {
      const other = extractFeatures(b).words
      return [...extractFeatures(a).words.keys()].filter(feature => other.has(feature))
    }
    const change = conceptOf(stem('поменять', 'ru'))!
    expect(shared('поменять пароль', 'сменить пароль')).toEqual(
      expect.arrayContaining([change, `${change} ${conceptOf(stem('пароль', 'ru'))}`]),
    )
    expect(conceptOf(stem('окно', 'ru'))).toBeUndefined()
  })

  it('take a monologue by its beginning', () => {
    const { words } = extractFeatures(`${'слово '.repeat(300)}конец`)
    expect(words.has(stem('слово', 'ru'))).toBe(true)
    expect(words.has(stem('конец', 'ru'))).toBe(false)
  })
})

describe('concepts', () => {
  it('hold a word in one line only, and lines of two words at least', () => {
    const seen = new Map<string, string>()
    for (const { language, words } of conceptLines()) {
      expect(words.length, words.join(' ')).toBeGreaterThan(1)
      for (const key of new Set(words.map(word => stem(word, language)))) {
        expect(seen.get(key), `${key}: ${words.join(' ')}`).toBeUndefined()
        seen.set(key, words.join(' '))
      }
    }
  })

  it('hold no word that is silent', () => {
    const silent = conceptLines().flatMap(({ words }) => words.filter(word => heftOf(word) === 'silent'))
    expect(silent).toEqual([])
  })
})
