/**
 * Extraction on one core: utterances a second of processor time (so that what else the machine does counts for nothing)
 * over talk as the demo makes it, clients' turns alone and with the agents'.
 */
import { type DemoOptions, generateDemo } from '../../data/demo/generator/generate.ts'
import { extract } from '../../server/mining/extract.ts'
import type { Utterance } from '../../server/mining/mention.ts'
import { type BenchRow, median } from './bench.ts'

const OPTIONS: DemoOptions = { clients: 1500, seed: 17, language: 'ru' }

/** Median seconds of processor time of `times` runs after `warmUp` unmeasured ones. */
function busy(work: () => void, times: number, warmUp: number): number {
  const taken: number[] = []
  for (let i = 0; i < warmUp + times; i++) {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    if (i >= warmUp) taken.push((user + system) / 1e6)
  }
  return median(taken)
}

const bench = async (): Promise<BenchRow[]> => {
  const talks: Utterance[][] = []
  for (const { conversations } of generateDemo(OPTIONS).clients())
    for (const { utterances } of conversations)
      if (utterances.length > 0) talks.push(utterances.map(({ n, speaker, text }) => ({ n, speaker, text })))
  const turns = talks.map(talk => talk.filter(({ speaker }) => speaker !== 'agent'))
  const size = (list: Utterance[][]) => list.reduce((sum, talk) => sum + talk.length, 0)
  let found = 0
  const run = (list: Utterance[][]) => () => {
    for (const talk of list) found += extract(talk).length
  }
  const own = size(turns) / busy(run(turns), 9, 5)
  const all = size(talks) / busy(run(talks), 9, 1)
  if (found === 0) throw new Error('Nothing was found: the bench measured nothing')
  return [
    { name: "clients' utterances", value: own, unit: '/s a core', aim: { kind: 'min', value: 25_000 } },
    { name: 'utterances of both sides', value: all, unit: '/s a core', aim: { kind: 'min', value: 25_000 } },
  ]
}

export default bench
