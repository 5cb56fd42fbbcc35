import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenRules, countAd } from '../../server/insight/ad-check.ts'
import { AD_RULES_AS_OF, adPlatforms } from '../../server/insight/ad-platforms.ts'

const platformOf = (id: string) => adPlatforms.find(platform => platform.id === id)!
const check = (id: string, field: string, text: string) => {
  const platform = platformOf(id)
  return brokenRules(text, platform.fields.find(candidate => candidate.id === field)!, platform)
}

describe('rules of ad platforms', () => {
  it('are dated, and every platform has fields of its own names', () => {
    expect(AD_RULES_AS_OF).toMatch(/^20\d\d-\d\d-\d\d$/)
    for (const { fields } of adPlatforms) expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length)
  })

  it.each([
    ['yandex_combinatorial', 'title', 56],
    ['yandex_combinatorial', 'text', 81],
    ['yandex_text', 'title', 56],
    ['vk', 'title', 40],
    ['vk', 'text', 90],
    ['google', 'headline', 30],
    ['google', 'description', 90],
    ['telegram', 'text', 160],
  ] as const)('%s %s holds %i letters and not one more', (platform, field, max) => {
    const words = 'слово '.repeat(40)
    expect(check(platform, field, `${words.slice(0, max - 1)}я`)).toEqual([])
    expect(check(platform, field, `${words.slice(0, max)}я`)).toContain('length')
  })

  it('counts as each platform does: narrow marks, wide characters, emoji', () => {
    const [, second] = platformOf('yandex_text').fields
    expect(countAd('Тихо, тепло: да.', second!)).toBe(13)
    expect(countAd('!'.repeat(20), second!)).toBe(5)
    const google = platformOf('google').fields[0]!
    expect(countAd('窓ガラス', google)).toBe(8)
    expect(countAd('окно', google)).toBe(4)
    const telegram = platformOf('telegram').fields[0]!
    expect(countAd('😀', telegram)).toBe(2)
    expect(countAd('😀', { count: 'characters' })).toBe(1)
    expect(countAd('е\u0308', { count: 'characters' })).toBe(2)
  })

  it('length is the only thing that a longer field changes', () => {
    const unicode = fc.string({ unit: 'binary', maxLength: 60 })
    fc.assert(
      fc.property(unicode, fc.integer({ min: 1, max: 80 }), (text, max) => {
        // Counted here another way: code points one by one.
        let points = 0
        for (let i = 0; i < text.length; i += text.codePointAt(i)! > 0xffff ? 2 : 1) points++
        const field = { ...platformOf('yandex_combinatorial').fields[0]!, max }
        const fits = text.trim() !== '' && points <= max
        expect(brokenRules(text, field, { rules: ['length'] })).toEqual(fits ? [] : ['length'])
      }),
    )
  })

  it.each([
    ['Звоните 8 900 123-45-67', 'contact'],
    ['Пишите на okna@example.com', 'contact'],
    ['Лучшие окна города', 'superlative'],
    ['Окна №1 в городе', 'superlative'],
    ['Гарантируем тишину', 'guarantee'],
    ['100 % тепло', 'guarantee'],
    ['ТОЛЬКО СЕГОДНЯ', 'capitals'],
    ['О к н а в дом', 'spaced-letters'],
    ['Тихо!! Тепло', 'repeated-marks'],
    ['Тихо! Тепло!', 'exclamations'],
    ['Окна\nв дом', 'line-break'],
    ['Окна от $100', 'foreign-currency'],
    ['Энергосберегающестеклопакетный дом', 'word'],
  ] as const)('refuses «%s»: %s', (text, rule) => {
    expect(check('yandex_combinatorial', 'title', text)).toContain(rule)
  })

  it.each([
    'Окна в квартиру, чтобы не дуло',
    'Остекление ПВХ и НДС в счёте',
    'Какой стеклопакет? Двухкамерный.',
    'От 7 до 14 рабочих дней',
  ])('takes «%s»', text => {
    expect(check('yandex_combinatorial', 'title', text)).toEqual([])
  })

  it('a Google headline has no exclamation mark, a description may have one', () => {
    expect(check('google', 'headline', 'Тихо!')).toEqual(['no-exclamation'])
    expect(check('google', 'description', 'Тихо!')).toEqual([])
  })
})
