/** Options that the cells of numbers share. */
import { z } from 'zod'
import type { Rates } from '../metrics/money.ts'
import type { Filter } from '../metrics/query.ts'
import { touchModels } from '../metrics/touches.ts'
import type { CellContext } from './cell.ts'

export const periodOption = z.object({ from: z.string(), to: z.string() })

export const numberOptions = {
  period: periodOption,
  source: z
    .union([z.array(z.string()), z.string()])
    .nullish()
    .meta({ choices: 'source' }),
  /** Units of the main currency for one unit of another, `rates: { USD: 92.5 }`: before those of the settings. */
  rates: z.record(z.string().regex(/^[A-Z]{3}$/), z.number().positive()).default({}),
  /** Which touch of a client pays: the deal's own marks, the first visit, or all visits alike. */
  touch: z.enum(touchModels).default('last'),
} as const

export function toFilter({
  period,
  source,
}: {
  period: { from: string; to: string }
  source?: string | string[] | null | undefined
}): Filter {
  return { period, sources: [source ?? []].flat() }
}

/** Rates of the settings with a cell's own before them. */
export function toRates({ rates }: { rates: Rates }, context: Pick<CellContext, 'rates'>): Rates {
  return { ...context.rates, ...rates }
}
