/** One client's whole history, from its number alone: the same number and seed give the same client, whoever is beside it. */
import { createRandom, type Random } from '../../../server/lib/random.ts'
import { dayAt, END_MS, FIRST_DAY, officeTime, toMoment } from './calendar.ts'
import { converse } from './conversations.ts'
import { nextDealAt, planDeal } from './deal.ts'
import type { Manager, Person, Persona, Product, Source } from './pack.ts'
import type { ClientRow, ClientRows, Origin } from './rows.ts'
import { createTalk } from './talk.ts'
import { visitsBefore } from './visits.ts'
import { pickKey } from './weights.ts'
import { campaignsOf, type World } from './world.ts'

/** Numbers that a client's things may have; more than anybody needs. */
const DEALS = 6
const CALLS = 40
const VISITS = 24
const NO_ORIGIN: Origin = { source: null, medium: null, campaign: null, content: null, keyword: null }
/** Share of deals whose source was lost on the way into the CRM. */
const LOST_ORIGIN = 0.035

/** The client number `index` of `count`; clients come in the order of their numbers. */
export function createClient(world: World, seed: number, index: number, count: number): ClientRows {
  const random = createRandom((Math.imul(seed, 0x9e3779b1) + index) >>> 0)
  // Words are drawn apart, so that a new wording changes no deal.
  const voice = createRandom((Math.imul(seed, 0x85ebca6b) ^ (index + 0x5bd1e995)) >>> 0)
  const { pack } = world
  const persona = world.personas.get(pickKey(random, world.personaShares))!
  const city = world.cities.get(pickKey(random, persona.cities))!
  const profile = pickKey(random, persona.profiles)
  const person = pack.person(random, persona.kind, index)
  const created = officeTime(random, dayAt((index + random.next()) / count).ms)
  const client: ClientRow = {
    client_id: `${pack.crm}:${31_000_000 + index * 3 + random.integer(3)}`,
    persona: persona.key,
    kind: persona.kind,
    name: person.name,
    company: persona.kind === 'company' ? pack.companyName(random, profile) : null,
    phone: pack.phone(index),
    email: persona.kind === 'company' || random.next() < 0.45 ? person.email : null,
    city: city.name,
    region: city.region,
    profile,
    building: pickKey(random, persona.buildings),
    consent: random.next() < persona.consent ? 1 : 0,
    first_seen_at: toMoment(created),
  }
  const rows: ClientRows = { client, deals: [], stages: [], conversations: [], visits: [] }
  const ids = { call: 700_000_000 + index * CALLS, chat: 500_000_000 + index * CALLS }
  let at = created
  let product = world.products.get(pickKey(random, persona.products))!
  let won = false
  for (let n = 0; n < DEALS && at <= END_MS; n++) {
    const deal = followDeal(world, {
      random,
      voice,
      persona,
      person,
      client,
      product,
      at,
      index,
      n,
      ids,
      rows,
      returning: won,
    })
    rows.deals.push(deal.row)
    rows.stages.push(...deal.stages)
    const closed = deal.closed
    won = deal.row.status === 'won'
    // Who bought comes back now and then, for what goes with it; who did not, rarely.
    if (Number.isNaN(closed) || random.next() >= (won ? 0.38 : 0.06)) break
    at = nextDealAt(random, closed)
    if (won && product.next.length > 0) product = world.products.get(random.pick(product.next))!
  }
  return rows
}

interface DealInput {
  random: Random
  voice: Random
  persona: Persona
  person: Person
  client: ClientRow
  product: Product
  at: number
  index: number
  /** The client's how-manyeth deal, from 0. */
  n: number
  ids: { call: number; chat: number }
  rows: ClientRows
  returning: boolean
}

function followDeal(world: World, input: DealInput) {
  const { random, voice, persona, person, client, product, at, index, n, ids, rows, returning } = input
  const { pack } = world
  const source = world.sources.get(pickKey(random, persona.sources))!
  const lost = random.next() < LOST_ORIGIN
  const origin = returning || lost ? NO_ORIGIN : originOf(world, random, source, product)
  const manager = pickManager(world, random)
  const city = world.cities.get(client.city)!
  const plan = planDeal({
    random,
    pack,
    persona,
    source: returning ? null : source,
    origin,
    city,
    product,
    manager,
    client_id: client.client_id,
    deal_id: `${pack.crm}:${21_000_000 + index * DEALS + n}`,
    created: at,
    repeat: returning,
  })
  if (origin === NO_ORIGIN) plan.row.landing_page = null
  // Without a site there is nothing to chat on.
  const contact = source.online && !returning ? pickKey(random, persona.contact) : 'call'
  const situation = {
    person,
    phone: client.phone,
    email: client.email,
    city,
    product,
    manager,
    profile: client.profile,
    amount: plan.sum,
    number: index * DEALS + n,
  }
  const talkOf = (typed: boolean) =>
    createTalk(voice, pack, pack.situation(voice, { ...situation, typed }), world.numbers)
  const typedTalk = talkOf(true)
  rows.conversations.push(
    ...converse({
      random: voice,
      pack,
      plan,
      talk: talkOf(false),
      typedTalk,
      contact,
      company: persona.kind === 'company',
      ids,
      themes: world.themes,
    }),
  )
  if (source.online && origin !== NO_ORIGIN) {
    const visits = visitsBefore({
      random,
      pack,
      client_id: client.client_id,
      number: 900_000_000 + index * VISITS + n * 4,
      visitor: `v${900_000 + index}`,
      origin,
      product,
      questions: plan.topics.questions,
      contact,
      created: at,
    })
    rows.visits.push(...visits.filter(visit => visit.started_at >= FIRST_DAY))
  }
  return plan
}

function pickManager({ pack, managerShares }: World, random: Random): Manager {
  const name = pickKey(random, managerShares)
  return pack.managers.find(manager => manager.name === name)!
}

function originOf(world: World, random: Random, source: Source, product: Product): Origin {
  const names = campaignsOf(source, product)
  if (Object.keys(names).length === 0) return { ...NO_ORIGIN, source: source.key, medium: source.medium }
  const campaign = world.campaigns.get(pickKey(random, names))
  if (!campaign) throw new Error(`No campaign ${Object.keys(names).join(', ')}`)
  return {
    source: source.key,
    medium: source.medium,
    campaign: campaign.name,
    content: campaign.content,
    keyword: campaign.keywords ? pickKey(random, campaign.keywords) : null,
  }
}
