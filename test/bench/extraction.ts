/** Extraction on one core: utterances a second over talk as the demo makes it, agents' turns apart and with them. */
import { type DemoOptions, generateDemo } from '../../data/demo/generator/generate.ts'
import { extract } from '../../server/mining/extract.ts'
import type { Utterance } from '../../server/mining/mention.ts'
import { type BenchRow, time } from './bench.ts'

const OPTIONS: DemoOptions = { clients: 1500, seed: 17, language: 'ru' }

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
  const own = size(turns) / ((await time(run(turns), { times: 9, warmUp: 5 })) / 1000)
  const all = size(talks) / ((await time(run(talks), { times: 9 })) / 1000)
  if (found === 0) throw new Error('Nothing was found: the bench measured nothing')
  return [
    { name: "clients' utterances", value: own, unit: '/s', aim: { kind: 'min', value: 25_000 } },
    { name: 'utterances of both sides', value: all, unit: '/s', aim: { kind: 'min', value: 25_000 } },
  ]
}

export default bench
