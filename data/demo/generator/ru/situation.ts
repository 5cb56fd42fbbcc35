/** Words of one conversation: sums, days, sizes, the home, and the personal data that this client may say aloud. */
import type { Random } from '../../../../server/lib/random.ts'
import { markPersonal } from '../marks.ts'
import type { Situation } from '../pack.ts'
import type { Slots } from '../template.ts'
import { digitsInWords, groupInWords, inWords, plural } from './numerals.ts'

const DAYS: [spoken: string, short: string][] = [
  ['в понедельник', 'пн'],
  ['во вторник', 'вт'],
  ['в среду', 'ср'],
  ['в четверг', 'чт'],
  ['в пятницу', 'пт'],
  ['в субботу', 'сб'],
  ['завтра', 'завтра'],
]
const TIMES = [
  'после обеда',
  'утром',
  'к шести',
  'часов в десять',
  'после пяти',
  'к двум',
  'ближе к вечеру',
  'с утра пораньше',
]
const TIMES_TYPED = [
  'после обеда',
  'утром',
  'после 18',
  'часов в 10',
  'после 17',
  'к 14:00',
  'вечером',
  'до 12',
]
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
const FLOORS = [
  'первый',
  'второй',
  'третий',
  'четвёртый',
  'пятый',
  'шестой',
  'седьмой',
  'девятый',
  'десятый',
  'двенадцатый',
]

const HOMES: Record<string, string[]> = {
  новостройка: ['двушка в новостройке', 'квартира в новом доме', 'студия в новостройке', 'трёшка в монолите'],
  вторичка: ['двушка в панельке', 'хрущёвка', 'сталинка', 'однушка в старом доме', 'трёшка в кирпичном доме'],
  'частный дом': ['дача', 'дом за городом', 'частный дом', 'дом из бруса', 'дом в деревне'],
  'бизнес и офис': ['офис в бизнес-центре', 'магазин на первом этаже', 'салон', 'помещение под офис'],
  'управляющая компания': [
    'дом на обслуживании девятиэтажка',
    'два дома в управлении',
    'пятиэтажка четыре подъезда',
  ],
}
const SHORT: Record<string, string[]> = {
  новостройка: ['новостр', '2к новостр', 'студия', 'дом сдан в этом году'],
  вторичка: ['панелька', '2к хрущ', 'вторичка', '9эт панель'],
  'частный дом': ['дача', 'дом, брус', 'частный дом', 'снт'],
  'бизнес и офис': ['офис', 'магазин', 'юрлицо, бц', 'салон красоты'],
  'управляющая компания': ['ук', 'тсж', 'ук, подъезды', 'тсж, 3 подъезда'],
}

function sumOf(amount: number, typed: boolean): string {
  const thousands = Math.max(1, Math.round(amount / 1000))
  if (typed) return `${thousands} ${plural(thousands, 'тысяча', 'тысячи', 'тысяч')}`
  return inWords(thousands * 1000)
}

/** Words for a conversation's slots. Personal data comes marked. */
export function situate(random: Random, situation: Situation): Slots {
  const { person, product, city, manager, profile, amount, typed, number } = situation
  const [day, dayShort] = random.pick(DAYS)
  const metres = 2 + random.integer(5)
  const half = random.next() < 0.4
  const windows = 1 + random.integer(6)
  const isBalcony = /балкон|лоджи|веранд/.test(product.name.toLowerCase())
  const count = (n: number, one: string, few: string, many: string) =>
    `${typed ? n : inWords(n)} ${plural(n, one, few, many)}`
  const size = isBalcony
    ? half
      ? typed
        ? `${metres},5 метра`
        : `${inWords(metres)} с половиной метра`
      : count(metres, 'метр', 'метра', 'метров')
    : count(windows, 'окно', 'окна', 'окон')
  const first = person.slots.имя!
  const father = person.slots.отчество!
  const distance = 15 + random.integer(9) * 5
  const advertised = typed
    ? random.pick(['9 900', '9900', '9900 руб'])
    : random.pick(['девяти девятьсот', '9900', 'девяти тысяч девятисот'])
  return {
    ...product.slots,
    ...city.slots,
    ...person.slots,
    'имя.м': markPersonal(first, 'name'),
    'имя.отч': `${first} ${father}`,
    'имя.отч.м': markPersonal(`${first} ${father}`, 'name'),
    'фамилия.м': markPersonal(person.slots.фамилия!, 'name'),
    ка: person.gender === 'f' ? 'ка' : '',
    согласен: person.gender === 'f' ? 'согласна' : 'согласен',
    лпр: product.campaign === 'business' ? 'лпр ' : '',
    один: person.gender === 'f' ? 'одна' : 'один',
    ошся: person.gender === 'f' ? 'ась' : 'ся',
    менеджер: manager.first,
    'м.а': manager.gender === 'f' ? 'а' : '',
    'м.полез': manager.gender === 'f' ? 'на' : 'ен',
    сумма: sumOf(amount, typed),
    'сумма.мин': sumOf(amount * 0.55, typed),
    'сумма.разница': sumOf(Math.max(2000, amount * 0.12), typed),
    '9900': advertised,
    день: day,
    'день.кратко': dayShort,
    время: random.pick(typed ? TIMES_TYPED : TIMES),
    этаж: `${random.pick(FLOORS)} этаж`,
    размер: size,
    'размер.фраза': isBalcony
      ? random.pick([`размер примерно ${size}`, `где-то ${size}`, `ширина ${size}`])
      : random.pick([size, `всего ${size}`, `там ${size}`]),
    'размер.кратко': isBalcony ? `${metres}м` : `${windows} ${plural(windows, 'окно', 'окна', 'окон')}`,
    дом: random.pick(['панельный', 'кирпичный', 'монолитный', 'старый', 'новый']),
    км: typed ? String(distance) : inWords(distance),
    'объект.жильё': random.pick(HOMES[profile]!),
    'объект.кратко': random.pick(SHORT[profile]!),
    'объект.что': isBalcony ? product.slots.объект! : 'какие окна',
    откуда: random.pick(['с сайта', 'с рекламы', 'со звонка', 'с карт', 'из чата']),
    адрес: markPersonal(address(random, city.name, typed), 'address'),
    телефон: markPersonal(phone(random, situation.phone, typed), 'phone'),
    почта: markPersonal(email(situation.email ?? person.email, typed), 'email'),
    карта: markPersonal(card(random, number, typed), 'card'),
    паспорт: markPersonal(passport(random, number, typed), 'passport'),
    рождение: markPersonal(birthday(random), 'birth_date'),
    договор: markPersonal(`${100 + (number % 9000)}${typed ? '/' : ' дробь '}26`, 'contract'),
    ник: markPersonal(`@${random.pick(['okno', 'balkon', 'dom', 'dacha', 'remont'])}_${number}`, 'handle'),
  }
}

