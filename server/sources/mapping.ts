/** Which kind of data a table holds and which field each column is: by what the columns are called. */
import { UsageError } from '../errors.ts'
import type { KindDefinition } from './facts.ts'
import clients from './kinds/clients.ts'
import conversations from './kinds/conversations.ts'
import deals from './kinds/deals.ts'
import pages from './kinds/pages.ts'
import spend from './kinds/spend.ts'
import stages from './kinds/stages.ts'
import targets from './kinds/targets.ts'
import visits from './kinds/visits.ts'
import type { ColumnMapping } from './row.ts'
import type { DataKind } from './source.ts'

export const kinds: Record<DataKind, KindDefinition> = {
  deals,
  stages,
  clients,
  spend,
  conversations,
  visits,
  targets,
  pages,
}

export interface TableMapping {
  kind: KindDefinition
  columns: ColumnMapping[]
}

/** A longer cell is no name of a column. */
const LONGEST_HEADER = 200

/** Lower case, ё as е, without units, brackets and numbers of repeated columns: «Расход (руб.)» -> «расход». */
export function normaliseHeader(header: string): string {
  return header
    .slice(0, LONGEST_HEADER)
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/\([^()]*\)|[₽%"«»*]|\bруб\.?|[:?]/gu, ' ')
    .replace(/[_\-/–]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[\s,]+$/, '')
    .trim()
}

const numbered = (name: string) => name.replace(/\s*\d+$/, '')

type Named = Pick<ColumnMapping, 'field' | 'rank'>
const dictionaries = new WeakMap<KindDefinition, Map<string, Named>>()

/** A kind's names of columns -> field and place. A field's own name stands before all; of two fields the first. */
function dictionaryOf(kind: KindDefinition): Map<string, Named> {
  let names = dictionaries.get(kind)
  if (names) return names
  names = new Map()
  for (const [field, synonyms] of Object.entries(kind.fields)) {
    for (const [rank, name] of [field.replaceAll('_', ' '), ...synonyms].entries())
      if (!names.has(name)) names.set(name, { field, rank: rank - 1 })
  }
  dictionaries.set(kind, names)
  return names
}

/** The field that a column's name speaks for within a kind, and the name's place among the field's names. */
function fieldOf(kind: KindDefinition, header: string): Named {
  const names = dictionaryOf(kind)
  const name = normaliseHeader(header)
  return names.get(name) ?? names.get(numbered(name)) ?? { field: null, rank: 0 }
}

/** A mapping of columns under a kind, with the person's own choices on top (COLUMN=FIELD; an empty field: attribute). */
export function mapColumns(
  kind: KindDefinition,
  headers: readonly string[],
  own: ReadonlyMap<string, string> = new Map(),
): TableMapping {
  const mine = new Map([...own].map(([column, field]) => [normaliseHeader(column), field]))
  for (const [column, field] of own) {
    if (field !== '' && field !== 'turns' && !(field in kind.fields)) {
      throw new UsageError(`--map ${column}=${field}: ${kind.kind} have no field “${field}”`, {
        hint: `Fields: ${Object.keys(kind.fields).join(', ')}`,
      })
    }
  }
  const columns = headers.map(column => {
    const chosen = mine.get(normaliseHeader(column))
    if (chosen === undefined) return { column, ...fieldOf(kind, column) }
    return { column, field: chosen === '' ? null : chosen, rank: -2 }
  })
  return { kind, columns }
}

/** How well columns fit a kind: 0 when a field that it needs is missing. */
function suitability(mapping: TableMapping): number {
  const fields = new Set(mapping.columns.flatMap(({ field }) => field ?? []))
  if (!mapping.kind.needs.every(group => group.some(field => fields.has(field)))) return 0
  const telling = mapping.kind.telling.filter(field => fields.has(field)).length
  return telling * 3 + fields.size / Math.max(1, mapping.columns.length)
}

/** The kind that headers fit best with its mapping, or null when they fit none. `as` leaves no choice of kind. */
export function recogniseTable(
  headers: readonly string[],
  own: ReadonlyMap<string, string>,
  as?: DataKind,
): TableMapping | null {
  const has = (kind: KindDefinition) =>
    [...own.values()].every(field => field === '' || field === 'turns' || field in kind.fields)
  // With a kind named, mapColumns itself says which field it does not have.
  const candidates = as === undefined ? Object.values(kinds).filter(has) : [kinds[as]]
  if (candidates.length === 0) {
    throw new UsageError(`--map: no kind of data has the fields ${[...own.values()].join(', ')}`, {
      hint: 'Name the kind with --as, and its fields will be listed.',
    })
  }
  const fits = candidates
    .map(kind => mapColumns(kind, headers, own))
    .map(mapping => ({ mapping, score: suitability(mapping) }))
    .sort((a, b) => b.score - a.score)
  const best = fits[0]
  return best && best.score > 0 ? best.mapping : null
}

const SYSTEMS: [system: string, names: readonly string[]][] = [
  ['amocrm', ['этап сделки', 'название сделки', 'теги сделки', 'основной контакт']],
  [
    'comagic',
    [
      'call session id',
      'id сессии звонка',
      'contact phone number',
      'virtual phone number',
      'виртуальный номер',
    ],
  ],
  [
    'yandex',
    ['условие показа', 'взвешенные показы', 'campaignname', 'criterion', '№ кампании', 'ср. цена клика'],
  ],
  ['vk', ['потрачено всего', 'id объявления', 'base.spent']],
  ['google', ['impr.', 'avg. cpc', 'код валюты', 'currency code']],
  ['hubspot', ['deal stage', 'record id', 'deal owner']],
]

/** The prefix of ids whose export looks like no system's. */
export const UNKNOWN_SYSTEM = 'crm'
export const systemNames: readonly string[] = [...SYSTEMS.map(([system]) => system), UNKNOWN_SYSTEM]

/** The system whose export the columns look like; UNKNOWN_SYSTEM when they look like nobody's. */
export function recogniseSystem(headers: readonly string[]): string {
  const names = new Set(headers.map(normaliseHeader))
  const raw = new Set(headers.map(header => header.trim().toLowerCase()))
  const votes = SYSTEMS.map(([system, known]) => ({
    system,
    n: known.filter(name => names.has(name) || raw.has(name)).length,
  }))
  const best = votes.sort((a, b) => b.n - a.n)[0]!
  return best.n > 0 ? best.system : UNKNOWN_SYSTEM
}
