/** Masking at the edge: every text that may hold words of the data goes through `mask`, whatever the output. */
import type { Output, Scalar, SpanRef } from '../notebook/output.ts'

/** `alias` is the number of the client whose words the text is, where it is one's. */
export interface Mask {
  (text: string, alias?: number): string
  /** Numbers of clients who refused: they are counted, but their words are not shown. */
  readonly refused?: ReadonlySet<number>
}

/** The output with its texts masked; numbers, formats, ids of themes and the spec's own words stay. */
export function maskOutput(output: Output, mask: Mask): Output {
  const scalar = (value: Scalar): Scalar => (typeof value === 'string' ? mask(value) : value)
  switch (output.type) {
    case 'text':
      return { ...output, markdown: mask(output.markdown) }
    case 'table': {
      const { table } = output
      return { ...output, table: { ...table, rows: table.rows.map(row => row.map(scalar)) } }
    }
    case 'chart':
      return {
        ...output,
        description: mask(output.description),
        spec: maskSpec(output.spec, mask) as Record<string, unknown>,
      }
    case 'metrics':
    case 'input':
      return output
    case 'insight':
      return {
        ...output,
        claims: output.claims.map(claim => ({
          ...claim,
          text: mask(claim.text),
          facts: claim.facts.map(fact => ({ ...fact, value: scalar(fact.value) })),
          quotes: claim.quotes
            .filter(({ alias }) => !mask.refused?.has(alias))
            .map(quote => ({
              ...quote,
              ref: anonymous(quote.ref),
              text: mask(quote.text, quote.alias),
            })),
        })),
      }
    default:
      return output satisfies never
  }
}

/** A reference names the client by the source system's id, which may be a phone: a masked page carries none. */
function anonymous(ref: SpanRef): SpanRef {
  return { ...ref, client_id: '', conversation_id: '' }
}

/** Keys of a spec whose texts are values of the data; the rest are the author's. */
const DATA_KEYS = new Set(['values', 'sort', 'domain', 'equal', 'oneOf', 'datum'])

function maskSpec(value: unknown, mask: Mask, inside = false): unknown {
  if (typeof value === 'string') return inside ? mask(value) : value
  if (Array.isArray(value)) return value.map(item => maskSpec(item, mask, inside))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      const ofData = inside || DATA_KEYS.has(key)
      // `sort: -x` and `sort: {field}` name channels and fields, not values.
      const named = key === 'sort' && !Array.isArray(child)
      return [key, maskSpec(child, mask, ofData && !named)]
    }),
  )
}
