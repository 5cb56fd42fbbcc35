/** How many clients of each class have each trait: what sets a persona apart is told from these. Pure. */
import type { PersonaFacts } from './persona-facts.ts'
import type { Division } from './persona-model.ts'

export interface TraitCount {
  /** A text field, `check`, `cycle`, `attribute:NAME`, or `theme`. */
  field: string
  /** The field's value, a band as `low..high` with open ends empty, or a theme's id. */
  value: string
  /** By class: clients with the trait, out of how many of whom the field is known. */
  clients: number[]
  known: number[]
}

/** Every value of every variable; what is “other” belongs to `known` alone. */
export function countTraits(facts: PersonaFacts, { variables, classes, model }: Division): TraitCount[] {
  const { k } = model
  const spoken = new Array<number>(k).fill(0)
  for (let i = 0; i < classes.length; i++) spoken[classes[i]!]! += facts.spoke[i]!
  return variables.flatMap((variable): TraitCount[] => {
    if (variable.type === 'theme') {
      const clients = new Array<number>(k).fill(0)
      for (const i of facts.said.get(variable.field) ?? []) clients[classes[i]!]!++
      return [{ field: 'theme', value: variable.field, clients, known: spoken }]
    }
    const known = new Array<number>(k).fill(0)
    const names = variable.type === 'text' ? variable.values : bandNames(variable.borders)
    const counts = names.map(value => ({
      field: variable.field,
      value,
      clients: new Array<number>(k).fill(0),
      known,
    }))
    const places = new Map(names.map((name, i) => [name, i]))
    const column =
      variable.type === 'text' ? facts.texts.get(variable.field) : facts.numbers.get(variable.field)
    for (let i = 0; column && i < classes.length; i++) {
      const value = column[i]
      if (value === null || value === undefined) continue
      const c = classes[i]!
      known[c]!++
      const place =
        variable.type === 'text'
          ? places.get(value as string)
          : variable.borders.filter(border => (value as number) >= border).length
      if (place !== undefined) counts[place]!.clients[c]!++
    }
    return counts
  })
}

const bandNames = (borders: readonly number[]) =>
  ['', ...borders].map((low, i) => `${low}..${borders[i] ?? ''}`)
