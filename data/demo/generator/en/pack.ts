/** The English company, whole. */
import type { Random } from '../../../../server/lib/random.ts'
import type { LineName, Pack, Person } from '../pack.ts'
import { parseTemplates, type Template } from '../template.ts'
import { type QuestionSpec, toObjection, toQuestion, toValue } from '../theme.ts'
import { campaigns, cities, managers, products, site, sources } from './company.ts'
import { lines } from './lines.ts'
import { objections } from './objections.ts'
import { pages } from './pages.ts'
import { personas } from './personas.ts'
import { priceQuestions } from './questions-price.ts'
import { workQuestions } from './questions-work.ts'
import { situate } from './situation.ts'
import { values } from './values.ts'

const MALE =
  'Adam Alan Ben Callum Daniel David George Harry Ian Jack James Liam Mark Owen Paul Ravi Sam Simon Steve Will'.split(
    ' ',
  )
const FEMALE =
  'Alice Amy Beth Carol Chloe Ellie Emma Fiona Hannah Helen Jane Judith Kate Laura Lucy Nina Olivia Rachel Sarah Zoe'.split(
    ' ',
  )
const LAST =
  'Alder Appleby Barrow Beckett Birch Brook Chaffinch Copper Dale Elder Fernley Finch Garland Hart Hazel Heath Heron Linden Marlow Meadows Otter Plover Quill Ridley Rowan Sorrel Sparrow Thorne Wren Yarrow'.split(
    ' ',
  )
const FIRMS = ['Riverside', 'Northgate', 'Copperfield', 'Swallow', 'Elm Park', 'Lanternhouse']

function createPerson(random: Random, index: number): Person {
  const gender = random.next() < 0.48 ? 'm' : 'f'
  const first = random.pick(gender === 'm' ? MALE : FEMALE)
  const last = random.pick(LAST)
  return {
    gender,
    name: `${first} ${last}`,
    email:
      `${first}.${last}${index % 89}${index >= 89 ? `.${Math.floor(index / 89)}` : ''}@example.com`.toLowerCase(),
    slots: { first, last },
  }
}

/** A question's theme with the roundabout wordings that any question has: “I wanted to ask about finance”. */
function withIndirect(spec: QuestionSpec): QuestionSpec {
  const indirect = spec.report.flatMap(text =>
    /^(?:how|what|when|where|whether|why) /.test(text) || text.startsWith("what's")
      ? [`(can|could) you tell me ${text}?`, `(I wanted to know|I'm wondering) ${text}`]
      : [
          `I wanted to ask about ${text}`,
          `can you tell me (a bit |)about ${text}?`,
          `and what about ${text}?`,
        ],
  )
  return { ...spec, ask: [...spec.ask, ...indirect] }
}

export const pack: Pack = {
  language: 'en',
  currency: 'GBP',
  crm: 'hubspot',
  calls: 'crm',
  site,
  pipeline: { person: 'Homeowners', company: 'Trade' },
  stages: {
    new: 'New enquiry',
    qualified: 'Qualified',
    measured: 'Survey',
    contract: 'Contract',
    install: 'Installation',
    won: 'Closed Won',
    lost: 'Closed Lost',
  },
  unqualified: ['Not a fit', 'No answer', 'Spam', 'Out of area'],
  cities,
  products,
  personas,
  sources,
  campaigns,
  managers,
  questions: [...priceQuestions, ...workQuestions].map(withIndirect).map(toQuestion),
  values: values.map(toValue),
  objections: objections.map(toObjection),
  lines: Object.fromEntries(
    Object.entries(lines).map(([name, texts]) => [name, parseTemplates(texts)]),
  ) as Record<LineName, Template[]>,
  fillers: {
    open: ['um', 'so', 'well', 'right', 'yeah', 'erm'],
    middle: ['um', 'you know', 'like', 'sort of', 'erm', 'i mean'],
  },
  emoji: ['🙂', '👍', ':)', '🙏', 'x'],
  pages,
  effects: {
    cheap: 'meta',
    dear: 'google',
    empty: 'leaflet',
    city: 'Bath',
    persists: 'guarantee',
    confusion: 'ad_price',
  },
  goals: { faq: 'FAQ viewed', calculator: 'Brochure', callback: 'Call', form: 'Form', chat: 'Chat' },
  tags: { hot: 'hot', repeat: 'returning', measured: 'surveyed', company: 'trade', thinking: 'thinking' },
  report: {
    verbs: parseTemplates(['asked about', 'cust asked about', 'wants to know about', 'asking about']),
    and: ' and ',
  },
  person: (random, _kind, index) => createPerson(random, index),
  companyName: random => `${random.pick(FIRMS)} ${random.pick(['Lettings', 'Property', 'Estates'])}`,
  // 07700 900xxx is kept for drama by the regulator; beyond a thousand clients, 0700 0 is nobody's.
  phone: index =>
    index < 1000
      ? `+447700900${String(index).padStart(3, '0')}`
      : `+4470000${String(index % 100_000).padStart(5, '0')}`,
  situation: situate,
  casual: {
    recognised: [
      [/\bgoing to\b/, 'gonna'],
      [/\bwant to\b/, 'wanna'],
      [/\bkind of\b/, 'kinda'],
    ],
    typed: [
      [/\byou\b/, 'u'],
      [/\bplease\b/, 'pls'],
      [/\bthanks\b/, 'thx'],
      [/\bbecause\b/, 'cos'],
    ],
  },
  recognise: text => text,
  typewrite: text => text,
}
