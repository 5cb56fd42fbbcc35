/**
 * The check that stands between a model and everybody: an item passes only when the places that it names are there, are of
 * whom it says, and hold every word, number and negation that it claims. What does not pass is sent back once with the
 * reason and then dropped. Pure; places are those of the masked texts.
 */
import type { MaskedSource } from '../masker.ts'
import type { Refusal, SourceSpan, Speaker } from '../model.ts'
import { areAlike, type Reading, readWords } from './words.ts'

export interface Reference {
  utterance: string
  from: number
  to: number
}

export interface Demands {
  whose: Speaker | 'any'
  /** Stems that need no source: those of the question and of the task's vocabulary. */
  vocabulary: ReadonlySet<string>
}

export type Verdict =
  | { ok: true; spans: SourceSpan[] }
  /** `reason` is for the model: what to mend. */
  | { ok: false; refusal: Refusal; reason: string }

/** References of one item at most, and its length. */
const MOST_REFERENCES = 12
const MAX_TEXT = 700

const refuse = (refusal: Refusal, reason: string): Verdict => ({ ok: false, refusal, reason })

/** Whether an item stands on the places that it names; with the stored spans, widened to whole words and negations. */
export function checkItem(
  text: string,
  references: readonly Reference[],
  sources: ReadonlyMap<string, MaskedSource>,
  demands: Demands,
): Verdict {
  const form = formFault(text)
  if (form) return refuse('form', form)
  if (references.length === 0) return refuse('no-evidence', 'it names no utterance')
  if (references.length > MOST_REFERENCES) return refuse('outside', 'it names too many places')
  const places = new Map<MaskedSource, Place>()
  for (const reference of references) {
    const source = sources.get(reference.utterance)
    if (!source)
      return refuse('unknown-utterance', `there is no utterance “${reference.utterance.slice(0, 20)}”`)
    if (demands.whose !== 'any' && source.source.speaker !== demands.whose)
      return refuse('speaker', `${source.id} is not said by the ${demands.whose}`)
    const range = widen(source, reference)
    if (!range)
      return refuse(
        'outside',
        `${reference.from}–${reference.to} is no place with words in ${source.id}, which has ${source.text.length} units`,
      )
    const place = places.get(source) ?? { source, whole: readingOf(source), ranges: [] }
    places.set(source, { ...place, ranges: merge([...place.ranges, range]) })
  }
  const held = [...places.values()]
  const reading = readWords(text, demands.vocabulary)
  const fault = faultOf(reading, held) ?? misquoted(text, held)
  if (fault) return fault
  return {
    ok: true,
    spans: held.flatMap(({ source, ranges }) => ranges.map(({ from, to }) => source.toSpan(from, to))),
  }
}

interface Range {
  from: number
  to: number
}

/** The places named in one utterance, with all that it says. */
interface Place {
  source: MaskedSource
  whole: Reading
  ranges: Range[]
}

const readings = new WeakMap<MaskedSource, Reading>()
function readingOf(source: MaskedSource): Reading {
  let reading = readings.get(source)
  if (!reading) {
    reading = readWords(source.text)
    readings.set(source, reading)
  }
  return reading
}

/** The range with whole words, and with every negation of the clauses that it touches; null when it is none with words. */
function widen(source: MaskedSource, { from, to }: Range): Range | null {
  const isPlace = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to <= source.text.length
  const { words, quantities } = readingOf(source)
  const touched = [...words, ...quantities].filter(part => part.from < to && part.to > from)
  if (!isPlace || touched.length === 0) return null
  const clauses = new Set(touched.map(part => part.clause))
  const held = [...touched, ...words.filter(word => word.role === 'negator' && clauses.has(word.clause))]
  return { from: Math.min(...held.map(part => part.from)), to: Math.max(...held.map(part => part.to)) }
}

/** Ranges in order, those that touch as one. */
function merge(ranges: readonly Range[]): Range[] {
  const merged: Range[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to)
    else merged.push({ ...range })
  }
  return merged
}

const within =
  ({ ranges }: Place) =>
  (part: Range) =>
    ranges.some(range => part.from >= range.from && part.to <= range.to)

