/** Larkpane: windows, doors and conservatories in five British towns. Everything about it is invented but the towns. */
import type { Campaign, City, Manager, Persona, Product, Source } from '../pack.ts'

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

export const personas: Persona[] = [
  {
    key: 'family',
    label: 'Young family, first home',
    share: 0.34,
    kind: 'person',
    profiles: { 'new build': 78, 'ex-council': 22 },
    cities: { Leeds: 34, Bristol: 22, Bath: 8, Norwich: 18, Derby: 18 },
    buildings: { '2000s': 70, '1960s': 30 },
    sources: { meta: 42, google: 34, organic: 14, referral: 10 },
    products: { windows: 70, door: 30 },
    contact: { chat: 44, call: 42, form: 14 },
    questions: { finance: 7, child_lock: 7, ad_price: 1.5, deposit: 2, total: 1.2 },
    values: { child_safe: 8, warm: 2, fixed_price: 2, low_price: 3 },
    objections: { expensive: 3, partner: 3, think: 1 },
    conversion: 0.95,
    check: 1,
    consent: 0.72,
  },
  {
    key: 'period',
    label: 'Period home, quiet and careful',
    share: 0.3,
    kind: 'person',
    profiles: { 'period terrace': 94, 'ex-council': 6 },
    cities: { Bath: 44, Bristol: 26, Leeds: 16, Norwich: 10, Derby: 4 },
    buildings: { Victorian: 66, Georgian: 34 },
    sources: { google: 40, leaflet: 20, referral: 20, organic: 18, meta: 2 },
    products: { sash: 80, repair: 20 },
    contact: { call: 86, chat: 8, form: 6 },
    questions: { planning: 7, noise: 4, mess: 5, survey_when: 1.5, repair_old: 4 },
    values: { quiet: 6, neat: 7, polite: 3, recommended: 3 },
    objections: { mess: 6, distrust: 3, wait: 1 },
    conversion: 1.05,
    check: 1,
    consent: 0.5,
  },
  {
    key: 'extension',
    label: 'Extension and garden',
    share: 0.22,
    kind: 'person',
    profiles: { 'detached house': 96, 'new build': 4 },
    cities: { Norwich: 32, Derby: 28, Leeds: 20, Bristol: 14, Bath: 6 },
    buildings: { '1980s': 62, '1930s': 38 },
    sources: { google: 52, organic: 22, meta: 16, referral: 10 },
    products: { bifold: 60, conservatory: 40 },
    contact: { call: 62, chat: 20, form: 18 },
    questions: { lead_time: 4, colour: 6, security: 4, install_time: 3, photos: 3 },
    values: { light: 8, on_time: 4, quality: 4 },
    objections: { wait: 5, cheaper: 3, later: 4 },
    conversion: 1,
    check: 1,
    consent: 0.62,
  },
  {
    key: 'landlord',
    label: 'Landlords and agents',
    share: 0.14,
    kind: 'company',
    profiles: { 'managed flats': 97, 'ex-council': 3 },
    cities: { Leeds: 44, Derby: 24, Bristol: 20, Norwich: 8, Bath: 4 },
    buildings: { '1970s': 72, '1960s': 28 },
    sources: { organic: 36, google: 36, referral: 28 },
    products: { block: 82, repair: 18 },
    contact: { call: 56, form: 40, chat: 4 },
    questions: { certificate: 8, invoice: 7, bulk: 6, guarantee: 1.2 },
    values: { paperwork: 8, on_time: 3, one_contact: 5 },
    objections: { approval: 7, cheaper: 3 },
    conversion: 0.95,
    check: 1,
    consent: 0.8,
  },
]
