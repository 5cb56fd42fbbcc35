/** Ad ideas in words: the finding, what one's own ads promise and buyers don't name, titles and the table of lines. */
import { countAd } from '../insight/ad-check.ts'
import type { Rival } from '../insight/ad-rivals.ts'
import type { Ads } from '../insight/ads.ts'
import { formatDay } from '../lib/locale.ts'
import { type Figures, plain } from './figures.ts'
import type { Scalar, Table, TableColumn } from './output.ts'

type Language = Figures['language']

const titles = {
  ru: {
    headline: 'Заголовки',
    text: 'Тексты',
    whole: 'Объявления без заголовка',
    weak: 'Слова, за которыми пока мало клиентов',
    rivals: 'Что обещает реклама и сайт',
  },
  en: {
    headline: 'Headlines',
    text: 'Texts',
    whole: 'Ads without a headline',
    weak: 'Words with few clients behind them so far',
    rivals: 'What the ads and the site promise',
  },
} as const

const columns: Record<
  Language,
  readonly (readonly [name: string, label: string, format: TableColumn['format']])[]
> = {
  ru: [
    ['platform', 'Площадка', 'text'],
    ['field', 'Поле', 'text'],
    ['line', 'Строка', 'text'],
    ['length', 'Длина', 'integer'],
    ['max', 'Предел', 'integer'],
    ['clients', 'Клиентов', 'integer'],
    ['phrases', 'Из каких слов', 'text'],
  ],
  en: [
    ['platform', 'Platform', 'text'],
    ['field', 'Field', 'text'],
    ['line', 'Line', 'text'],
    ['length', 'Length', 'integer'],
    ['max', 'Limit', 'integer'],
    ['clients', 'Clients', 'integer'],
    ['phrases', 'Made of', 'text'],
  ],
}

const toColumns = (list: (typeof columns)[Language]): TableColumn[] =>
  list.map(([name, label, format]) => ({ name, label, format }))

/** Titles of the parts, and the table of lines that later cells read. */
export function adTitles(language: Language) {
  return {
    ...titles[language],
    columns: toColumns(columns[language]),
    lineRows: (ads: Ads): Scalar[][] =>
      ads.sets.flatMap(({ platform, lines }) =>
        lines.flatMap(({ field, ideas }) =>
          ideas.map(({ claim, phrases }) => [
            platform.label[language],
            field.label[language],
            claim.text,
            countAd(claim.text, field),
            field.max,
            claim.clients,
            phrases.map(({ text }) => text).join('; '),
          ]),
        ),
      ),
  }
}

const quoted = (text: string, language: Language) =>
  language === 'ru' ? `«${plain(text)}»` : `“${plain(text)}”`

/** «Из слов 312 клиентов собрано 9 заголовков и 6 текстов; чаще всего ценят …». */
export function adFinding(ads: Ads, group: string, figures: Figures): string {
  const { language } = figures
  const ru = language === 'ru'
  const size = figures.count(ads.clients, 'client')
  const all = group === ''
  const of = all
    ? ru
      ? `всех клиентов (${figures.number(ads.clients)})`
      : `all ${size}`
    : `${ru ? 'сегмента ' : ''}${quoted(group, language)} (${size})`
  if (ads.ideas.length === 0)
    return ru
      ? `Для ${of} объявлений пока не собрать: ни одной целой фразы о том, что важно, не сказали хотя бы трое клиентов, среди которых есть купившие.`
      : `No ads yet for ${of}: no whole phrase about what matters was said by three clients with buyers among them.`
  const headlines = ads.ideas.filter(({ role }) => role === 'headline').length
  const texts = ads.ideas.filter(({ role }) => role === 'text').length
  const lines = ru
    ? `заголовков — **${headlines}**, текстов — **${texts}**`
    : `**${headlines}** ${headlines === 1 ? 'headline' : 'headlines'} and **${texts}** ${texts === 1 ? 'text' : 'texts'}`
  const [first] = ads.ideas
    .flatMap(({ phrases }) => phrases)
    .filter(({ core }) => core.shape !== 'question')
    .sort((a, b) => b.clients.size - a.clients.size)
  const valued = first
    ? ru
      ? ` Чаще всего ценят **«${plain(first.text)}»**: ${figures.count(first.clients.size, 'client')}, из них купили ${first.won}.`
      : ` Most often they value **“${plain(first.text)}”**: ${figures.count(first.clients.size, 'client')}, ${first.won} of them bought.`
    : ''
  return ru ? `Из слов ${of} собрано: ${lines}.${valued}` : `From the words of ${of}: ${lines}.${valued}`
}

