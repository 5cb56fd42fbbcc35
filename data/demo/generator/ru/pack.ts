/** The Russian company, whole. */
import type { LineName, Pack } from '../pack.ts'
import { parseTemplates, type Template } from '../template.ts'
import { type QuestionSpec, toObjection, toQuestion, toValue } from '../theme.ts'
import { campaigns, sources } from './advertising.ts'
import { cities, managers, site } from './company.ts'
import { callLines } from './lines-calls.ts'
import { writingLines } from './lines-writing.ts'
import { toDigits } from './numerals.ts'
import { objections } from './objections.ts'
import { pages } from './pages.ts'
import { createPerson } from './people.ts'
import { personas } from './personas.ts'
import { products } from './products.ts'
import { landing } from './questions-landing.ts'
import { price } from './questions-price.ts'
import { product } from './questions-product.ts'
import { service } from './questions-service.ts'
import { terms } from './questions-terms.ts'
import { situate } from './situation.ts'
import { homeValues } from './values-home.ts'
import { serviceValues } from './values-service.ts'

const FIRMS = [
  'Вектор',
  'Меридиан',
  'Прогресс',
  'Эталон',
  'Горизонт',
  'Лотос',
  'Каскад',
  'Орбита',
  'Родник',
  'Акварель',
  'Маяк',
  'Ромашка',
]

const lines: Record<LineName, string[]> = { ...callLines, ...writingLines }

/** A manager's short name of a question that a client could say too: not «вывозим ли», which is the company's «we». */
const SPEAKABLE =
  /^(?:про|есть ли|как(?:ой|ая|ие)?|сколько|вход[ия]т ли|когда|можно ли|не (?:будут|лучше|перепланировка)|нужно ли|будет ли|где|почему|изменится|окончательная|возможна|действует|чем отлича)(?: |$)/
const OWN = /(?:ем|им|дим)(?: |$)|наш/

/** A question's theme with the roundabout wordings that any question has: «подскажите, есть ли рассрочка». */
function withIndirect(spec: QuestionSpec): QuestionSpec {
  const indirect = spec.report
    .filter(text => SPEAKABLE.test(text) && !OWN.test(text))
    .flatMap(text =>
      text.startsWith('про ')
        ? [
            `(подскажите|расскажите) (пожалуйста |ещё |)${text}`,
            `хотел{а} (бы |)(спросить|узнать) ${text}`,
            `${text} (ещё хотел{а} спросить|расскажите)`,
          ]
        : [
            `(подскажите|скажите) (пожалуйста |)${text}?`,
            `(хотел{а} узнать|не подскажете|вопрос такой) ${text}`,
          ],
    )
  return { ...spec, ask: [...spec.ask, ...indirect] }
}

export const pack: Pack = {
  language: 'ru',
  currency: 'RUB',
  crm: 'amocrm',
  calls: 'comagic',
  site,
  pipeline: { person: 'Розница', company: 'Организации' },
  stages: {
    new: 'Новая заявка',
    qualified: 'Квалификация',
    measured: 'Замер',
    contract: 'Договор',
    install: 'Монтаж и оплата',
    won: 'Успешно реализовано',
    lost: 'Закрыто и не реализовано',
  },
  unqualified: ['Нецелевой', 'Недозвон', 'Спам', 'Не наш регион'],
  cities,
  products,
  personas,
  sources,
  campaigns,
  managers,
  questions: [...price, ...landing, ...product, ...terms, ...service].map(withIndirect).map(toQuestion),
  values: [...homeValues, ...serviceValues].map(toValue),
  objections: objections.map(toObjection),
  lines: Object.fromEntries(
    Object.entries(lines).map(([name, texts]) => [name, parseTemplates(texts)]),
  ) as Record<LineName, Template[]>,
  fillers: {
    open: ['ну', 'э', 'так', 'слушайте', 'смотрите', 'вот', 'да вот', 'ну вот', 'это самое', 'ну смотрите'],
    middle: ['ну', 'э', 'как бы', 'вот', 'значит', 'это', 'так сказать', 'в общем'],
  },
  emoji: ['🙂', '🙏', '👍', ')', '))', '😊', '🙈', '('],
  pages,
  effects: {
    cheap: 'vk',
    dear: 'yandex',
    empty: 'листовки',
    city: 'Казань',
    persists: 'warranty',
    confusion: 'ad_price',
  },
  goals: { faq: 'Просмотр FAQ', calculator: 'Калькулятор', callback: 'Звонок', form: 'Заявка', chat: 'Чат' },
  tags: { hot: 'горячий', repeat: 'повторный', measured: 'был замер', company: 'юрлицо', thinking: 'думает' },
  report: {
    verbs: parseTemplates(['спр', 'спрашивал{а}', 'клиент спр', 'спр', 'уточнял{а}', 'спрашивает']),
    and: ' и ',
  },
  person: (random, _kind, index) => createPerson(random, index),
  companyName: (random, profile) =>
    profile === 'управляющая компания'
      ? `${random.pick(['УК', 'ТСЖ'])} «${random.pick(FIRMS)}»`
      : `ООО «${random.pick(FIRMS)}»`,
  // No Russian mobile number has 000 after its code.
  phone: index =>
    `+79${String(index % 100).padStart(2, '0')}000${String(Math.floor(index / 100) % 10_000).padStart(4, '0')}`,
  situation: situate,
  casual: {
    recognised: [
      [/(?<!\p{L})сейчас(?!\p{L})/u, 'щас'],
      [/(?<!\p{L})сколько(?!\p{L})/u, 'скока'],
      [/(?<!\p{L})что(?!\p{L})/u, 'че'],
      [/(?<!\p{L})тысяч(?!\p{L})/u, 'тыщ'],
      [/(?<!\p{L})вообще(?!\p{L})/u, 'ваще'],
    ],
    typed: [
      [/(?<!\p{L})пожалуйста(?!\p{L})/u, 'пжл'],
      [/(?<!\p{L})сколько(?!\p{L})/u, 'скок'],
      [/(?<!\p{L})спасибо(?!\p{L})/u, 'спс'],
      [/(?<!\p{L})сейчас(?!\p{L})/u, 'щас'],
      [/(?<!\p{L})что(?!\p{L})/u, 'чо'],
      [/(?<!\p{L})нормально(?!\p{L})/u, 'норм'],
    ],
  },
  recognise: text => text.replaceAll('ё', 'е'),
  typewrite: toDigits,
}
