/** Takes personal data out of what goes to a model, and leads places in the masked text back to the stored one. */
import { maskText, toOriginal } from '../privacy/mask.ts'
import type { Source, SourceSpan } from './model.ts'

/** Names that are known beforehand: of clients by their numbers, and of the company's own people. */
export interface KnownPeople {
  clients: ReadonlyMap<number, string>
  managers: readonly string[]
}

export type ReadPeople = (aliases: readonly number[]) => Promise<KnownPeople>

export interface MaskedSource {
  /** By which the model names it: «u12». Says nothing of whose it is. */
  id: string
  source: Source
  /** What the model sees; its places are those that it answers with. */
  text: string
  /** The stored place of a place in the masked text; words that were masked are taken whole. */
  toSpan(from: number, to: number): SourceSpan
}

/** Signs that stand for places in a prompt; in the data they give way to others of the same length. */
const SIGNS: Record<string, string> = { '⟨': '‹', '⟩': '›' }

/** Every source masked, in order, with ids of its own. */
export function maskSources(sources: readonly Source[], people: KnownPeople): MaskedSource[] {
  return sources.map((source, i) => {
    const name = people.clients.get(source.alias)
    const knownNames = [...(name === undefined ? [] : [name]), ...people.managers]
    const masked = maskText(source.text, { knownNames })
    const { client_id, conversation_id, n } = source
    return {
      id: `u${i + 1}`,
      source,
      text: masked.text.replace(/[⟨⟩]/g, sign => SIGNS[sign]!),
      toSpan: (from, to) => {
        const cuts = masked.pieces.find(piece => from > piece.maskedFrom && from < piece.maskedTo)
        const ends = masked.pieces.find(piece => to > piece.maskedFrom && to < piece.maskedTo)
        return {
          client_id,
          conversation_id,
          n,
          from: cuts ? cuts.from : toOriginal(masked, from),
          to: ends ? ends.to : toOriginal(masked, to),
        }
      },
    }
  })
}

/** A person's own words, masked. */
export function maskWords(text: string, people: KnownPeople): string {
  const knownNames = [...people.clients.values(), ...people.managers]
  return maskText(text, { knownNames }).text
}