/** What to think over in one's own ads: first what clients ask about, then what those who refuse say more, then what nobody says. */
export function rivalFinding(rivals: readonly Rival[], figures: Figures): string {
  const { language } = figures
  const ru = language === 'ru'
  const asked = rivals.filter(rival => rival.asked >= 3).sort((a, b) => b.asked - a.asked)[0]
  const lost = rivals.find(rival => rival.lost >= 3 && rival.lost > rival.won)
  const silent = rivals
    .filter(rival => rival.won === 0 && rival.lost === 0 && rival.asked < 3 && rival.where === 'page')
    .slice(0, 3)
  const parts = [
    ru ? '## Что в рекламе, но не в словах купивших' : '## In the ads, but not in the buyers’ words',
    ...(asked
      ? [
          ru
            ? `О числе из ${quoted(asked.text, language)} переспрашивают: ${figures.count(asked.asked, 'client')}.`
            : `Clients ask about the number in ${quoted(asked.text, language)}: ${figures.count(asked.asked, 'client')}.`,
        ]
      : []),
    ...(lost
      ? [
          ru
            ? `${quoted(lost.text, language)} ближе тем, кто не купил: ${lost.lost} против ${lost.won} купивших.`
            : `${quoted(lost.text, language)} is closer to those who did not buy: ${lost.lost} against ${lost.won} buyers.`,
        ]
      : []),
    ...(silent.length > 0
      ? [
          ru
            ? `Ни один купивший не назвал важным: ${silent.map(({ text }) => quoted(text, language)).join(', ')}.`
            : `No buyer named as important: ${silent.map(({ text }) => quoted(text, language)).join(', ')}.`,
        ]
      : []),
  ]
  return `${parts[0]}\n\n${parts.slice(1).join(' ')}`
}

const places = {
  ru: { keyword: 'ключевая фраза', ad: 'объявление', page: 'сайт' },
  en: { keyword: 'keyword', ad: 'ad', page: 'site' },
} as const

export function rivalTable(rivals: readonly Rival[], language: Language): Table {
  const labels =
    language === 'ru'
      ? ['Где', 'Слова', 'Пришло клиентов', 'Купили', 'Ценят купившие', 'Ценят не купившие', 'Переспросили']
      : ['Where', 'Words', 'Clients came', 'Bought', 'Buyers value it', 'Others value it', 'Asked about']
  const names = ['place', 'words', 'came', 'bought', 'won', 'lost', 'asked']
  return {
    columns: names.map((name, i) => ({ name, label: labels[i]!, format: i < 2 ? 'text' : 'integer' })),
    rows: rivals.map(({ where, text, came, bought, won, lost, asked }) => [
      places[language][where],
      text,
      came,
      bought,
      won,
      lost,
      asked,
    ]),
    truncated: false,
  }
}

/** How lines are made, and what stays for people to do. */
export function adNotes(asOf: string, { language }: Figures): string {
  const day = formatDay(asOf, language)
  return language === 'ru'
    ? `Строки собраны по правилам из слов клиентов, без модели; ответы в текстах взяты с вашего сайта. Пределы и запреты площадок — на ${day}. Перед запуском проверьте, что обещанное выполняется, добавьте ссылку и маркировку (erid).`
    : `Lines are set by rules from clients’ words, without a model; answers in texts come from your site. Limits and bans of the platforms as of ${day}. Before you run them, check that you keep what they promise, and add the link and the ad label.`
}
