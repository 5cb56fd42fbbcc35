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
    expect(label).toMatch(/^(?:пенсионерам скидка есть|скидка пенсионерам будет|какая пенсионерам скидка)$/)
  })

  it('says what about, and comes to the point', () => {
    expect(
      chooseLabel(
        said('за такую цену', 'подскажите пожалуйста сколько стоит балкон', 'сколько стоит балкон'),
      ),
    ).toBe('сколько стоит балкон')
    expect(chooseLabel(said('сетка', 'москитная сетка входит', 'сетка москитная'))).toBe(
      'москитная сетка входит',
    )
  })

  it('is the one text that there is, whatever it is', () => {
    expect(chooseLabel(said(' а можно '))).toBe('а можно')
  })

  it('is what more clients said in just these words, other things being equal', () => {
    const twice = [
      { text: 'гарантия у вас какая', score: 0.6, clients: 1 },
      { text: 'какая у вас гарантия', score: 0.6, clients: 9 },
    ]
    expect(chooseLabel(twice)).toBe('какая у вас гарантия')
  })
})
