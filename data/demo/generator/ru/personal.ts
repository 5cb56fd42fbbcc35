/**
 * What clients say of themselves aloud: names in their cases, phones, addresses and more, in digits and in words. Made up
 * throughout: no phone, card, passport or company number here can belong to anybody.
 */
import type { Random } from '../../../../server/lib/random.ts'
import { markPersonal, type PersonalKind } from '../marks.ts'
import type { Situation } from '../pack.ts'
import { digitsInWords, groupInWords, inWords } from './numerals.ts'

type Word = (random: Random, situation: Situation) => string

const STREETS = [
  'Кленовая',
  'Озёрная',
  'Берёзовая',
  'Солнечная',
  'Яблоневая',
  'Луговая',
  'Сосновая',
  'Речная',
  'Звёздная',
  'Тенистая',
  'Рябиновая',
  'Ключевая',
]

const marked =
  (kind: PersonalKind, word: Word): Word =>
  (random, situation) =>
    markPersonal(word(random, situation), kind)

const slot =
  (...names: string[]): Word =>
  (_, { person }) =>
    names.map(name => person.slots[name]!).join(' ')

const address: Word = (random, { city, typed }) => {
  const street = random.pick(STREETS)
  const house = 1 + random.integer(120)
  const flat = 1 + random.integer(220)
  if (typed) {
    return random.pick([
      `ул. ${street}, ${house}, кв. ${flat}`,
      `${city.name}, ${street} ${house}-${flat}`,
      `${street} д ${house} кв ${flat}`,
    ])
  }
  return random.pick([
    `улица ${street} дом ${inWords(house)} квартира ${inWords(flat)}`,
    `${street} ${inWords(house)} квартира ${inWords(flat)}`,
    `${street} ${house} квартира ${flat}`,
    `город ${city.name} улица ${street} ${inWords(house)}`,
  ])
}

const phone: Word = (random, { phone: number, typed }) => {
  const digits = number.slice(2)
  const [a, b, c, d] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 8), digits.slice(8)]
  if (typed) {
    return random.pick([
      `8${digits}`,
      `8 ${a} ${b}-${c}-${d}`,
      `+7 (${a}) ${b}-${c}-${d}`,
      `8-${a}-${b}-${c}-${d}`,
      `+7${digits}`,
    ])
  }
  if (random.next() < 0.4) return random.pick([`8 ${a} ${b} ${c} ${d}`, `8${digits}`, `8 ${a} ${b} ${c}${d}`])
  const zeros = random.next() < 0.4 ? 'три нуля' : 'ноль ноль ноль'
  const country = random.next() < 0.25 ? 'плюс семь' : 'восемь'
  return `${country} ${inWords(Number(a))} ${zeros} ${groupInWords(c)} ${groupInWords(d)}`
}

/** Latin letters as they are called when an address is spelt. */
const LETTER_NAMES: Record<string, string> = {
  a: 'а',
  b: 'бэ',
  c: 'цэ',
  d: 'дэ',
  e: 'е',
  f: 'эф',
  g: 'же',
  h: 'аш',
  i: 'ай',
  j: 'джей',
  k: 'ка',
  l: 'эль',
  m: 'эм',
  n: 'эн',
  o: 'о',
  p: 'пэ',
  r: 'эр',
  s: 'эс',
  t: 'тэ',
  u: 'у',
  v: 'вэ',
  y: 'игрек',
  z: 'зет',
}

const email: Word = (random, { person, email: given, typed }) => {
  const written = given ?? person.email
  if (typed) return written
  // Recognisers write what they hear in Latin letters or in Russian ones.
  const text =
    random.next() < 0.5
      ? written
      : written.replace(
          /^([a-z])\.[a-z]+/,
          (_, letter: string) => `${LETTER_NAMES[letter]}.${person.slots.фамилия!.toLowerCase()}`,
        )
  return text
    .replaceAll('.', ' точка ')
    .replaceAll('@', ' собака ')
    .replace(/\d+/g, digits => ` ${inWords(Number(digits))} `)
    .replace(/\bexample\b/, 'экзампл')
    .replace(/\bru\b/, 'ру')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** Sixteen digits that pass Luhn's check and begin with 2200 0000, which no bank has. */
const card: Word = (random, { number, typed }) => {
  const body = `22000000${String(number % 10_000_000).padStart(7, '0')}`
  let sum = 0
  for (let i = 0; i < body.length; i++) {
    const doubled = Number(body[i]) * (i % 2 === 0 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  const digits = `${body}${(10 - (sum % 10)) % 10}`
  const groups = digits.match(/\d{4}/g)!
  if (typed || random.next() < 0.6) return random.pick([groups.join(' '), digits])
  return groups.map(digitsInWords).join(' ')
}

/** A series that begins with 00, which no region has. */
const passport: Word = (random, { number, typed }) => {
  const series = `00 ${String(number % 100).padStart(2, '0')}`
  const rest = String(100_000 + ((number * 7919) % 899_999))
  if (typed || random.next() < 0.6) return `${series} ${rest}`
  return `${digitsInWords(series.replace(' ', ''))} ${groupInWords(rest.slice(0, 3))} ${groupInWords(rest.slice(3))}`
}

/** Ten digits with the right check digit; no tax office has the number 0000. */
const taxpayer: Word = (random, { number, typed }) => {
  const body = `0000${String(number % 100_000).padStart(5, '0')}`
  const weights = [2, 4, 10, 3, 5, 9, 4, 6, 8]
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0)
  const digits = `${body}${(sum % 11) % 10}`
  return typed || random.next() < 0.7 ? digits : digitsInWords(digits)
}

const birthday: Word = random => {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(1 + random.integer(28))}.${two(1 + random.integer(12))}.${1955 + random.integer(45)}`
}

/** Slots that hold personal data, marked as such. */
export const personalWords: Record<string, Word> = {
  'имя.м': marked('name', slot('имя')),
  'имя.отч.м': marked('name', slot('имя', 'отчество')),
  'фио.м': marked('name', slot('фамилия', 'имя', 'отчество')),
  'фио.вин': marked('name', slot('фамилия.в', 'имя.в', 'отчество.в')),
  'фи.вин': marked('name', slot('имя.в', 'фамилия.в')),
  адрес: marked('address', address),
  телефон: marked('phone', phone),
  почта: marked('email', email),
  карта: marked('card', card),
  паспорт: marked('passport', passport),
  инн: marked('inn', taxpayer),
  рождение: marked('birth_date', birthday),
  договор: marked(
    'contract',
    (_, { number, typed }) => `${100 + (number % 9000)}${typed ? '/' : ' дробь '}26`,
  ),
  ник: marked(
    'handle',
    (random, { number }) => `@${random.pick(['okno', 'balkon', 'dom', 'dacha', 'remont'])}_${number}`,
  ),
}
