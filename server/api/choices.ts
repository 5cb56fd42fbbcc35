/** What an option of a cell may be, where the data or the program tells: for forms. */
import { Hono } from 'hono'
import { z } from 'zod'
import { NotFoundError } from '../errors.ts'
import type { Language } from '../lib/locale.ts'
import { definitions, metricIds } from '../metrics/definitions.ts'
import { fieldNames } from '../metrics/dimensions.ts'
import { fieldLabel } from '../notebook/field-names.ts'
import { type Sql, sql } from '../store/sql.ts'
import type { Choice } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readId, readQuery } from './reading.ts'

/** Values offered at most: a field is for choosing, not for leafing. */
const MOST = 200

/** Values of the facts, the most frequent first. */
const asked: Record<string, Sql> = {
  source: sql`select source as value, null as label from deals where source is not null group by source order by count(*) desc, source`,
  product: sql`select product as value, null as label from deals where product is not null group by product order by count(*) desc, product`,
  city: sql`select city as value, null as label from clients where city is not null group by city order by count(*) desc, city`,
  profile: sql`select profile as value, null as label from clients where profile is not null group by profile order by count(*) desc, profile`,
  stage: sql`select stage as value, null as label from deals where stage is not null group by stage order by count(*) desc, stage`,
  persona: sql`select persona_id as value, name as label from personas order by persona_id`,
}

const known: Record<string, (language: Language) => Choice[]> = {
  field: language =>
    fieldNames
      .filter(field => field !== 'attribute:NAME')
      .map(field => ({ value: field, label: fieldLabel(field, language) })),
  metric: language => metricIds.map(id => ({ value: id, label: definitions[id].label[language] })),
}

const querySchema = z.object({ language: z.enum(['ru', 'en']).default('ru') })

export function choiceRoutes({ database }: AppParts): Hono {
  return new Hono().get('/:from', async c => {
    const from = readId(c, 'from')
    const { language } = readQuery(c, querySchema)
    const named = known[from]
    if (named) return c.json(named(language))
    const statement = asked[from]
    if (!statement) throw new NotFoundError(`There are no choices called “${from}”`)
    const { rows } = await database.reader.read(statement, { maxRows: MOST, signal: c.req.raw.signal })
    return c.json(
      rows.map(([value, label]): Choice => ({ value: String(value), label: String(label ?? value) })),
    )
  })
}
