import { describe, expect, it } from 'vitest'
import { checkItem, type Reference } from '../../../server/llm/evidence/check-item.ts'
import { maskSources } from '../../../server/llm/masker.ts'
import type { Speaker } from '../../../server/llm/model.ts'
import { sourceOf, wordsOf } from '../../support/sources.ts'

interface Case {
  /** What was said; the place named is between « [ » and « ] ». */
  said: string
  item: string
  speaker?: Speaker
  /** Another utterance, all of which is named too. */
  also?: string
}

function check({ said, item, speaker = 'client', also }: Case) {
  const from = said.indexOf('[')
  const to = said.indexOf(']') - 1
  const texts = [said.replace(/[[\]]/g, ''), ...(also === undefined ? [] : [also])]
  const sources = texts.map((text, i) => sourceOf(i + 1, text, speaker))
  const masked = maskSources(sources, { clients: new Map(), managers: [] })
  const references: Reference[] = [
    { utterance: 'u1', from, to },
    ...(also === undefined ? [] : [{ utterance: 'u2', from: 0, to: also.length }]),
  ]
  const verdict = checkItem(item, references, new Map(masked.map(source => [source.id, source])), {
    whose: 'client',
    vocabulary: new Set(),
  })
  return verdict.ok ? verdict.spans.map(span => wordsOf(sources, span)) : verdict.refusal
}

describe('an item stands', () => {
  const standing: [name: string, given: Case, quotes: string[]][] = [
    [
      'in the very words',
      { said: 'а [сколько стоит доставка]?', item: 'Сколько стоит доставка' },
      ['сколько стоит доставка'],
    ],
    [
      'in other forms of the words',
      {
        said: '[сколько стоит доставка в область]',
        item: 'Клиенты спрашивают о стоимости доставки в область',
      },
      ['сколько стоит доставка в область'],
    ],
    [
      'with a number said in words',
      { said: '[ждать пятнадцать дней]', item: 'Ждать 15 дней' },
      ['ждать пятнадцать дней'],
    ],
    [
      'with a number in thousands',
      { said: '[просят 15 тыс. рублей]', item: 'Просят 15 000 ₽' },
      ['просят 15 тыс. рублей'],
    ],
    ['on whole words', { said: 'у вас до[рого ст]оит', item: 'Дорого стоит' }, ['дорого стоит']],
    [
      'with the negation before it',
      { said: 'мне не [нужна установка], спасибо', item: 'Не нужна установка' },
      ['не нужна установка'],
    ],
    [
      'with a negation far before it',
      { said: 'я не думаю, что это [дорого]', item: 'Не думают, что это дорого' },
      ['не думаю, что это дорого'],
    ],
    [
      'beside a negation of another thought',
      { said: 'на сайте не нашел [сколько ждать доставку]', item: 'Сколько ждать доставку' },
      ['сколько ждать доставку'],
    ],
    [
      'in English',
      { said: "I [can't find the price] on your site", item: 'Clients cannot find the price' },
      ["can't find the price"],
    ],
    [
      'on words of two who said the same',
      { said: '[дорого]', also: 'дорого и долго', item: 'Говорят, дорого' },
      ['дорого', 'дорого и долго'],
    ],
    [
      'part by part on several',
      { said: '[доставка нужна]', also: 'установка нужна', item: 'Нужна доставка и нужна установка' },
      ['доставка нужна', 'установка нужна'],
    ],
    [
      'with a quote as it was said',
      { said: '[очень долго везли]', item: 'Говорят: «очень долго везли»' },
      ['очень долго везли'],
    ],
  ]
  for (const [name, given, quotes] of standing) it(name, () => expect(check(given)).toEqual(quotes))
})

describe('an item falls', () => {
  const falling: [name: string, given: Case, refusal: string][] = [
    [
      'with an invented word',
      { said: '[сколько стоит доставка]', item: 'Сколько стоит бесплатная доставка' },
      'unsupported',
    ],
    [
      'with words of another place of the utterance',
      { said: '[привезли быстро], но установка плохая', item: 'Плохая установка' },
      'unsupported',
    ],
    [
      'with words of two put together',
      { said: '[доставка платная]', also: 'замер бесплатный', item: 'Доставка бесплатная' },
      'unsupported',
    ],
    ['with a claim of how many', { said: '[дорого]', item: 'Многие говорят, что дорого' }, 'unsupported'],
    ['with a claim of how much', { said: '[дорого]', item: 'Очень дорого' }, 'unsupported'],
    ['with praise', { said: '[доставили]', item: 'Хорошо доставили' }, 'unsupported'],
    ['without anything said', { said: '[дорого]', item: 'Клиенты спрашивают об этом' }, 'unsupported'],
    ['with another number', { said: '[ждать 15 дней]', item: 'Ждать 5 дней' }, 'number'],
    [
      'with a number ten times as large',
      { said: '[просят 1500 рублей]', item: 'Просят 15 000 рублей' },
      'number',
    ],
    [
      'with numbers that changed places',
      { said: '[ждать 5 дней и платить 15 рублей]', item: 'Ждать 15 дней' },
      'number',
    ],
    [
      'with a number in words that nobody said',
      { said: '[ждать неделю]', item: 'Ждать две недели' },
      'number',
    ],
    ['with a share', { said: '[дорого]', item: 'Дорого для половины' }, 'number'],
    ['without the negation', { said: 'это [не дорого]', item: 'Это дорого' }, 'negation'],
    ['without the negation before the place', { said: 'это не [дорого]', item: 'Дорого' }, 'negation'],
    [
      'without a negation behind it',
      { said: '[рассрочки] у вас нет', item: 'Говорят про рассрочку' },
      'negation',
    ],
    ['without an English negation', { said: "[it isn't expensive]", item: 'It is expensive' }, 'negation'],
    ['with a negation of its own', { said: '[это дорого]', item: 'Это не дорого' }, 'negation'],
    ['with a negated number', { said: '[не 15 дней]', item: 'Ждать 15 дней' }, 'unsupported'],
    [
      'with the agent’s words',
      { said: '[доставка бесплатная]', item: 'Доставка бесплатная', speaker: 'agent' },
      'speaker',
    ],
    ['with a quote that nobody said', { said: '[везли долго]', item: 'Говорят: «долго везли»' }, 'quote'],
    ['with a link', { said: '[сайт example.com]', item: 'Сайт example.com' }, 'form'],
    ['with markup', { said: '[дорого]', item: '<b>Дорого</b>' }, 'form'],
    ['with a placeholder of what was masked', { said: '[меня зовут Анна]', item: 'Зовут [имя]' }, 'form'],
    ['empty', { said: '[дорого]', item: ' ' }, 'form'],
  ]
  for (const [name, given, refusal] of falling) it(name, () => expect(check(given)).toBe(refusal))
})
