/** Questions in many wordings, seeded: texts, and what each asks. */
import { createRandom } from '../../server/lib/random.ts'

const OPENINGS = ['', '', 'подскажите ', 'скажите пожалуйста ', 'добрый день ', 'а ', 'хотел узнать ']
const ENDINGS = ['', '', ' у вас', ' сейчас', ' если можно', ' вообще']
const ASKED: Record<string, [string[], string[]]> = {
  instalments: [
    ['есть', 'бывает', 'даёте', 'можно взять'],
    ['рассрочка', 'в рассрочку', 'рассрочку без переплаты'],
  ],
  survey: [
    ['сколько стоит', 'платный ли', 'когда приедет', 'нужен ли'],
    ['замер', 'замерщик', 'выезд замерщика'],
  ],
  warranty: [
    ['какая', 'сколько лет', 'на что', 'есть ли'],
    ['гарантия', 'гарантия на окна', 'гарантия на монтаж'],
  ],
  delivery: [
    ['сколько стоит', 'когда будет', 'бесплатная ли', 'есть ли'],
    ['доставка', 'доставка за город', 'доставка с подъёмом'],
  ],
  parking: [
    ['где', 'есть ли', 'платная ли', 'рядом ли'],
    ['парковка', 'парковка у офиса', 'стоянка и парковка'],
  ],
  colour: [
    ['какие бывают', 'можно выбрать', 'покажите', 'сколько стоят'],
    ['цветные профили', 'цвета профиля', 'профили под дерево'],
  ],
}

/** n questions of six themes; `asked` names each one's theme. */
export function sayings(n: number, seed: number): { texts: string[]; asked: string[] } {
  const random = createRandom(seed)
  const names = Object.keys(ASKED)
  const asked = Array.from({ length: n }, () => random.pick(names))
  const texts = asked.map((name, i) => {
    const [verbs, nouns] = ASKED[name]!
    const words = [random.pick(verbs), random.pick(nouns)]
    if (random.next() < 0.3) words.reverse()
    // A number makes nearly every text distinct, as speech is.
    return `${random.pick(OPENINGS)}${words.join(' ')}${random.pick(ENDINGS)} заказ${i % 97}`
  })
  return { texts, asked }
}
