import { describe, expect, it } from 'vitest'
import { compilePhrases } from '../../server/language/phrases.ts'

const found = (table: string, text: string) => {
  const norms = text.split(' ')
  return compilePhrases({ it: table })(norms).map(({ from, to }) => norms.slice(from, to).join(' '))
}

describe('phrases', () => {
  it.each([
    ['очень дорого', 'это очень дорого', ['очень дорого']],
    ['сомнева*', 'я сомневаюсь', ['сомневаюсь']],
    ['(не|без) (спеш*|торопи*)', 'не торопитесь но без спешки', ['не торопитесь', 'без спешки']],
    ['не очень? важно', 'не важно и не очень важно', ['не важно', 'не очень важно']],
    ['(и|а)? еще вопрос', 'и еще вопрос', ['и еще вопрос', 'еще вопрос']],
    ['у (других|другой фирмы) дешевле', 'у другой фирмы дешевле', ['у другой фирмы дешевле']],
    ['нет .. денег', 'нет у нас денег', ['нет у нас денег']],
    ['нет .. денег', 'нет ни у кого из нас денег', []],
    ['важно _', 'важно', []],
    ['^ хорошо', 'все хорошо', []],
    ['^ хорошо', 'хорошо да', ['хорошо']],
    ['долго $', 'долго ждать', []],
    ['долго $', 'это долго', ['долго']],
    ['надо подумать', 'надо ну как бы подумать', ['надо ну как бы подумать']],
  ])('%s in: %s', (table, text, expected) => {
    expect(found(table, text)).toEqual(expected)
  })

  it('gives the longest of a tag at a place', () => {
    expect(found('не знаю\nне знаю что делать', 'я не знаю что делать')).toEqual(['не знаю что делать'])
  })

  it('refuses a phrase that could begin with anything', () => {
    expect(() => compilePhrases({ it: '_ дорого' })).toThrow('must begin with a word')
    expect(() => compilePhrases({ it: '.. дорого' })).toThrow('must begin with a word')
  })
})
