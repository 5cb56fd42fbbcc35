/**
 * Grouping by the built-in engine, one setting for all sets: each set whole, and into a catalogue that grows in eight
 * batches, in file order. What was planted in the demo is always there; labelled sets from outside where they lie beside.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { committed, type DemoOptions, generateDemo } from '../../data/demo/generator/generate.ts'
import { assign } from '../../server/mining/assign.ts'
import { emptyCatalogue, extendCatalogue } from '../../server/mining/memory-catalogue.ts'
import type { Granularity } from '../../server/mining/settings.ts'
import { type Agreement, compareGroups } from '../support/cluster-metrics.ts'
import type { QualityRow } from './run.ts'

interface Row {
  text: string
  label: string
}

interface LabelledSet {
  name: string
  granularity: Granularity
  rows: Row[]
  /** Least NMI, ARI and ACC, all whole. */
  aims: readonly [number, number, number] | null
}

const BATCHES = 8
/** A growing catalogue may be so much worse than all at once, in shares of rows right. */
const GROWING_LOSS = 0.04

const folder = resolve(import.meta.dirname, '../../../shared/data')
const read = (name: string) =>
  readFileSync(join(folder, name, 'dev.jsonl'), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Row)

function outside(): LabelledSet[] {
  if (!existsSync(folder)) return []
  const set = (
    name: string,
    granularity: Granularity,
    aims: LabelledSet['aims'],
    keep: (row: Row, i: number) => boolean = () => true,
  ): LabelledSet => ({ name, granularity, aims, rows: read(name).filter(keep) })
  return [
    set('dstc11_insurance', 'topic', [0.88, 0.8, 0.82]),
    set('dstc11_banking', 'topic', null),
    set('dstc11_banking_t1', 'topic', [0.66, 0.54, 0.64]),
    set('stackfaq', 'question', [0.95, 0.84, 0.88]),
    set('rutube_ru', 'question', [0.84, 0.3, 0.52]),
    set('banking77', 'question', [0.75, 0.46, 0.52], (_, i) => i % 2 === 0),
    set('clinc150', 'topic', null, ({ label }, i) => label !== 'oos' && i % 4 === 0),
  ]
}

/** The questions planted in the demo's talk, as clients said them. */
function planted(language: DemoOptions['language']): LabelledSet {
  const rows: Row[] = []
  for (const { conversations } of generateDemo({ ...committed[language], language }).clients())
    for (const { utterances } of conversations)
      for (const { speaker, text, marks } of utterances)
        for (const mark of marks)
          if (speaker === 'client' && mark.kind === 'question')
            rows.push({ text: text.slice(mark.from, mark.to), label: mark.theme })
  return { name: `demo ${language}`, granularity: 'question', aims: null, rows }
}

const percent = (value: number) => Math.round(value * 1000) / 1000

function measureSet({ name, granularity, rows, aims }: LabelledSet): QualityRow[] {
  const texts = rows.map(row => row.text)
  const known = rows.map(row => row.label)
  const whole = compareGroups(
    assign(texts, [], { granularity }).assignments.map(({ group }) => String(group)),
    known,
  )
  const catalogue = emptyCatalogue(granularity)
  const size = Math.ceil(texts.length / BATCHES)
  const given: string[] = []
  for (let at = 0; at < texts.length; at += size)
    given.push(...extendCatalogue(catalogue, texts.slice(at, at + size)))
  const again = extendCatalogue(catalogue, texts)
  const grown = compareGroups(given, known)
  const row = (figure: string, value: number, aim: number | null): QualityRow => ({
    name: `${name}, ${granularity}: ${figure}`,
    value: percent(value),
    aim,
  })
  const figures: (keyof Omit<Agreement, 'groups'>)[] = ['nmi', 'ari', 'acc']
  return [
    ...figures.map((figure, i) => row(figure.toUpperCase(), whole[figure], aims?.[i] ?? null)),
    row('ACC growing', grown.acc, aims ? percent(whole.acc - GROWING_LOSS) : null),
    row('ids kept, growing', again.filter((id, i) => id === given[i]).length / given.length, 0.99),
  ]
}

export default async function measure(): Promise<QualityRow[]> {
  return [planted('ru'), planted('en'), ...outside()].flatMap(measureSet)
}
