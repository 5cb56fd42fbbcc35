/** The cell kinds that are there: their names at once, their modules when something is run. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { discover } from '../lib/discover.ts'
import { type CellKind, isCellKind } from './cell.ts'

const folder = join(import.meta.dirname, 'cells')

/** Names of all kinds, without loading one: enough to parse a notebook. */
export async function kindNames(): Promise<ReadonlySet<string>> {
  const files = await readdir(folder)
  return new Set(files.filter(file => file.endsWith('.ts')).map(file => file.slice(0, -3)))
}

/** All kinds by name; loaded once. */
export function loadKinds(): Promise<ReadonlyMap<string, CellKind>> {
  loaded ??= discover(folder, isCellKind)
  return loaded
}
let loaded: Promise<ReadonlyMap<string, CellKind>> | undefined