function address(random: Random, city: string, typed: boolean): string {
  const street = random.pick(STREETS)
  const house = 1 + random.integer(120)
  const flat = 1 + random.integer(220)
  const [prefix, number, unit] = typed
    ? ['ул', String(house), String(flat)]
    : ['улица', inWords(house), inWords(flat)]
  const forms = typed
    ? [
        `${prefix}. ${street}, ${number}, кв ${unit}`,
        `${city}, ${street} ${number}-${unit}`,
        `${street} д ${number} кв ${unit}`,
      ]
    : [
        `${prefix} ${street} дом ${number} квартира ${unit}`,
        `${street} ${number} квартира ${unit}`,
        `город ${city} ${street} ${number}`,
      ]
  return random.pick(forms)
}

function phone(random: Random, number: string, typed: boolean): string {
  const digits = number.replace(/\D/g, '').slice(1)
  const [a, b, c, d] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 8), digits.slice(8)]
  if (typed)
    return random.pick([
      `8${digits}`,
      `8 ${a} ${b}-${c}-${d}`,
      `+7 (${a}) ${b}-${c}-${d}`,
      `8-${a}-${b}-${c}-${d}`,
      `+7${digits}`,
    ])
  if (random.next() < 0.4) return random.pick([`8 ${a} ${b} ${c} ${d}`, `8${digits}`, `8 ${a} ${b} ${c}${d}`])
  const zeros = random.next() < 0.4 ? 'три нуля' : 'ноль ноль ноль'
  return `${random.next() < 0.25 ? 'плюс семь' : 'восемь'} ${inWords(Number(a))} ${zeros} ${groupInWords(c)} ${groupInWords(d)}`
}

function email(address: string, typed: boolean): string {
  if (typed) return address
  return address
    .replaceAll('.', ' точка ')
    .replaceAll('@', ' собака ')
    .replace(/\d+/g, digits => ` ${inWords(Number(digits))} `)
    .replace(/\bexample\b/, 'экзампл')
    .replace(/\bru\b/, 'ру')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** A number that passes Luhn's check and begins as a card of the national system for tests does. */
function card(random: Random, number: number, typed: boolean): string {
  const body = `22000000${String(number % 10_000_000).padStart(7, '0')}`
  let sum = 0
  for (let i = 0; i < body.length; i++) {
    const doubled = Number(body[i]) * (i % 2 === 0 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  const digits = `${body}${(10 - (sum % 10)) % 10}`
  const groups = digits.match(/\d{4}/g)!
  if (typed || random.next() < 0.6) return random.pick([groups.join(' '), digits])
  return groups.map(group => digitsInWords(group)).join(' ')
}

function passport(random: Random, number: number, typed: boolean): string {
  const series = `00 ${String(number % 100).padStart(2, '0')}`
  const rest = String(100_000 + ((number * 7919) % 899_999))
  if (typed || random.next() < 0.6) return `${series} ${rest}`
  return `${digitsInWords(series.replace(' ', ''))} ${inWords(Number(rest.slice(0, 3)))} ${inWords(Number(rest.slice(3)))}`
}

function birthday(random: Random): string {
  const day = 1 + random.integer(28)
  const month = 1 + random.integer(12)
  return `${String(day).padStart(2, '0')}.${String(month).padStart(2, '0')}.${1955 + random.integer(45)}`
}
