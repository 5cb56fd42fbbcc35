/** What advertising costs a day, campaign and keyword: what the leads to be expected cost, with a day's luck in it. */
import { createRandom } from '../../../server/lib/random.ts'
import { days } from './calendar.ts'
import type { Campaign, Source, Weights } from './pack.ts'
import type { SpendRow } from './rows.ts'
import { toShares } from './weights.ts'
import { campaignsOf, type World } from './world.ts'

/** Share of all first deals that each campaign may expect, by its key. */
export function expectedShares(world: World): Weights {
  const shares: Weights = {}
  for (const persona of world.pack.personas) {
    const sources = toShares(persona.sources)
    const products = toShares(persona.products)
    for (const [sourceKey, ofSource] of Object.entries(sources)) {
      const source = world.sources.get(sourceKey)!
      for (const [productKey, ofProduct] of Object.entries(products)) {
        for (const [campaign, share] of Object.entries(
          campaignsOf(source, world.products.get(productKey)!),
        )) {
          const expected = world.personaShares[persona.key]! * ofSource * ofProduct * share
          shares[campaign] = (shares[campaign] ?? 0) + expected
        }
      }
    }
  }
  return shares
}

/** Spend by source, day, campaign and keyword, day by day within a source. Days without a click cost nothing and are no row. */
export function* spendRows(world: World, seed: number, clients: number): Iterable<SpendRow> {
  const expected = expectedShares(world)
  for (const source of world.pack.sources) {
    if (source.cost === null) continue
    const random = createRandom((Math.imul(seed, 0x85ebca6b) + source.key.length * 7919) >>> 0)
    const campaigns = world.pack.campaigns.filter(campaign => campaign.source === source.key)
    if (source.campaigns === 'fixed') {
      yield* fixedRows(world, source, campaigns[0]!, (expected[campaigns[0]!.key] ?? 0) * clients)
      continue
    }
    for (const day of days) {
      for (const campaign of campaigns) {
        const keywords = toShares(campaign.keywords ?? { '': 1 })
        const leads = clients * day.share * (expected[campaign.key] ?? 0)
        for (const [keyword, share] of Object.entries(keywords)) {
          const clicks = Math.round(
            (leads * share * source.cost.lead * Math.exp(random.normal() * 0.25)) / source.cost.click,
          )
          if (clicks === 0) continue
          const impressions = Math.round(clicks / (source.cost.rate * Math.exp(random.normal() * 0.15)))
          yield {
            day: day.day,
            source: source.key,
            campaign: campaign.name,
            content: campaign.content,
            keyword: keyword === '' ? null : keyword,
            impressions,
            reach: source.campaigns === 'social' ? Math.round(impressions * 0.71) : null,
            clicks,
            cost: Math.round(clicks * source.cost.click * Math.exp(random.normal() * 0.08) * 100) / 100,
            currency: world.pack.currency,
          }
        }
      }
    }
  }
}

/** A channel that is paid by the month or by the event: leaflets printed, a stand at a fair. */
function* fixedRows(world: World, source: Source, campaign: Campaign, leads: number): Iterable<SpendRow> {
  const months = Object.entries(Object.groupBy(days, day => day.day.slice(0, 7)))
  for (const [, inMonth] of months) {
    const share = inMonth!.reduce((sum, day) => sum + day.share, 0)
    yield {
      day: inMonth![Math.min(9, inMonth!.length - 1)]!.day,
      source: source.key,
      campaign: campaign.name,
      content: null,
      keyword: null,
      impressions: null,
      reach: null,
      clicks: null,
      cost: Math.max(100, Math.round((leads * share * source.cost!.lead) / 100) * 100),
      currency: world.pack.currency,
    }
  }
}
