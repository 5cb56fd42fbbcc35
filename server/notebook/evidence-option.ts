/** The option by which a cell asks for more or less evidence than settings do. */
import { z } from 'zod'
import type { Evidence } from '../insight/evidence.ts'
import type { CellContext } from './cell.ts'

const count = z.number().int().min(1).max(1000)

/** `evidence: { clients: 5, spans: 8 }`; what is left out is as settings have it. */
export const evidenceOption = z
  .strictObject({ clients: count.optional(), spans: count.optional() })
  .optional()

export function evidenceOf(
  option: z.infer<typeof evidenceOption>,
  { evidence }: Pick<CellContext, 'evidence'>,
): Evidence {
  return { clients: option?.clients ?? evidence.clients, spans: option?.spans ?? evidence.spans }
}
