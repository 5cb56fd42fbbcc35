/**
 * Sentences by a small grammar of everyday Russian, so that every ending and construction is seen with many words:
 * `N.a` is a noun in the accusative, `V.2` a verb in the second person; see `fill`. Not all of it makes sense; all of it
 * is built as people build sentences.
 */
import type { Random } from '../../lib/random.ts'

const NOUNS_M = `стол дом телефон билет фильм адрес номер ремонт автобус магазин суп ответ отдел кредит размер холодильник
  велосипед компьютер договор пароль балкон мастер профессор директор инженер сантехник повар студент водитель урок остров
  город двор экран телевизор диван шкаф зонт чемодан паспорт счет отчет проект концерт спектакль рецепт вирус анализ кабинет`
const NOUNS_F = `машина работа жена школа квартира книга газета собака рыба кошка погода зарплата карта комната проблема сумка
  лампа улица команда операция картина причина музыка дорога система вода цена доставка больница кухня деревня песня неделя
  очередь дверь печь тетрадь постель помощь соль`
const NOUNS_N = `окно письмо вино молоко пиво кино дело место слово кресло море задание здание лекарство пальто яблоко мясо масло`
const NAMES = `маша саша коля вася петя наташа ольга сергей андрей марья_ивановна иван_петрович мама папа доктор дорогая милый
  девушка сынок дочка бабушка товарищ_капитан шеф профессор коллега сосед ребята сэр братан`
const ADJ = `нов красив стар добр умн холодн вкусн странн сложн крупн важн черн красн бел зелен деревянн бесплатн личн
  удобн сильн серьезн опасн весел чист быстр тепл местн прост культурн`
const VERBS_A = `чита дела работа дума слуша игра гуля зна понима помога покупа продава вспомина отдыха собира отвеча спрашива
  обеща получа меша опаздыва принима открыва закрыва провожа встреча посыла объясня стреля стира включа`
const VERBS_I = `говор звон кур смотр помн вер благодар хвал хран вар стро дар уч хвор жар пил`
const PLACES = `на_работе на_кухне в_школе в_больнице дома на_даче в_городе на_улице в_магазине на_рынке в_кармане на_столе
  в_холодильнике на_вокзале в_отпуске за_границей у_соседа в_деревне под_столом в_машине на_пенсии в_банке во_дворе`
const TIMES = `вчера сегодня завтра утром вечером ночью летом зимой в_субботу в_понедельник на_прошлой_неделе через_час
  каждый_день весь_день три_года пять_минут_назад скоро давно иногда часто`

const list = (words: string) => words.split(/\s+/).map(word => word.replaceAll('_', ' '))
const nouns = [
  ...list(NOUNS_M).map(word => [word, 'm'] as const),
  ...list(NOUNS_F).map(word => [word, 'f'] as const),
  ...list(NOUNS_N).map(word => [word, 'n'] as const),
]
const names = list(NAMES)
const adjectives = list(ADJ)
const verbsA = list(VERBS_A)
const verbsI = list(VERBS_I)
const places = list(PLACES)
const times = list(TIMES)

const hard = (stem: string) => (/[гкхжшчщ]$/.test(stem) ? 'и' : 'ы')

/** A regular noun in a case: n g d a i p, plural N G. Good enough to look like Russian. */
function decline(word: string, gender: 'm' | 'f' | 'n', to: string): string {
  const stem = /[аяоеь]$/.test(word) ? word.slice(0, -1) : word
  const last = word.at(-1)!
  if (last === 'ь' && gender === 'f')
    return stem + ({ n: 'ь', g: 'и', d: 'и', a: 'ь', i: 'ью', p: 'и', N: 'и', G: 'ей' }[to] ?? 'ь')
  if (last === 'ь')
    return stem + ({ n: 'ь', g: 'я', d: 'ю', a: 'я', i: 'ем', p: 'е', N: 'и', G: 'ей' }[to] ?? 'ь')
  if (last === 'а')
    return (
      stem + ({ n: 'а', g: hard(stem), d: 'е', a: 'у', i: 'ой', p: 'е', N: hard(stem), G: '' }[to] ?? 'а')
    )
  if (last === 'я')
    return stem + ({ n: 'я', g: 'и', d: 'е', a: 'ю', i: 'ей', p: 'е', N: 'и', G: 'ь' }[to] ?? 'я')
  if (last === 'е')
    return stem + ({ n: 'е', g: 'я', d: 'ю', a: 'е', i: 'ем', p: 'и', N: 'я', G: 'й' }[to] ?? 'е')
  if (last === 'о')
    return stem + ({ n: 'о', g: 'а', d: 'у', a: 'о', i: 'ом', p: 'е', N: 'а', G: '' }[to] ?? 'о')
  return (
    stem +
    ({ n: '', g: 'а', d: 'у', a: '', i: 'ом', p: 'е', N: hard(stem), G: /[жшчщ]$/.test(stem) ? 'ей' : 'ов' }[
      to
    ] ?? '')
  )
}

function conjugate(random: Random, form: string): string {
  const i = random.next() < 0.4
  const stem = random.pick(i ? verbsI : verbsA)
  const ends: Record<string, [a: string, i: string]> = {
    0: ['ть', 'ить'],
    1: ['ю', 'ю'],
    2: ['ешь', 'ишь'],
    3: ['ет', 'ит'],
    4: ['ем', 'им'],
    5: ['ете', 'ите'],
    6: ['ют', 'ят'],
    m: ['л', 'ил'],
    f: ['ла', 'ила'],
    p: ['ли', 'или'],
    s: ['й', 'и'],
    S: ['йте', 'ите'],
  }
  return stem + ends[form]![i ? 1 : 0]
}

const ADJECTIVE_ENDS: Record<string, string> = {
  m: 'ый',
  f: 'ая',
  n: 'ое',
  N: 'ые',
  a: 'ую',
  g: 'ого',
  i: 'ым',
}

/** What a slot of a pattern becomes. */
function fill(slot: string, random: Random): string {
  const [kind = '', form = 'n'] = slot.split('.')
  if (kind === 'N') {
    const [word, gender] = random.pick(nouns)
    return decline(word, gender, form)
  }
  if (kind === 'V') return conjugate(random, form)
  if (kind === 'A') return `${random.pick(adjectives)}${ADJECTIVE_ENDS[form]}`
  if (kind === 'O') return `${random.pick(adjectives)}о`
  if (kind === 'X') return random.pick(names)
  if (kind === 'P') return random.pick(places)
  if (kind === 'T') return random.pick(times)
  if (kind === 'D') return String(1 + random.integer(random.next() < 0.5 ? 12 : 3000))
  return slot
}

/** One sentence of a pattern: slots filled, `(a|b|)` chosen. */
export function expandRussian(pattern: string, random: Random): string {
  const chosen = pattern.replace(/\(([^()]*)\)/g, (_, options: string) => random.pick(options.split('|')))
  return chosen
    .split(/\s+/)
    .filter(Boolean)
    .map(word => (/^[A-Z](?:\.\w)?$/.test(word) ? fill(word, random) : word))
    .join(' ')
}
