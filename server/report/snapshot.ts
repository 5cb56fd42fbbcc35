/**
 * A run as it may leave the house: everything in it masked, sources of cells left out. Pages and files are rendered from
 * it, so that a frozen report and its files agree and later files need no query.
 */
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { InputValue } from '../notebook/cell.ts'
import type { Notebook } from '../notebook/model.ts'
import type { Outcome, RunResult } from '../notebook/run.ts'
import { type Mask, maskOutput } from './mask-output.ts'

export interface Snapshot {
  /** Bodies of its blocks are left out. */
  notebook: Notebook
  inputs: RunResult['inputs']
  choices: RunResult['choices']
  outcomes: [block: string, outcome: Outcome][]
  currency: string
  /** `YYYY-MM-DD HH:MM:SS`, in the company's time zone. */
  generatedAt: string
  dataTo: string
  /** What was imported; see store/source-names.ts. */
  sources: { kind: string; files: number }[]
}

export type SnapshotFacts = Pick<Snapshot, 'currency' | 'generatedAt' | 'dataTo' | 'sources'>

/** What is masked already goes through unchanged; tells a page that it is masked. */
export const masked: Mask = text => text

export function takeSnapshot(
  notebook: Notebook,
  run: RunResult,
  mask: Mask,
  { currency, generatedAt, dataTo, sources }: SnapshotFacts,
): Snapshot {
  const scalar = (value: string) => mask(value)
  const ofInput = (value: InputValue): InputValue =>
    typeof value === 'string' ? scalar(value) : Array.isArray(value) ? value.map(scalar) : value
  return {
    notebook: { ...notebook, blocks: notebook.blocks.map(block => ({ ...block, body: '' })) },
    inputs: mapValues(run.inputs, ofInput),
    choices: mapValues(run.choices, list =>
      list.map(({ value, label }) => ({ value: mask(value), label: mask(label) })),
    ),
    outcomes: [...run.outcomes].map(([id, outcome]) => [id, maskOutcome(outcome, mask)]),
    currency,
    generatedAt,
    dataTo,
    sources: sources.map(({ kind, files }) => ({ kind, files })),
  }
}

function maskOutcome(outcome: Outcome, mask: Mask): Outcome {
  if ('result' in outcome) {
    const outputs = outcome.result.outputs.map(output => maskOutput(output, mask))
    // Tables that only later cells read are nobody's business outside.
    return { state: outcome.state, result: { outputs, table: null }, tableHash: '' }
  }
  if (outcome.state !== 'failed') return outcome
  const { hint: _hint, ...error } = outcome.error
  return { state: 'failed', error: { ...error, message: mask(error.message) } }
}

/** The run that pages and files are rendered of. */
export function runOf({ inputs, choices, outcomes }: Snapshot): RunResult {
  return { inputs, choices, outcomes: new Map(outcomes) }
}

const [toGzip, fromGzip] = [promisify(gzip), promisify(gunzip)]

/** As it is stored: JSON, gzip, base64. */
export async function packSnapshot(snapshot: Snapshot): Promise<string> {
  return (await toGzip(JSON.stringify(snapshot), { level: 9 })).toString('base64')
}

export async function unpackSnapshot(text: string): Promise<Snapshot> {
  return JSON.parse((await fromGzip(Buffer.from(text, 'base64'))).toString()) as Snapshot
}

const mapValues = <A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
