import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stem } from '../../server/language/stems.ts'
import { isStopword } from '../../server/language/stopwords.ts'

describe('stems', () => {
  it.each([
    'подписка подписки подписку подписок подпискам',
    'деньги денег деньгам',
    'день дня дней дням днями',
    'заказать закажу заказал закажете заказ заказов заказывать',
    'ребенок ребенка дети детей',
    'деревянный деревянная деревянных',
    'надежность надежности надежный надежно надежен',
    'рекомендую рекомендуют рекомендуете рекомендовать рекомендовали',
    'скидка скидок скидками',
    'копейка копеек',
    'подарок подарка подарки',
    'образец образцы образцов',
    'установлен установлена установленный',
    'могу может могут могли сможете',
    'вернуть вернете возврат возврата',
  ])('one stem: %s', family => {
    expect(new Set(family.split(' ').map(word => stem(word, 'ru'))).size).toBe(1)
  })

  it.each([
    'день деньги',
    'цена ценный',
    'верный вернуть',
    'проблема проба',
    'ей ее',
    'год город',
    'окно окончание',
  ])('different stems: %s', pair => {
    const [a, b] = pair.split(' ').map(word => stem(word, 'ru'))
    expect(a).not.toBe(b)
  })

  it('stems English words, possessives too', () => {
    expect(['delivery', 'deliveries', "delivery's"].map(word => stem(word, 'en'))).toEqual(
      Array.from({ length: 3 }, () => 'deliveri'),
    )
  })

  it('is never empty and always the same', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.constantFrom('ru', 'en'), (word, language) => {
        expect(stem(word, language)).not.toBe('')
        expect(stem(word, language)).toBe(stem(word, language))
      }),
    )
  })
})

describe('stop words', () => {
  it.each(
    `сколько когда где как какой какая кто что чем почему зачем куда ли разве не нет ни без нельзя можно никогда
    what how when where why which who not no never without can't don't isn't`.split(/\s+/),
  )('%s is kept', word => {
    expect(isStopword(word)).toBe(false)
  })

  it.each(['и', 'это', 'вашей', 'алло', 'the', "i'm"])('%s is one', word => {
    expect(isStopword(word)).toBe(true)
  })
})
