/** SQL with its parameters kept apart: text is joined with each database's own placeholders by its driver. */
export type Value = string | number | null

export interface Sql {
  /** One more than `values`: what stands before, between and after them. */
  readonly strings: readonly string[]
  readonly values: readonly Value[]
}

const isSql = (part: Value | Sql): part is Sql => typeof part === 'object' && part !== null

/** Tag: sql`select * from deals where status = ${status}`; a nested Sql is spliced in. */
export function sql(strings: readonly string[], ...parts: (Value | Sql)[]): Sql {
  const texts: string[] = []
  const values: Value[] = []
  let open = strings[0] ?? ''
  parts.forEach((part, i) => {
    if (isSql(part)) {
      part.values.forEach((value, j) => {
        texts.push(open + part.strings[j])
        values.push(value)
        open = ''
      })
      open += part.strings.at(-1)
    } else {
      texts.push(open)
      values.push(part)
      open = ''
    }
    open += strings[i + 1]
  })
  return { strings: [...texts, open], values }
}

/** Text that is known to be safe (names from the schema, never input). */
export function raw(text: string): Sql {
  return { strings: [text], values: [] }
}

/** Parts with a separator between them: join([sql`a = ${1}`, sql`b = ${2}`], ' and '). */
export function join(parts: readonly (Value | Sql)[], separator = ', '): Sql {
  return parts.reduce<Sql>((all, part, i) => sql`${all}${raw(i === 0 ? '' : separator)}${part}`, raw(''))
}

/** The statement's text with placeholders made by `placeholder(i)`, i from 0. */
export function toText(statement: Sql, placeholder: (index: number) => string): string {
  return statement.strings.reduce((text, part, i) => text + placeholder(i - 1) + part)
}
