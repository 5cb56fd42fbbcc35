/** Larkpane: windows, doors and conservatories in five British towns. Everything about it is invented but the towns. */
import type { Campaign, City, Manager, Product, Source } from '../pack.ts'

export const site = 'https://larkpane.example.com'

const city = (name: string, region: string, check: number): City => ({
  name,
  region,
  check,
  slots: { city: name },
})

export const cities: City[] = [
  city('Leeds', 'West Yorkshire', 1),
  city('Bristol', 'Bristol', 1.1),
  city('Bath', 'Somerset', 1.42),
  city('Norwich', 'Norfolk', 0.92),
  city('Derby', 'Derbyshire', 0.9),
]

const product = (
  key: string,
  name: string,
  check: number,
  landing: string,
  next: string[],
  [act, job, item]: string[],
): Product => ({
  key,
  name,
  check,
  campaign: key === 'bifold' || key === 'conservatory' ? 'doors' : 'windows',
  landing,
  title: `${name}, %`,
  next,
  slots: { do: act!, job: job!, item: item! },
})

export const products: Product[] = [
  product(
    'windows',
    'Replacement windows',
    4_800,
    '/windows',
    ['door', 'repair'],
    ['replace the windows', 'replacing the windows', 'the windows'],
  ),
  product(
    'sash',
    'Sash windows',
    7_900,
    '/sash',
    ['repair', 'door'],
    ['replace the sash windows', 'replacing the sash windows', 'sash windows'],
  ),
  product(
    'bifold',
    'Bifold doors',
    6_200,
    '/bifold',
    ['windows'],
    ['fit bifold doors', 'fitting bifold doors', 'bifold doors'],
  ),
  product(
    'conservatory',
    'Conservatory roof',
    9_400,
    '/conservatory',
    ['windows', 'bifold'],
    ['replace the conservatory roof', 'a new conservatory roof', 'a conservatory roof'],
  ),
  product(
    'door',
    'Front door',
    1_700,
    '/doors',
    ['windows'],
    ['replace the front door', 'a new front door', 'a front door'],
  ),
  product(
    'repair',
    'Repairs',
    240,
    '/repairs',
    ['windows'],
    ['get a misted unit replaced', 'replacing a misted unit', 'a misted unit'],
  ),
  product(
    'block',
    'Block of flats',
    21_500,
    '/landlords',
    ['block', 'repair'],
    ['replace the windows in a block of flats', 'replacing the windows in a block', 'a block of flats'],
  ),
]

export const sources: Source[] = [
  {
    key: 'google',
    medium: 'cpc',
    conversion: 0.32,
    qualified: 0.8,
    online: true,
    cost: { lead: 58, click: 2.1, rate: 0.062 },
    campaigns: 'search',
  },
  {
    key: 'meta',
    medium: 'paid social',
    conversion: 0.12,
    qualified: 0.45,
    online: true,
    cost: { lead: 38, click: 0.52, rate: 0.008 },
    campaigns: 'social',
  },
  {
    key: 'organic',
    medium: 'organic',
    conversion: 0.3,
    qualified: 0.78,
    online: true,
    cost: null,
    campaigns: 'none',
  },
  {
    key: 'referral',
    medium: null,
    conversion: 0.47,
    qualified: 0.9,
    online: false,
    cost: null,
    campaigns: 'none',
  },
  {
    key: 'leaflet',
    medium: 'offline',
    conversion: 0.01,
    qualified: 0.2,
    online: false,
    cost: { lead: 31, click: 1, rate: 1 },
    campaigns: 'fixed',
  },
]

const campaign = (
  source: string,
  key: string,
  name: string,
  content: string | null,
  keywords: Campaign['keywords'],
): Campaign => ({
  key: `${source}/${key}`,
  source,
  name,
  content,
  keywords,
})

export const campaigns: Campaign[] = [
  campaign('google', 'windows', 'Search - Windows', null, {
    'double glazing cost': 1,
  }),
  campaign('google', 'doors', 'Search - Doors and roofs', null, { 'bifold doors fitted price': 1 }),
  campaign('google', 'network', 'Display - Home', null, null),
  campaign('meta', 'windows', 'New homes', 'Windows from 299', null),
  campaign('meta', 'doors', 'Summer doors', 'Bifolds for summer', null),
  campaign('meta', 'form', 'Lead form', 'Quote in a minute', null),
  campaign('leaflet', 'all', 'Leaflet drop', null, null),
]

export const managers: Manager[] = [
  { name: 'Grace Holloway', first: 'Grace', gender: 'f', strength: 1.6, share: 0.3 },
  { name: 'Tom Whitlock', first: 'Tom', gender: 'm', strength: 0.95, share: 0.38 },
  { name: 'Priya Marsh', first: 'Priya', gender: 'f', strength: 0.8, share: 0.32 },
]
