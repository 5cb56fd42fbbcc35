/**
 * Inputs that a reader of a live link may change: only those with declared choices, and only among them. What a form sends
 * back is a key of a choice, never its value: a value may be somebody's name.
 */
import { sha256 } from '../lib/hash.ts'
import type { Notebook } from '../notebook/model.ts'
import type { RunResult } from '../notebook/run.ts'
import type { Mask } from './mask-output.ts'

/** What readers may do with the inputs of a link. */
export type ReaderMode = 'locked' | 'hidden' | 'open'

export function readerMode({ reader_inputs }: { reader_inputs: string | null }): ReaderMode {
  return reader_inputs === 'hidden' || reader_inputs === 'open' ? reader_inputs : 'locked'
}

export interface ReaderOption {
  key: string
  /** Masked, for people; empty where the key itself says it (a period, yes or no). */
  label: string
  chosen: boolean
}

export interface ReaderField {
  name: string
  label: string
  type: 'period' | 'select' | 'flag'
  multiple: boolean
  options: ReaderOption[]
}

/** What a key stands for, by input and key. Kept on the server. */
export type ReaderKeys = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Periods that a reader may choose besides the one that the link was made with. */
export const READER_PERIODS = [
  'last 30 days',
  'last 90 days',
  'last 365 days',
  'this month',
  'this year',
  'all',
]
/** More than this is no choice for a form. */
const MOST_OPTIONS = 200
/** The period that the link was made with. */
export const OWN_PERIOD = 'own'
/** Says that a form was sent: then an input that is not there was left empty. */
export const SENT = 'sent'

interface Given {
  notebook: Notebook
  run: Pick<RunResult, 'inputs' | 'choices'>
  /** Texts that the page was made with, and those of the link itself. */
  values: Readonly<Record<string, string>>
  own: Readonly<Record<string, string>>
  mask: Mask
  /** So that keys of two links tell nothing of each other. */
  salt: string
}

/** The fields of the form, and what their keys mean. */
export function readerFields({ notebook, run, values, own, mask, salt }: Given): {
  fields: ReaderField[]
  keys: ReaderKeys
} {
  const keys = new Map<string, Map<string, string>>()
  const fields = notebook.inputs.flatMap((spec): ReaderField[] => {
    const known = new Map<string, string>()
    const base = { name: spec.name, label: spec.label, multiple: spec.multiple }
    const usual = String(own[spec.name] ?? spec.default ?? 'last 90 days')
    if (spec.type === 'period') {
      const now = values[spec.name] ?? usual
      for (const period of READER_PERIODS) known.set(period, period)
      if (!known.has(usual)) known.set(OWN_PERIOD, usual)
      keys.set(spec.name, known)
      const options = [...known].map(([key, text]) => ({ key, label: '', chosen: text === now }))
      return [{ ...base, type: 'period', multiple: false, options }]
    }
    if (spec.type === 'flag') {
      keys.set(spec.name, new Map(['true', 'false'].map(key => [key, key])))
      const on = run.inputs[spec.name] === true
      const options = [true, false].map(key => ({ key: String(key), label: '', chosen: key === on }))
      return [{ ...base, type: 'flag', multiple: false, options }]
    }
    const choices = run.choices[spec.name]
    // What may be typed in freely, and what could not be read, stays as it is.
    if (spec.type !== 'select' || !choices || choices.length > MOST_OPTIONS) return []
    const chosen = [run.inputs[spec.name]].flat()
    const options = choices.map(({ value, label }) => {
      const key = sha256(`${salt} ${spec.name} ${value}`).slice(0, 12)
      known.set(key, value)
      return { key, label: mask(label), chosen: chosen.includes(value) }
    })
    keys.set(spec.name, known)
    return [{ ...base, type: 'select', options }]
  })
  return { fields, keys }
}

/** Texts of inputs out of what a form sent: whatever is no declared choice is as the link has it. */
export function readChosen(
  query: URLSearchParams,
  notebook: Notebook,
  keys: ReaderKeys,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  if (!query.has(SENT)) return { ...own }
  const values = { ...own }
  for (const { name, type, multiple } of notebook.inputs) {
    const known = keys.get(name)
    if (!known) continue
    const texts = query.getAll(name).flatMap(key => known.get(key) ?? [])
    if (multiple) values[name] = [...new Set(texts)].join(',')
    else if (texts.length > 0) values[name] = texts[0]!
    else if (type === 'select' && query.get(name) === '') values[name] = ''
  }
  return values
}

/** The address's part that leads to the same choice. */
export function toQuery(fields: readonly ReaderField[]): string {
  const query = new URLSearchParams({ [SENT]: '1' })
  for (const { name, options } of fields)
    for (const { key, chosen } of options) if (chosen) query.append(name, key)
  return query.toString()
}
