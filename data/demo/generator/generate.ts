/**
 * The demo company, whole: rows client by client as they are asked for, so that a hundred thousand deals pass through in
 * little memory. The same seed, size and language give the same rows.
 */
import { createClient } from './client.ts'
import { pack as english } from './en/pack.ts'
import type { ClientRows, PageRow, SpendRow, TargetRow } from './rows.ts'
import { pack as russian } from './ru/pack.ts'
import { spendRows } from './spend.ts'
import { targetRows } from './targets.ts'
import { createWorld, type World } from './world.ts'

export interface DemoOptions {
  clients: number
  seed: number
  language: 'ru' | 'en'
}

export interface Demo {
  world: World
  /** Clients in the order in which they came, each with all that is theirs. */
  clients(): Iterable<ClientRows>
  spend(): Iterable<SpendRow>
  targets: TargetRow[]
  pages: readonly PageRow[]
}

/** The size and seed of the data that is committed. */
export const committed = { ru: { clients: 2000, seed: 4 }, en: { clients: 300, seed: 9 } } as const

const packs = { ru: russian, en: english }

export function generateDemo({ clients, seed, language }: DemoOptions): Demo {
  const world = createWorld(packs[language])
  return {
    world,
    *clients() {
      for (let i = 0; i < clients; i++) yield createClient(world, seed, i, clients)
    },
    spend: () => spendRows(world, seed, clients),
    targets: targetRows(world, clients),
    pages: world.pack.pages,
  }
}
