/** The cell kinds that can be added, each with an example. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { CellKind } from '../notebook/cell.ts'
import { loadKinds } from '../notebook/kinds.ts'
import type { KindSummary } from './contract.ts'

export function kindRoutes(): Hono {
  return new Hono().get('/', async c => c.json([...(await loadKinds()).values()].map(toSummary)))
}

function toSummary({ kind, body, example, options }: CellKind): KindSummary {
  return {
    kind,
    body,
    example,
    // What a person writes, before defaults and transformations; what JSON Schema can't say is left open.
    schema: body === 'sql' ? null : z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }),
  }
}
