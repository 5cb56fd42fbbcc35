/** The fields of a form for a cell's options, out of the JSON Schema of its kind. Pure. */
export interface OptionField {
  name: string
  /**
   * `period`: an input or two days. `cell`: a cell with a table. `list`: several texts. `source`: too deep for a field, it
   * is written in the source.
   */
  type: 'period' | 'choice' | 'list' | 'number' | 'flag' | 'text' | 'cell' | 'source'
  required: boolean
  default: unknown
  /** Fixed values; empty where any will do. */
  values: readonly string[]
  /** Where further values come from: a name of GET /api/choices. */
  from: string | null
  min: number | null
  max: number | null
  whole: boolean
}

interface Schema {
  type?: string | string[]
  enum?: unknown[]
  anyOf?: Schema[]
  items?: Schema | false
  properties?: Record<string, Schema>
  required?: string[]
  default?: unknown
  choices?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  maxItems?: number
}

/** Options whose value is the name of another cell. */
const NAMING = new Set(['data', 'table'])

/** In the order of the schema; required ones first. */
export function fieldsOf(schema: object | null): OptionField[] {
  const { properties = {}, required = [] } = (schema ?? {}) as Schema
  const fields = Object.entries(properties).map(([name, own]) => toField(name, own, required.includes(name)))
  return [...fields.filter(field => field.required), ...fields.filter(field => !field.required)]
}

function toField(name: string, schema: Schema, required: boolean): OptionField {
  const parts = flatten(schema).filter(part => part.type !== 'null')
  const find = (test: (part: Schema) => boolean) => parts.find(test)
  const isType = (type: string) => (part: Schema) => [part.type].flat().includes(type)
  const list = find(isType('array'))
  const number = find(part => isType('integer')(part) || isType('number')(part))
  const base = {
    name,
    required,
    default: schema.default,
    values: [] as string[],
    from: schema.choices ?? (list?.items ? (list.items.choices ?? null) : null),
    min: number?.minimum ?? null,
    max: number?.maximum ?? list?.maxItems ?? null,
    whole: number !== undefined && isType('integer')(number),
  }
  const fixed = find(part => Array.isArray(part.enum))
  const object = find(isType('object'))
  if (object) return { ...base, type: object.properties?.from && object.properties.to ? 'period' : 'source' }
  if (fixed) return { ...base, type: 'choice', values: fixed.enum!.map(String) }
  if (list && number) return { ...base, type: 'source' }
  if (list) {
    const items = list.items ? flatten(list.items) : []
    if (items.some(part => isType('number')(part) || isType('object')(part)))
      return { ...base, type: 'source' }
    return { ...base, type: 'list', values: items.flatMap(part => (part.enum ?? []).map(String)) }
  }
  if (find(isType('boolean'))) return { ...base, type: 'flag' }
  if (number) return { ...base, type: 'number' }
  if (NAMING.has(name)) return { ...base, type: 'cell' }
  return { ...base, type: base.from === null ? 'text' : 'choice' }
}

const flatten = (schema: Schema): Schema[] => (schema.anyOf ? schema.anyOf.flatMap(flatten) : [schema])
