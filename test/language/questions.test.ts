import { describe, expect, it } from 'vitest'
import { readCorpus } from '../../server/language/training/corpus.ts'
import { isQuestion, readClauses } from '../../server/mining/extract.ts'

const questions = `
сколько выйдет если брать целую коробку
подскажите а вы по воскресеньям открыты
вы моего мужа вчера не видели
у вас можно расплатиться подарочной картой
а если щенок заболеет
далеко ли отсюда до ближайшей заправки
ты уже познакомилась с новыми соседями
какие витамины лучше пить весной
чай с чабрецом или обычный
разве они не развелись
может перенесем встречу на пятницу
и давно вы этим занимаетесь
хотелось бы уточнить как продлить страховку
не подскажете где тут вход на рынок
а шампунь для собак есть
how long does the paint take to dry
is breakfast included in the rate
do you ship to the islands
can my brother collect it for me
i was wondering if the museum is open on mondays
and what about the second coat
you don't have it in green do you
`
const statements = `
я вчера купила собаке новый ошейник
когда мы приехали музей был уже закрыт
не помню кто мне советовал эту клинику
мне посоветовали вас на работе
он сказал что перезвонит после обеда
вот почему я больше не езжу на такси
закройте пожалуйста форточку
потому что вчера был сильный дождь
у нас в подъезде опять меняют лампочки
не знаю кто вам такое сказал
хорошо тогда запишите меня на среду
шкаф привезли без одной дверцы
the courier left the parcel with a neighbour
when i was in lisbon it rained every day
i know how to change a tyre
what i need is a quiet room
my sister told me where she bought it
thanks i will think about it
`
const lines = (text: string) => text.trim().split('\n')

describe('questions', () => {
  it('are judged here on sentences that the model was not trained on', () => {
    const corpus = new Set(readCorpus().map(({ text }) => text))
    expect([...lines(questions), ...lines(statements)].filter(text => corpus.has(text))).toEqual([])
  })

  it.each(lines(questions))('asks: %s', text => {
    expect(isQuestion(text)).toBe(true)
  })

  it.each(lines(statements))('states: %s', text => {
    expect(isQuestion(text)).toBe(false)
  })

  it('goes by the mark where there is one', () => {
    expect(isQuestion('Марина?')).toBe(true)
    expect(isQuestion('Перенесли на пятницу?')).toBe(true)
    expect(isQuestion('')).toBe(false)
    expect(isQuestion('👍👍')).toBe(false)
  })

  it.each(['алло вы меня слышите', 'как вас зовут', 'с кем я говорю', 'и сколько', 'can you hear me'])(
    'says nothing about the matter: %s',
    text => {
      expect(readClauses(text).map(({ content }) => content)).toEqual(readClauses(text).map(() => 0))
    },
  )
})
