/**
 * What the ad platforms take: fields, limits and how each counts. Data, with the day on which it was read; a platform that
 * changes its rules is changed here alone. Browser-safe.
 *
 * Sources: Yandex Direct, technical requirements of text-and-image and combinatorial ads; Google Ads API, responsive search
 * ads; Telegram Ads, guidelines; VK Ads, help on formats; Russian Federal Law 38-FZ on advertising, art. 5 (superlatives).
 */

/** `characters`: code points. `utf16`: code units, so that an emoji weighs two. `wide`: East Asian wide characters weigh two. */
export type AdCount = 'characters' | 'utf16' | 'wide'

export interface AdField {
  id: string
  /** The column's header in the platform's import file; `#` is replaced by the number where several are taken. */
  column: string
  label: { ru: string; en: string }
  role: 'headline' | 'text'
  max: number
  count: AdCount
  /** Narrow marks (! , . ; : ") that are not counted, so many at most. */
  freeMarks?: number
  longestWord?: number
  /** How many an ad takes; `least` of them it needs. */
  most: number
  least: number
}

export type AdRule =
  | 'length'
  | 'word'
  | 'exclamations'
  | 'no-exclamation'
  | 'repeated-marks'
  | 'capitals'
  | 'spaced-letters'
  | 'contact'
  | 'emoji'
  | 'line-break'
  | 'superlative'
  | 'guarantee'
  | 'foreign-currency'

export interface AdPlatform {
  id: string
  label: { ru: string; en: string }
  /** Beside a counter. */
  short: { ru: string; en: string }
  fields: AdField[]
  rules: AdRule[]
  /** Columns of the import file before and after the fields, with what they hold. */
  before: readonly (readonly [column: string, value: string])[]
  after: readonly (readonly [column: string, value: string])[]
}

/** The day on which the rules below were read. */
export const AD_RULES_AS_OF = '2026-06-30'

const headline = { role: 'headline', count: 'characters', least: 1, most: 1 } as const
const text = { role: 'text', count: 'characters', least: 1, most: 1 } as const
const titles = { ru: 'Заголовок', en: 'Headline' }
const texts = { ru: 'Текст', en: 'Text' }

const everywhere: AdRule[] = [
  'length',
  'word',
  'exclamations',
  'repeated-marks',
  'capitals',
  'spaced-letters',
  'contact',
  'superlative',
  'guarantee',
  'line-break',
]

export const adPlatforms: readonly AdPlatform[] = [
  {
    id: 'yandex_combinatorial',
    label: { ru: 'Яндекс Директ, комбинаторное', en: 'Yandex Direct, combinatorial' },
    short: { ru: 'Директ', en: 'Direct' },
    fields: [
      { ...headline, id: 'title', column: 'Заголовок #', label: titles, max: 56, longestWord: 22, most: 7 },
      { ...text, id: 'text', column: 'Текст #', label: texts, max: 81, longestWord: 23, most: 3 },
    ],
    rules: [...everywhere, 'foreign-currency'],
    before: [
      ['Тип объявления', 'Комбинаторное'],
      ['Название группы', ''],
    ],
    after: [['Ссылка', '']],
  },
  {
    id: 'yandex_text',
    label: { ru: 'Яндекс Директ, текстово-графическое', en: 'Yandex Direct, text and image' },
    short: { ru: 'Директ', en: 'Direct' },
    fields: [
      { ...headline, id: 'title', column: 'Заголовок 1', label: titles, max: 56, longestWord: 22 },
      {
        ...headline,
        id: 'title2',
        column: 'Заголовок 2',
        label: { ru: 'Второй заголовок', en: 'Second headline' },
        max: 30,
        freeMarks: 15,
        longestWord: 22,
        least: 0,
      },
      { ...text, id: 'text', column: 'Текст', label: texts, max: 81, freeMarks: 15, longestWord: 23 },
    ],
    rules: [...everywhere, 'foreign-currency'],
    before: [
      ['Тип объявления', 'Текстово-графическое'],
      ['Название группы', ''],
    ],
    after: [['Ссылка', '']],
  },
  {
    id: 'vk',
    label: { ru: 'VK Реклама', en: 'VK Ads' },
    short: { ru: 'VK', en: 'VK' },
    fields: [
      { ...headline, id: 'title', column: 'Заголовок', label: titles, max: 40, count: 'utf16' },
      {
        ...text,
        id: 'text',
        column: 'Короткое описание',
        label: { ru: 'Короткое описание', en: 'Short description' },
        max: 90,
        count: 'utf16',
      },
    ],
    rules: [...everywhere, 'emoji'],
    before: [['Название объявления', '']],
    after: [['Ссылка', '']],
  },
  {
    id: 'google',
    label: { ru: 'Google, адаптивное поисковое', en: 'Google, responsive search' },
    short: { ru: 'Google', en: 'Google' },
    fields: [
      {
        ...headline,
        id: 'headline',
        column: 'Headline #',
        label: titles,
        max: 30,
        count: 'wide',
        least: 3,
        most: 15,
      },
      {
        ...text,
        id: 'description',
        column: 'Description #',
        label: { ru: 'Описание', en: 'Description' },
        max: 90,
        count: 'wide',
        least: 2,
        most: 4,
      },
    ],
    rules: [...everywhere, 'no-exclamation', 'emoji'],
    before: [
      ['Campaign', ''],
      ['Ad Group', ''],
      ['Ad type', 'Responsive search ad'],
    ],
    after: [['Final URL', '']],
  },
  {
    id: 'telegram',
    label: { ru: 'Telegram Ads', en: 'Telegram Ads' },
    short: { ru: 'Telegram', en: 'Telegram' },
    fields: [{ ...text, id: 'text', column: 'Text', label: texts, max: 160, count: 'utf16' }],
    rules: [...everywhere, 'emoji', 'no-exclamation'],
    before: [['Title', '']],
    after: [['URL', '']],
  },
]
