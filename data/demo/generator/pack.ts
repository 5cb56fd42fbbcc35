/** What a language brings: its company, people, themes and lines. Everything that is said stands in packs, nothing here. */
import type { Random } from '../../../server/lib/random.ts'
import type { PageRow } from './rows.ts'
import type { Slots, Template, Words } from './template.ts'

export type Topic = 'price' | 'landing' | 'product' | 'terms' | 'service'
/** What the company's pages say to a question. */
export type FaqState = 'answered' | 'poorly' | 'missing'

/** Weights by key; what is not named has none, or the theme's own base. */
export type Weights = Record<string, number>

export interface QuestionTheme {
  key: string
  topic: Topic
  label: string
  faq: FaqState
  /** How often it is asked by a client whose persona doesn't care either way. */
  base: number
  /** The client's wordings. */
  ask: Template[]
  /** As a manager's shorthand names it, after «спр» or “asked”. */
  report: Template[]
  /** What the agent answers. */
  reply: Template[]
  /** From this day it is asked less, by this factor: the page was changed. */
  fades?: { from: string; factor: number }
  /** Sources of advertising whose clients ask it more, by this factor. */
  provokedBy?: Weights
}

export interface SpokenTheme {
  key: string
  label: string
  base: number
  say: Template[]
  note: Template[]
  /** How many times likelier in a won deal than otherwise; below 1 it speaks against. */
  wonFactor: number
}

export interface ValueTheme extends SpokenTheme {
  /** The agent offers it; `echo` is a client who only agrees, `deny` one who doesn't care. Neither is a value. */
  pitch: Template[]
  echo: Template[]
  deny: Template[]
}

export interface ObjectionTheme extends SpokenTheme {
  reply: Template[]
  /** The reason that the CRM gives when a deal is lost on it. */
  lossReason: string
}

export interface Product {
  key: string
  name: string
  /** Median of a won deal. */
  check: number
  /** Campaign of search and of social advertising that sells it. */
  campaign: string
  landing: string
  /** Words for templates: «остекление балкона», «остеклить балкон», … */
  slots: Words
  /** Deal titles. */
  title: string
  /** Products that a client who bought this comes back for. */
  next: string[]
}

export interface Persona {
  key: string
  label: string
  share: number
  kind: 'person' | 'company'
  profiles: Weights
  cities: Weights
  buildings: Weights
  sources: Weights
  products: Weights
  /** How the first contact is made: call, chat, form. */
  contact: Weights
  /** Factors on the base weights of themes. */
  questions: Weights
  values: Weights
  objections: Weights
  conversion: number
  check: number
  /** Share that agrees to be written to. */
  consent: number
}

export interface Source {
  key: string
  medium: string | null
  /** Share of leads that become clients, before persona and manager. */
  conversion: number
  /** Share of leads that sales accept. */
  qualified: number
  /** Whether its clients come over the site. */
  online: boolean
  /** Cost of a lead and of a click; null where nothing is spent. */
  cost: { lead: number; click: number; rate: number } | null
  campaigns: 'search' | 'social' | 'fixed' | 'none'
}

export interface Campaign {
  key: string
  source: string
  name: string
  content: string | null
  keywords: Weights | null
}

export interface Manager {
  name: string
  first: string
  gender: 'm' | 'f'
  /** Factor on the conversion. */
  strength: number
  /** Share of deals. */
  share: number
}

export interface City {
  name: string
  region: string
  check: number
  slots: Words
}

export interface Person {
  gender: 'm' | 'f'
  name: string
  slots: Words
  email: string
}

export type LineName =
  | 'greet'
  | 'hello'
  | 'reason'
  | 'askName'
  | 'giveName'
  | 'askObject'
  | 'giveObject'
  | 'ack'
  | 'next'
  | 'hear'
  | 'hearYes'
  | 'hold'
  | 'askValue'
  | 'agree'
  | 'askMeasure'
  | 'takeMeasure'
  | 'askAddress'
  | 'giveAddress'
  | 'askPhone'
  | 'givePhone'
  | 'phoneThanks'
  | 'askEmail'
  | 'giveEmail'
  | 'giveContract'
  | 'askCard'
  | 'giveCard'
  | 'askPassport'
  | 'givePassport'
  | 'askTax'
  | 'giveTax'
  | 'later'
  | 'laterReply'
  | 'bye'
  | 'byeClient'
  | 'outGreet'
  | 'outHello'
  | 'outOffer'
  | 'accept'
  | 'refuse'
  | 'refuseReply'
  | 'thanksAfter'
  | 'askAfter'
  | 'notMine'
  | 'chatHello'
  | 'chatGreet'
  | 'chatObject'
  | 'chatPhone'
  | 'chatPhoneGive'
  | 'chatBye'
  | 'chatByeClient'
  | 'formOpen'
  | 'formClose'
  | 'noteObject'
  | 'noteNext'
  | 'noteWon'
  | 'noteLost'

export interface Pack {
  language: 'ru' | 'en'
  currency: string
  /** Prefix of the CRM's ids and of the call tracker's. */
  crm: string
  calls: string
  site: string
  pipeline: Record<'person' | 'company', string>
  stages: {
    new: string
    qualified: string
    measured: string
    contract: string
    install: string
    won: string
    lost: string
  }
  unqualified: string[]
  cities: City[]
  products: Product[]
  personas: Persona[]
  sources: Source[]
  campaigns: Campaign[]
  managers: Manager[]
  questions: QuestionTheme[]
  values: ValueTheme[]
  objections: ObjectionTheme[]
  lines: Record<LineName, Template[]>
  fillers: { open: string[]; middle: string[] }
  emoji: string[]
  pages: PageRow[]
  /** What the planted effects are about: sources, themes and a city by their keys. */
  effects: { cheap: string; dear: string; empty: string; city: string; persists: string; confusion: string }
  goals: { faq: string; calculator: string; callback: string; form: string; chat: string }
  tags: { hot: string; repeat: string; measured: string; company: string; thinking: string }
  report: { verbs: Template[]; and: string }
  person(random: Random, kind: 'person' | 'company', index: number): Person
  companyName(random: Random, profile: string): string
  /** A number that nobody has, unique by index. */
  phone(index: number): string
  /** Words that a conversation needs beyond its product's, city's and person's. */
  situation(random: Random, deal: Situation): Slots
  /** Words as they come out when nobody takes care, spoken and typed. */
  casual: Record<'recognised' | 'typed', [word: RegExp, careless: string][]>
  /** Speech recognition's own habits with letters. */
  recognise(text: string): string
  /** What people write with digits when they type. */
  typewrite(text: string): string
}

export interface Situation {
  person: Person
  phone: string
  email: string | null
  city: City
  product: Product
  manager: Manager
  profile: string
  amount: number
  number: number
  /** Typed with digits or spoken with words. */
  typed: boolean
}