/** Every member of every clause must stand in one utterance: words of several, put together, say what nobody said. */
function faultOf(reading: Reading, places: readonly Place[]): Verdict | null {
  const claims = reading.words.filter(word => word.role === 'claim')
  const parts = new Set([...claims, ...reading.quantities].map(({ part }) => part))
  if (parts.size === 0) return refuse('unsupported', 'it says nothing that the places hold')
  const stray = [...reading.negated].find(
    clause => ![...claims, ...reading.quantities].some(word => word.clause === clause),
  )
  if (stray !== undefined) return refuse('negation', 'a negation stands by itself')
  for (const part of parts) {
    const said: Said = {
      text: reading.text,
      claims: claims.filter(word => word.part === part),
      quantities: reading.quantities.filter(quantity => quantity.part === part),
      isTurned: clause => reading.negated.has(clause),
    }
    const faults = places.map(
      place => unsupported(said, place) ?? wrongNumber(said, place) ?? turned(said, place),
    )
    if (faults.every(fault => fault !== null))
      return faults.find(fault => !fault!.ok && fault!.refusal !== 'unsupported') ?? faults[0]!
  }
  return null
}

interface Said {
  text: string
  claims: Reading['words']
  quantities: Reading['quantities']
  isTurned(clause: number): boolean
}

/** A word that the place does not hold: an invention, or a word of the model's own. */
function unsupported({ claims }: Said, place: Place): Verdict | null {
  const held = place.whole.words.filter(within(place))
  const missing = claims.filter(claim => !held.some(word => areAlike(word.stem, claim.stem)))
  if (missing.length === 0) return null
  const words = [...new Set(missing.map(word => word.norm))].slice(0, 8).join(', ')
  return refuse(
    'unsupported',
    `no single utterance named holds all of it; not in ${place.source.id}: ${words}`,
  )
}

/** A number that the place does not hold, or that counts something else there. */
function wrongNumber({ text, quantities }: Said, place: Place): Verdict | null {
  const held = place.whole.quantities.filter(within(place))
  for (const { value, unit, from, to } of quantities) {
    const isThere = held.some(other => isValue(other.value, value) && countAlike(unit, other.unit))
    if (!isThere) return refuse('number', `“${text.slice(from, to)}” is not so in ${place.source.id}`)
  }
  return null
}

const isValue = (a: number, b: number) => Math.abs(a - b) < 1e-9

/** Whether two numbers count the same, as far as both say what. */
function countAlike(a: string | null, b: string | null): boolean {
  return a === null || b === null || areAlike(a, b) || readWords(a).words.every(word => word.role === 'frame')
}

/** A negation that was dropped or put in: what is said stands turned round in one text and not in the other. */
function turned({ text, claims, quantities, isTurned }: Said, place: Place): Verdict | null {
  const differs = (clause: number, found: readonly { clause: number }[]) =>
    found.length > 0 && !found.some(other => place.whole.negated.has(other.clause) === isTurned(clause))
  const words = place.whole.words.filter(within(place))
  const numbers = place.whole.quantities.filter(within(place))
  const fault = [
    ...claims.filter(({ clause, stem }) =>
      differs(
        clause,
        words.filter(word => areAlike(word.stem, stem)),
      ),
    ),
    ...quantities.filter(({ clause, value }) =>
      differs(
        clause,
        numbers.filter(other => isValue(other.value, value)),
      ),
    ),
  ][0]
  if (!fault) return null
  const what = text.slice(fault.from, fault.to)
  return refuse(
    'negation',
    `“${what}” has a negation in ${place.source.id} or in the item and not in both; keep it as it was said`,
  )
}

const QUOTED = /«([^»]*)»|“([^”]*)”|"([^"]*)"/g
const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim()

/** Words in quotation marks that nobody said so. */
function misquoted(text: string, places: readonly Place[]): Verdict | null {
  for (const match of text.matchAll(QUOTED)) {
    const quote = plain(match[1] ?? match[2] ?? match[3] ?? '')
    const isSaid = places.some(({ source, ranges }) =>
      ranges.some(({ from, to }) => plain(source.text.slice(from, to)).includes(quote)),
    )
    if (!isSaid)
      return refuse('quote', 'words in quotation marks are not said so; write without quotation marks')
  }
  return null
}

/** What no item may be, whatever it says: empty, endless, or more than plain words. */
function formFault(text: string): string | null {
  if (text.trim() === '') return 'it is empty'
  if (text.length > MAX_TEXT) return `it is longer than ${MAX_TEXT} characters`
  if (!text.isWellFormed() || /[\p{Cc}\p{Co}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text))
    return 'it holds characters that are no text'
  if (/https?:|www\.|[\p{L}\d-]+\.(?:ru|рф|com|org|net|su|io|info|biz|example)(?!\p{L})|@/iu.test(text))
    return 'it holds a link or an address'
  return /[<>[\]{}`|\\*_#]/.test(text) ? 'it holds marks that are no plain text' : null
}
