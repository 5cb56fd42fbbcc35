/** Words of one English conversation, and what clients say of themselves aloud. All of it is made up. */
import type { Random } from '../../../../server/lib/random.ts'
import { markPersonal, type PersonalKind } from '../marks.ts'
import type { Situation } from '../pack.ts'
import type { Slots } from '../template.ts'

type Word = (random: Random, situation: Situation) => string

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** A whole number below a million in words, as it is said in Britain. */
export function inWords(n: number): string {
  if (n < 20) return UNITS[n]!
  if (n < 100) return `${TENS[Math.floor(n / 10)]}${n % 10 ? ` ${UNITS[n % 10]}` : ''}`
  if (n < 1000) return `${UNITS[Math.floor(n / 100)]} hundred${n % 100 ? ` and ${inWords(n % 100)}` : ''}`
  return `${inWords(Math.floor(n / 1000))} thousand${n % 1000 ? ` ${n % 1000 < 100 ? 'and ' : ''}${inWords(n % 1000)}` : ''}`
}

const digits = (text: string) =>
  [...text].map(digit => (digit === '0' ? 'oh' : UNITS[Number(digit)]!)).join(' ')

const HOMES: Record<string, string[]> = {
  'new build': ['new build', 'new build semi', 'two bed new build', 'flat in a new block'],
  'ex-council': ['ex council semi', 'seventies terrace', 'two bed terrace'],
  'period terrace': ['Victorian terrace', 'Georgian town house', 'Edwardian terrace'],
  'detached house': ['detached house', 'four bed detached', 'bungalow', 'thirties detached'],
  'managed flats': ['block of twelve flats', 'block of flats', 'converted mill', 'block of twenty'],
}
const STREETS = [
  'Larch Close',
  'Bramble Lane',
  'Heron Way',
  'Orchard Rise',
  'Thistle Road',
  'Mill View',
  'Cuckoo Lane',
  'Fern Grove',
]
const DAYS: [string, string][] = [
  ['on Monday', 'mon'],
  ['on Tuesday', 'tue'],
  ['on Wednesday', 'wed'],
  ['on Thursday', 'thu'],
  ['on Friday', 'fri'],
  ['tomorrow', 'tmrw'],
]

function money(amount: number, typed: boolean): string {
  const rounded = Math.max(50, Math.round(amount / 50) * 50)
  return typed ? `£${rounded.toLocaleString('en-GB')}` : `${inWords(rounded)} pounds`
}

const marked =
  (kind: PersonalKind, word: Word): Word =>
  (random, situation) =>
    markPersonal(word(random, situation), kind)

const phone: Word = (random, { phone: number, typed }) => {
  const local = `0${number.slice(3)}`
  const [a, b, c] = [local.slice(0, 5), local.slice(5, 8), local.slice(8)]
  if (typed) return random.pick([local, `${a} ${b} ${c}`, `+44 ${a.slice(1)} ${b}${c}`])
  return random.next() < 0.4 ? `${a} ${b} ${c}` : `${digits(a)} ${digits(b)} ${digits(c)}`
}

const email: Word = (_, { person, email: given, typed }) => {
  const text = given ?? person.email
  return typed
    ? text
    : text
        .replaceAll('.', ' dot ')
        .replace('@', ' at ')
        .replace(/\d+/g, n => ` ${digits(n)} `)
        .replace(/ {2,}/g, ' ')
        .trim()
}

/** A number that passes Luhn's check, of a range kept for tests. */
const card: Word = (random, { number, typed }) => {
  const body = `400000000${String(number % 1_000_000).padStart(6, '0')}`
  let sum = 0
  for (let i = 0; i < body.length; i++) {
    const doubled = Number(body[i]) * (i % 2 === 0 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  const all = `${body}${(10 - (sum % 10)) % 10}`
  const groups = all.match(/\d{4}/g)!
  return typed || random.next() < 0.6 ? random.pick([groups.join(' '), all]) : groups.map(digits).join(' ')
}

const words: Record<string, Word> = {
  manager: (_, { manager }) => manager.first,
  sum: (_, { amount, typed }) => money(amount, typed),
  less: (_, { amount, typed }) => money(amount * 0.15, typed),
  '299': (random, { typed }) =>
    random.pick(typed ? ['£299', '299'] : ['two nine nine', 'two hundred and ninety nine', '299']),
  day: random => random.pick(DAYS)[0],
  'day.short': random => random.pick(DAYS)[1],
  time: random =>
    random.pick(['in the morning', 'after five', 'around ten', 'in the afternoon', 'after work']),
  home: (random, { profile }) => random.pick(HOMES[profile]!),
  count: (random, { typed, profile }) => {
    const n = profile === 'managed flats' ? 20 + random.integer(40) : 1 + random.integer(9)
    return `${typed ? n : inWords(n)} window${n === 1 ? '' : 's'}`
  },
  from: random => random.pick(['from web', 'from advert', 'from chat', 'called in']),
  'first.m': marked('name', (_, { person }) => person.slots.first!),
  'last.m': marked('name', (_, { person }) => person.slots.last!),
  'full.m': marked('name', (_, { person }) => `${person.slots.first} ${person.slots.last}`),
  address: marked('address', (random, { city, typed }) => {
    const house = 1 + random.integer(90)
    return `${typed ? house : inWords(house)} ${random.pick(STREETS)}${random.next() < 0.5 ? ` ${city.name}` : ''}`
  }),
  phone: marked('phone', phone),
  email: marked('email', email),
  card: marked('card', card),
  passport: marked('passport', (random, { number, typed }) => {
    const text = `000${String(number % 1_000_000).padStart(6, '0')}`
    return typed || random.next() < 0.5 ? text : digits(text)
  }),
  birth: marked(
    'birth_date',
    random => `${1 + random.integer(28)}/0${1 + random.integer(9)}/${1955 + random.integer(45)}`,
  ),
  contract: marked('contract', (_, { number }) => `LP-${1000 + (number % 9000)}`),
  handle: marked('handle', (_, { number }) => `@home_${number}`),
}

/** Words for a conversation's slots, each made when first asked for and then kept. */
export function situate(random: Random, situation: Situation): Slots {
  const { product, city, person } = situation
  const said = new Map<string, string>()
  return slot => {
    const plain = product.slots[slot] ?? city.slots[slot] ?? person.slots[slot] ?? said.get(slot)
    if (plain !== undefined) return plain
    const word = words[slot]?.(random, situation)
    if (word !== undefined) said.set(slot, word)
    return word
  }
}
