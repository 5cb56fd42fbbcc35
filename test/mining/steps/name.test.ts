import { describe, expect, it } from 'vitest'
import { chooseLabel } from '../../../server/mining/steps/name.ts'

const said = (...texts: string[]) => texts.map(text => ({ text, score: 0.6, clients: 1 }))

describe('a theme’s name', () => {
  it('is what most say, not a slip of the pen or a detail of one', () => {
    const label = chooseLabel(
      said(
        'песионерам скидка положена',
        'пенсионерам скидка есть',
        'скидка пенсионерам будет',
        'скидка пенсионерам на балкон девять метров в марте',
        'какая пенсионерам скидка',
      ),
    )
    expect(label).toMatch(/^(?:Пенсионерам скидка есть|Скидка пенсионерам будет|Какая пенсионерам скидка)$/)
  })

  it('says what about, and comes to the point', () => {
    expect(
      chooseLabel(
        said('за такую цену', 'подскажите пожалуйста сколько стоит балкон', 'сколько стоит балкон'),
      ),
    ).toBe('Сколько стоит балкон')
    expect(chooseLabel(said('сетка', 'москитная сетка входит', 'сетка москитная'))).toBe(
      'Москитная сетка входит',
    )
  })

  it('is the one text that there is, whatever it is', () => {
    expect(chooseLabel(said(' а можно '))).toBe('А можно')
  })

  it('is what more clients said in just these words, other things being equal', () => {
    const twice = [
      { text: 'гарантия у вас какая', score: 0.6, clients: 1 },
      { text: 'какая у вас гарантия', score: 0.6, clients: 9 },
    ]
    expect(chooseLabel(twice)).toBe('Какая у вас гарантия')
  })

  it('leaves out what only leads to the point or away from it', () => {
    const alone = (text: string) => chooseLabel(said(text))
    expect(alone('скажите пожалуйста можно ли антрацит')).toBe('Можно ли антрацит')
    expect(alone('про утепление ещё хотел спросить')).toBe('Про утепление')
    expect(alone('Hi, can you tell me what the warranty is')).toBe('What the warranty is')
    expect(alone('подскажите пожалуйста')).toBe('Подскажите пожалуйста')
  })

  it('never holds personal data', () => {
    const address = 'Озёрная сто восемнадцать квартира двадцать восемь позвоните'
    expect(chooseLabel([...said(address, address), ...said('позвоните перед выездом')])).toBe(
      'Позвоните перед выездом',
    )
    expect(chooseLabel(said(address))).toBe('[адрес] позвоните')
  })
})
