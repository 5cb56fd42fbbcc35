/**
 * Grouping by the built-in engine, in processor time a text so that what else the machine does counts for nothing, and
 * beside it a naive grouping by natural's TfIdf, as one would write it first.
 */
import { createRequire } from 'node:module'
import { type DemoOptions, generateDemo } from '../../data/demo/generator/generate.ts'
import { assign } from '../../server/mining/assign.ts'
import type { BenchRow } from './bench.ts'

/** The first n turns of clients of the demo company's talk. */
function clientTurns(n: number): string[] {
  const options: DemoOptions = { clients: Math.ceil(n / 2), seed: 23, language: 'ru' }
  const turns: string[] = []
  for (const { conversations } of generateDemo(options).clients())
    for (const { utterances } of conversations)
      for (const { speaker, text } of utterances) {
        if (speaker === 'client') turns.push(text)
        if (turns.length === n) return turns
      }
  return turns
}

/** Seconds of processor time. */
function busy(work: () => unknown): number {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

/** Each text joins the first group whose leader natural's TfIdf finds alike enough. */
function groupNaively(texts: readonly string[]): number {
  const { TfIdf } = createRequire(import.meta.url)('natural/lib/natural/tfidf') as {
    TfIdf: new () => { addDocument(text: string): void; tfidfs(text: string): number[] }
  }
  const leaders = new TfIdf()
  let groups = 0
  for (const text of texts) {
    const likeness = groups === 0 ? [] : leaders.tfidfs(text)
    if (Math.max(0, ...likeness) >= 10) continue
    leaders.addDocument(text)
    groups++
  }
  return groups
}

const SIZES = [10_000, 100_000, 300_000] as const

const bench = async (): Promise<BenchRow[]> => {
  const all = clientTurns(SIZES[2])
  const run = (n: number) => (1000 * busy(() => assign(all.slice(0, n), [], { granularity: 'question' }))) / n
  run(1_000)
  const own = SIZES.map(run) as [number, number, number]
  const peak = process.resourceUsage().maxRSS / 1024
  const naive = (1000 * busy(() => groupNaively(all.slice(0, SIZES[0])))) / SIZES[0]
  return [
    ...SIZES.map(
      (n, i): BenchRow => ({ name: `own, ${n} texts`, value: own[i]!, unit: 'ms/text', aim: null }),
    ),
    {
      name: 'time a text, 300k ÷ 10k',
      value: own[2] / own[0],
      unit: '×',
      aim: { kind: 'max', value: 1.3 },
    },
    { name: 'memory, most', value: peak, unit: 'MB', aim: { kind: 'max', value: 1_500 } },
    { name: `naive natural TfIdf, ${SIZES[0]} texts`, value: naive, unit: 'ms/text', aim: null },
    { name: `naive ÷ own, ${SIZES[0]} texts`, value: naive / own[0], unit: '×', aim: null },
  ]
}

export default bench
