/** Facts of clients -> codes of variables, by a list of variables that is kept: new values then change no old one. Pure. */
import type { Categories } from '../lib/latent-rows.ts'
import { type NumberField, numberFields, type PersonaFacts } from './persona-facts.ts'

/** A field with its values; codes are their places. Kept as JSON. */
export type Variable =
  /** A value that is none of these is coded as one more, “other”. */
  | { field: string; type: 'text'; values: string[] }
  /** A band goes from one border up to the next. */
  | { field: NumberField; type: 'number'; borders: number[] }
  /** Said or not. */
  | { field: string; type: 'theme' }

/** Values of a text field at most; the rest are “other”. */
const MOST_VALUES = 10
/** A value of fewer clients is “other”. */
const LEAST_SHARE = 0.01
/** Bands are quarters of the clients. */
const QUARTERS = [0.25, 0.5, 0.75]

export function levelsOf(variable: Variable): number {
  if (variable.type === 'text') return variable.values.length + 1
  return variable.type === 'number' ? variable.borders.length + 1 : 2
}

/** Variables that part these clients: of a field that all share, or of which little is known, nothing is learnt. */
export function chooseVariables(facts: PersonaFacts): Variable[] {
  const n = facts.ids.length
  const variables: Variable[] = []
  for (const [field, column] of facts.texts) {
    const counts = new Map<string, number>()
    for (const value of column) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
    const values = [...counts]
      .filter(([, count]) => count >= Math.max(2, n * LEAST_SHARE))
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, MOST_VALUES)
      .map(([value]) => value)
    if (values.length >= 2) variables.push({ field, type: 'text', values: values.sort() })
  }
  for (const field of numberFields) {
    const known = facts.numbers
      .get(field)!
      .filter(value => value !== null)
      .sort((a, b) => a - b)
    const borders = [...new Set(QUARTERS.map(share => known[Math.floor(known.length * share)]))]
    const inside = borders.filter(border => border !== undefined && border > known[0]!) as number[]
    if (inside.length > 0) variables.push({ field, type: 'number', borders: inside })
  }
  for (const theme of facts.said.keys()) variables.push({ field: theme, type: 'theme' })
  return variables
}

/** Codes of all clients, -1 where nothing is known. */
export function encode(facts: PersonaFacts, variables: readonly Variable[]): Categories {
  const n = facts.ids.length
  const m = variables.length
  const codes = new Int8Array(n * m).fill(-1)
  for (const [v, variable] of variables.entries()) {
    if (variable.type === 'text') {
      const column = facts.texts.get(variable.field)
      const code = new Map(variable.values.map((value, i) => [value, i]))
      for (let i = 0; column && i < n; i++)
        if (column[i] !== null) codes[i * m + v] = code.get(column[i]!) ?? variable.values.length
    } else if (variable.type === 'number') {
      const column = facts.numbers.get(variable.field)!
      for (let i = 0; i < n; i++)
        if (column[i] !== null)
          codes[i * m + v] = variable.borders.filter(border => column[i]! >= border).length
    } else {
      for (let i = 0; i < n; i++) if (facts.spoke[i] === 1) codes[i * m + v] = 0
      for (const i of facts.said.get(variable.field) ?? []) codes[i * m + v] = 1
    }
  }
  return { n, levels: variables.map(levelsOf), codes }
}
