/** Words of one conversation: sums, days, sizes, the home, and through personal.ts what this client may say of itself. */
import type { Random } from '../../../../server/lib/random.ts'
import type { Situation } from '../pack.ts'
import type { Slots } from '../template.ts'
import { inWords, plural } from './numerals.ts'
import { personalWords } from './personal.ts'

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

/** «одна тысяча» -> «одну тысячу»; other sums stay. */
const accusative = (sum: string) => sum.replace(/одна тысяча$/, 'одну тысячу').replace(/ тысяча$/, ' тысячу')

type Word = (random: Random, situation: Situation) => string

const isBalcony = ({ product }: Situation) => /балкон|лоджи|веранд/i.test(product.name)
const ofGender =
  (masculine: string, feminine: string): Word =>
  (_, { person }) =>
    person.gender === 'm' ? masculine : feminine
const ofManager =
  (masculine: string, feminine: string): Word =>
  (_, { manager }) =>
    manager.gender === 'm' ? masculine : feminine
const anyOf =
  (...words: string[]): Word =>
  random =>
    random.pick(words)
const anyDay = DAYS.map(([spoken]) => spoken)

const windows: Word = (random, { typed }) => {
  const n = 1 + random.integer(6)
  return `${typed ? n : inWords(n)} ${plural(n, 'окно', 'окна', 'окон')}`
}

const metres: Word = (random, { typed }) => {
  const n = 2 + random.integer(5)
  if (random.next() < 0.4) return typed ? `${n},5 метра` : `${inWords(n)} с половиной метра`
  return `${typed ? n : inWords(n)} ${plural(n, 'метр', 'метра', 'метров')}`
}

/** Slots of Russian templates beyond those of product, city, person and personal data. */
const words: Record<string, Word> = {
  ка: ofGender('', 'ка'),
  согласен: ofGender('согласен', 'согласна'),
  него: ofGender('него', 'неё'),
  недоволен: ofGender('недоволен', 'недовольна'),
  один: ofGender('один', 'одна'),
  ошибся: ofGender('ошибся', 'ошиблась'),
  'м.а': ofManager('', 'а'),
  'м.полез': ofManager('ен', 'на'),
  'м.рад': ofManager('рад', 'рада'),
  менеджер: (_, { manager }) => manager.first,
  лпр: (_, { product }) => (product.campaign === 'business' ? 'лпр ' : ''),
  сумма: (_, { amount, typed }) => sumOf(amount, typed),
  'сумма.в': (_, { amount, typed }) => accusative(sumOf(amount, typed)),
  'сумма.мин.в': (_, { amount, typed }) => accusative(sumOf(amount * 0.55, typed)),
  'сумма.мин': (_, { amount, typed }) => sumOf(amount * 0.55, typed),
  'сумма.разница.в': (_, { amount, typed }) => accusative(sumOf(Math.max(2000, amount * 0.12), typed)),
  '9900': (random, { typed }) =>
    random.pick(
      typed ? ['9 900', '9900', '9900 руб'] : ['девять девятьсот', '9900', 'девять тысяч девятьсот'],
    ),
  'от.9900': (random, { typed }) =>
    random.pick(
      typed
        ? ['от 9 900', 'от 9900', 'от 9900 руб']
        : ['от девяти девятьсот', 'от 9900', 'от девяти тысяч девятисот'],
    ),
  день: anyOf(...anyDay),
  'день.кратко': anyOf(...DAYS.map(([, short]) => short)),
  время: (random, { typed }) => random.pick(typed ? TIMES_TYPED : TIMES),
  этаж: (random, { profile }) =>
    profile === 'частный дом'
      ? random.pick(['два этажа', 'один этаж', 'первый этаж'])
      : `${random.pick(FLOORS)} этаж`,
  размер: (random, situation) => (isBalcony(situation) ? metres : windows)(random, situation),
  'размер.фраза': (random, situation) =>
    isBalcony(situation)
      ? `${random.pick(['размер примерно', 'где-то', 'ширина'])} ${metres(random, situation)}`
      : `${random.pick(['', 'всего ', 'там '])}${windows(random, situation)}`,
  'размер.кратко': (random, situation) =>
    isBalcony(situation) ? `${2 + random.integer(5)}м` : windows(random, { ...situation, typed: true }),
  дом: anyOf('панельный', 'кирпичный', 'монолитный', 'старый', 'новый'),
  км: (random, { typed }) => {
    const distance = 15 + random.integer(9) * 5
    return typed ? String(distance) : inWords(distance)
  },
  'объект.жильё': (random, { profile }) => random.pick(HOMES[profile]!),
  'объект.кратко': (random, { profile }) => random.pick(SHORT[profile]!),
  'объект.что': (_, situation) => (isBalcony(situation) ? situation.product.slots.объект! : 'какие окна'),
  откуда: anyOf('с сайта', 'с рекламы', 'со звонка', 'с карт', 'из чата'),
}

/** Words for a conversation's slots, each made when first asked for and then kept. Personal data comes marked. */
export function situate(random: Random, situation: Situation): Slots {
  const { product, city, person } = situation
  const said = new Map<string, string>()
  return slot => {
    const plain = product.slots[slot] ?? city.slots[slot] ?? person.slots[slot] ?? said.get(slot)
    if (plain !== undefined) return plain
    const word = (words[slot] ?? personalWords[slot])?.(random, situation)
    if (word !== undefined) said.set(slot, word)
    return word
  }
}
