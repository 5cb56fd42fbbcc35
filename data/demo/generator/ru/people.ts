/** Invented people: common first names, patronymics made from them, surnames; nobody in particular. */
import type { Random } from '../../../../server/lib/random.ts'
import type { Person } from '../pack.ts'

const MALE =
  'Алексей Андрей Антон Артём Вадим Валерий Виктор Виталий Владимир Григорий Денис Дмитрий Евгений Егор Иван Игорь Кирилл Константин Максим Михаил Николай Олег Павел Роман Сергей Станислав Юрий Ренат Тимур Марат'.split(
    ' ',
  )
const FEMALE =
  'Алина Алла Анастасия Ангелина Анна Валентина Вера Виктория Галина Дарья Евгения Екатерина Елена Жанна Зинаида Ирина Карина Ксения Лариса Лидия Любовь Людмила Марина Мария Надежда Наталья Оксана Ольга Полина Раиса Светлана Тамара Татьяна Юлия Гульнара Алсу'.split(
    ' ',
  )
/** Father's name -> patronymics, masculine and feminine. */
const FATHERS: [string, string][] = [
  ['Алексеевич', 'Алексеевна'],
  ['Андреевич', 'Андреевна'],
  ['Борисович', 'Борисовна'],
  ['Викторович', 'Викторовна'],
  ['Владимирович', 'Владимировна'],
  ['Геннадьевич', 'Геннадьевна'],
  ['Евгеньевич', 'Евгеньевна'],
  ['Иванович', 'Ивановна'],
  ['Ильич', 'Ильинична'],
  ['Михайлович', 'Михайловна'],
  ['Николаевич', 'Николаевна'],
  ['Павлович', 'Павловна'],
  ['Петрович', 'Петровна'],
  ['Рашидович', 'Рашидовна'],
  ['Сергеевич', 'Сергеевна'],
  ['Степанович', 'Степановна'],
  ['Юрьевич', 'Юрьевна'],
]
/** Masculine; the feminine is made by rule. */
const SURNAMES =
  'Абрикосов Барсуков Березин Вишняков Воробьёв Галкин Горохов Дубинин Ежов Жаворонков Журавлёв Зайцев Зябликов Калинин Камышов Кленов Ковылин Крылатов Лебедев Листьев Лугов Малинин Медведев Метелин Мишин Морошкин Облаков Овсянников Орешкин Осинин Перепёлкин Полевой Рябинин Садовский Сергеев Синицын Скворцов Смородин Снегирёв Соловьёв Сомов Сорокин Стрижов Тополев Травин Ульянов Фёдоров Хвойный Цветков Черёмухин Шишкин Щеглов Юдин Ягодин Ясенев'.split(
    ' ',
  )

const feminine = (surname: string) =>
  surname
    .replace(/(?:ый|ой)$/, 'ая')
    .replace(/ский$/, 'ская')
    .replace(/(в|н)$/, '$1а')

const LETTERS: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'ch',
  ш: 'sh',
  щ: 'sch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
}

/** Russian letters in Latin ones, as people write their addresses. */
export function toLatin(text: string): string {
  return [...text.toLowerCase()].map(letter => LETTERS[letter] ?? letter).join('')
}

/** A name in the accusative: «Павла», «Сергея», «Ольгу», «Сомову», «Полевого». */
export function accusative(name: string, gender: 'm' | 'f'): string {
  if (name === 'Павел') return 'Павла'
  if (gender === 'f') {
    if (name.endsWith('ая')) return name.replace(/ая$/, 'ую')
    return name.replace(/а$/, 'у').replace(/я$/, 'ю')
  }
  if (/(?:ый|ой|ский)$/.test(name)) return name.replace(/..$/, 'ого')
  return /[йь]$/.test(name) ? name.replace(/.$/, 'я') : `${name}а`
}

/** A person; `index` makes the e-mail address unique. */
export function createPerson(random: Random, index: number): Person {
  const gender = random.next() < 0.47 ? 'm' : 'f'
  const first = random.pick(gender === 'm' ? MALE : FEMALE)
  const father = random.pick(FATHERS)[gender === 'm' ? 0 : 1]
  const masculine = random.pick(SURNAMES)
  const surname = gender === 'm' ? masculine : feminine(masculine)
  // Half of the cards in a CRM hold no patronymic.
  const name = random.next() < 0.5 ? `${surname} ${first} ${father}` : `${first} ${surname}`
  return {
    gender,
    name,
    email: `${toLatin(first).slice(0, 1)}.${toLatin(surname)}${index % 97}${index >= 97 ? `.${Math.floor(index / 97)}` : ''}@example.ru`,
    slots: {
      имя: first,
      отчество: father,
      фамилия: surname,
      'имя.в': accusative(first, gender),
      'отчество.в': accusative(father, gender),
      'фамилия.в': accusative(surname, gender),
      а: gender === 'm' ? '' : 'а',
      ся: gender === 'm' ? 'ся' : 'ась',
      нашел: gender === 'm' ? 'нашёл' : 'нашла',
      готов: gender === 'm' ? 'готов' : 'готова',
      сам: gender === 'm' ? 'сам' : 'сама',
      супруг: gender === 'm' ? 'женой' : 'мужем',
      'супруга.р': gender === 'm' ? 'жены' : 'мужа',
      супруга_сказала: gender === 'm' ? 'жена сказала' : 'муж сказал',
    },
  }
}
