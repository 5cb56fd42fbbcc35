/** Where clients come from: sources with what they cost and bring, and their campaigns. */
import type { Campaign, Source } from '../pack.ts'

export const sources: Source[] = [
  {
    key: 'yandex',
    medium: 'cpc',
    conversion: 0.3,
    qualified: 0.8,
    online: true,
    cost: { lead: 2350, click: 64, rate: 0.071 },
    campaigns: 'search',
  },
  {
    key: 'vk',
    medium: 'cpc',
    conversion: 0.1,
    qualified: 0.44,
    online: true,
    cost: { lead: 1350, click: 15, rate: 0.0068 },
    campaigns: 'social',
  },
  {
    key: 'organic',
    medium: 'organic',
    conversion: 0.29,
    qualified: 0.78,
    online: true,
    cost: null,
    campaigns: 'none',
  },
  {
    key: 'google',
    medium: 'organic',
    conversion: 0.27,
    qualified: 0.76,
    online: true,
    cost: null,
    campaigns: 'none',
  },
  {
    key: 'рекомендация',
    medium: null,
    conversion: 0.46,
    qualified: 0.9,
    online: false,
    cost: null,
    campaigns: 'none',
  },
  {
    key: 'листовки',
    medium: 'offline',
    conversion: 0.008,
    qualified: 0.2,
    online: false,
    cost: { lead: 980, click: 1, rate: 1 },
    campaigns: 'fixed',
  },
  {
    key: 'выставка',
    medium: 'offline',
    conversion: 0.26,
    qualified: 0.74,
    online: false,
    cost: { lead: 4600, click: 1, rate: 1 },
    campaigns: 'fixed',
  },
]

const search = (key: string, name: string, keywords: Record<string, number>): Campaign => ({
  key: `yandex/${key}`,
  source: 'yandex',
  name,
  content: null,
  keywords,
})
const social = (key: string, name: string, content: string): Campaign => ({
  key: `vk/${key}`,
  source: 'vk',
  name,
  content,
  keywords: null,
})

export const campaigns: Campaign[] = [
  search('windows', 'Поиск_Окна', {
    'пластиковые окна цена': 6,
    'замена окон в квартире': 4,
  }),
  search('balcony', 'Поиск_Балконы', {
    'остекление балкона цена': 6,
    'утепление лоджии': 4,
  }),
  search('panorama', 'Поиск_Панорама', { 'панорамное остекление': 1 }),
  search('house', 'Поиск_Дом', { 'окна для дачи': 1 }),
  search('business', 'Поиск_Бизнес', { 'остекление офиса': 1 }),
  { key: 'yandex/network', source: 'yandex', name: 'РСЯ_Окна и балконы', content: null, keywords: null },
  social('balcony', 'ВК_Новостройки', 'Балкон от 9 900'),
  social('windows', 'ВК_Окна', 'Окно от 9 900'),
  social('panorama', 'ВК_Новостройки', 'Панорама в новостройке'),
  social('house', 'ВК_Дача', 'Веранда к лету'),
  social('business', 'ВК_Бизнес', 'Окна для бизнеса'),
  social('form', 'ВК_Лид-форма', 'Расчёт за 1 минуту'),
  { key: 'листовки/all', source: 'листовки', name: 'Листовки по подъездам', content: null, keywords: null },
  { key: 'выставка/all', source: 'выставка', name: 'Выставка «Дом и двор»', content: null, keywords: null },
]
