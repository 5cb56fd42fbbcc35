/** A pack with its lists by key, made once a run. */
import type { Campaign, City, Pack, Persona, Product, Source, Weights } from './pack.ts'
import { numberThemes } from './talk.ts'
import { toShares } from './weights.ts'

export interface World {
  pack: Pack
  personas: Map<string, Persona>
  personaShares: Weights
  cities: Map<string, City>
  products: Map<string, Product>
  sources: Map<string, Source>
  campaigns: Map<string, Campaign>
  managerShares: Weights
  /** Keys of all themes, in the order of their numbers, and the numbers by key. */
  themes: string[]
  numbers: Map<string, number>
}

/** Share of search advertising that runs on other people's sites, where nobody searches. */
const NETWORK_SHARE = 0.2

const byKey = <T extends { key: string }>(items: readonly T[]) => new Map(items.map(item => [item.key, item]))

export function createWorld(pack: Pack): World {
  const themes = numberThemes(pack)
  return {
    pack,
    personas: byKey(pack.personas),
    personaShares: toShares(Object.fromEntries(pack.personas.map(persona => [persona.key, persona.share]))),
    cities: new Map(pack.cities.map(city => [city.name, city])),
    products: byKey(pack.products),
    sources: byKey(pack.sources),
    campaigns: byKey(pack.campaigns),
    managerShares: Object.fromEntries(pack.managers.map(manager => [manager.name, manager.share])),
    themes,
    numbers: new Map(themes.map((theme, i) => [theme, i])),
  }
}

/** Campaigns by which a source sells a product, with their shares. */
export function campaignsOf(source: Source, product: Product): Weights {
  if (source.campaigns === 'search') {
    return {
      [`${source.key}/${product.campaign}`]: 1 - NETWORK_SHARE,
      [`${source.key}/network`]: NETWORK_SHARE,
    }
  }
  if (source.campaigns === 'social')
    return { [`${source.key}/${product.campaign}`]: 0.75, [`${source.key}/form`]: 0.25 }
  if (source.campaigns === 'fixed') return { [`${source.key}/all`]: 1 }
  return {}
}
