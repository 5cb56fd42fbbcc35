/**
 * Masks personal data: each piece gives way to a placeholder of its kind, «[телефон]» or “[phone]”, and the client's own
 * name to «Клиент 14». Places in the masked text lead back to the original, so that a quote stays checkable.
 */
import { findOnce, withoutOverlaps } from './find.ts'
import { holdsKnownName, knownNamesOf } from './known-names.ts'
import type { PersonalKind, Span } from './span.ts'
import { MASKS } from './tokens.ts'

export interface MaskOptions {
  /** Language of the placeholders; by the text's letters when not given. */
  language?: 'ru' | 'en'
  /** The client's own names, as the CRM has them. */
  knownNames?: readonly string[]
  /** The client's number: their own name becomes «Клиент 14». */
  alias?: number
}

/** A stretch of the masked text that stands for a stretch of the original. */
export interface Piece {
  from: number
  to: number
  maskedFrom: number
  maskedTo: number
}

export interface Masked {
  text: string
  /** What was masked, by places in the original. */
  spans: Span[]
  /** The placeholders' places, in order. */
  pieces: Piece[]
}

/** Passes after which a text made to uncover more with each of them is given up on. */
const MOST_PASSES = 50

/** Personal data in a text, without overlaps, in order of place. Places are UTF-16 units. */
export function findPersonalData(text: string, options: MaskOptions = {}): Span[] {
  return maskText(text, options).spans
}

/** The text with personal data masked. Masking what is masked changes nothing. */
export function maskText(text: string, options: MaskOptions = {}): Masked {
  const known = options.knownNames?.length ? knownNamesOf(options.knownNames) : null
  const language = options.language ?? (/[а-яё]/i.test(text) ? 'ru' : 'en')
  const isOwn = (span: Span) => known !== null && holdsKnownName(text.slice(span.from, span.to), known)
  let masked: Masked = { text, spans: [], pieces: [] }
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const found = findOnce(masked.text, known)
    if (found.length === 0) break
    const spans = found.map(span => ({
      ...span,
      from: toOriginal(masked, span.from),
      to: toOriginal(masked, span.to),
    }))
    masked = replace(text, withoutOverlaps([...masked.spans, ...spans]), language, options.alias, isOwn)
  }
  return masked
}

/** The place in the original of a place in the masked text; inside a placeholder it is the masked piece's begin. */
export function toOriginal({ pieces }: Pick<Masked, 'pieces'>, place: number): number {
  let shift = 0
  for (const piece of pieces) {
    if (place < piece.maskedTo) return place > piece.maskedFrom ? piece.from : place + shift
    shift = piece.to - piece.maskedTo
  }
  return place + shift
}

/** The place in the masked text of a place in the original; inside a masked piece it is the placeholder's begin. */
export function toMasked({ pieces }: Pick<Masked, 'pieces'>, place: number): number {
  let shift = 0
  for (const piece of pieces) {
    if (place < piece.to) return place > piece.from ? piece.maskedFrom : place + shift
    shift = piece.maskedTo - piece.to
  }
  return place + shift
}

function replace(
  text: string,
  spans: Span[],
  language: 'ru' | 'en',
  alias: number | undefined,
  isOwn: (span: Span) => boolean,
): Masked {
  let masked = ''
  let at = 0
  const pieces: Piece[] = []
  for (const span of spans) {
    masked += text.slice(at, span.from)
    const maskedFrom = masked.length
    const named = span.kind === 'name' && alias !== undefined && isOwn(span) && !isInWord(text, span)
    masked += named ? `${language === 'ru' ? 'Клиент' : 'Client'} ${alias}` : placeholder(span.kind, language)
    pieces.push({ from: span.from, to: span.to, maskedFrom, maskedTo: masked.length })
    at = span.to
  }
  return { text: masked + text.slice(at), spans, pieces }
}

const placeholder = (kind: PersonalKind, language: 'ru' | 'en'): string => MASKS[language][kind]

/** Letters or digits are stuck to the name: a number behind it would run into them. */
function isInWord(text: string, span: Span): boolean {
  return (
    /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, span.from - 2), span.from)) ||
    /^[\p{L}\p{N}]/u.test(text.slice(span.to, span.to + 2))
  )
}
