import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questionCore, valueCore } from '../../server/insight/ad-phrases.ts'

describe('the core of what clients value', () => {
  it.each([
    ['мне важно, чтобы не дуло', 'clause', 'не дуло'],
    ['хотим чтобы, ну, в детской было тихо', 'clause', 'в детской было тихо'],
    ['хочется чтобы в квартире было тепло а то каждую зиму мёрзнем', 'clause', 'в квартире было тепло'],
    ['главное чтобы потом ничего не доплачивать', 'clause', 'потом ничего не доплачивать'],
    ['чтобы ребенку на балконе можно было играть', 'clause', 'ребёнку на балконе можно было играть'],
    ['хочется чтобы без грязи', 'without', 'без грязи'],
    ['чтоб без доплат', 'without', 'без доплат'],
    ['важна безопасность детей', 'thing', 'безопасность детей'],
    ['для нас тишина важнее всего', 'thing', 'тишина'],
    ['нравится что смета прозрачная', 'statement', 'смета прозрачная'],
    ['нам важно чтобы все в одних руках', 'statement', 'всё в одних руках'],
    ['хотим под ключ чтобы никого больше не искать', 'suffix', 'под ключ'],
    ['приятно что быстро перезвонили', 'said', 'быстро перезвонили'],
    ['i love those slim frames', 'thing', 'slim frames'],
    ["we'd love some peace and quiet", 'thing', 'peace and quiet'],
    ['I like that the price is fixed', 'statement', 'the price is fixed'],
    ['I like that there was no hard sell', 'without', 'no hard sell'],
  ])('%s: %s, %s', (text, shape, core) => {
    expect(valueCore(text)).toMatchObject({ shape, text: core })
  })

  it.each([
    ['the first and second person', 'нравится что вы не торопите'],
    ['somebody of ours', 'мне вас сестра порекомендовала'],
    ['no verb', 'мне нужно чтобы лоджией'],
    ['an end that waits', 'хотим чтобы было тихо и'],
    ['a number', 'хочется чтобы три окна за день поставили'],
    ['a price', 'главное чтобы до 50 000 рублей'],
    ['two thoughts in one', 'главное чтобы сколько сказали столько и заплатить'],
    ['too wide', 'важна цена'],
    ['nothing to hold on to', 'понравилось как в общем'],
    ['what happened to nobody', 'важно чтобы малыш не выпал'],
    ['them', "the main thing is the kids can't open them"],
    ['an unfinished one', 'the main thing is that'],
    ['nothing', ''],
  ])('refuses %s: %s', (_why, text) => {
    expect(valueCore(text)).toBeNull()
  })

  it('cores of the same words in another order are the same', () => {
    expect(valueCore('чтобы тихо было')!.key).toBe(valueCore('мне важно чтобы было тихо')!.key)
    expect(valueCore('чтобы не дуло')!.key).not.toBe(valueCore('чтобы дуло')?.key)
  })

  it('any text gives a core of its own words, or none, without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        for (const core of [valueCore(text), questionCore(text)])
          if (core) expect(core.text.split(' ').length).toBeLessThanOrEqual(9)
      }),
    )
  })
})

describe('the core of a question', () => {
  it.each([
    ['спр платный ли замер', 'платный ли замер'],
    ['Сколько ждать?', 'сколько ждать'],
    ['ну а какой стеклопакет', 'какой стеклопакет'],
    ['asked how long does the fitting take', 'how long does the fitting take'],
  ])('%s: %s', (text, core) => {
    expect(questionCore(text)?.text).toBe(core)
  })

  it.each([
    'спр по цене',
    'когда вы приедете',
    'а сколько у меня',
    'почему в рекламе 9900',
    'какой',
    'можно ли в',
  ])('refuses %s', text => {
    expect(questionCore(text)).toBeNull()
  })
})
