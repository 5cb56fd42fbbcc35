/** FAQ matching: on canonical wordings, with confirmed phrasings, and with half of the entries taken away. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../../server/lib/random.ts'
import { createMatcher, type FaqEntry } from '../../server/mining/match.ts'
import type { QualityRow } from './run.ts'

interface Row {
  id: string
  text: string
  label: string
  canonical?: boolean
}

const folder = join(import.meta.dirname, '../../../shared/data')
const read = (path: string) =>
  readFileSync(join(folder, path), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Row)

interface FaqSet {
  name: string
  entries: Row[]
  questions: Row[]
  aims: { first: number | null; five: number | null; kept: number | null }
}

function sets(): FaqSet[] {
  if (!existsSync(folder)) return []
  const threads = read('stackfaq/dev.jsonl')
  return [
    {
      name: 'rutube_ru',
      entries: read('rutube_ru/kb.jsonl'),
      questions: read('rutube_ru/dev.jsonl'),
      aims: { first: 0.47, five: 0.75, kept: 0.4 },
    },
    {
      name: 'stackfaq',
      entries: threads.filter(row => row.canonical),
      questions: threads.filter(row => !row.canonical),
      aims: { first: 0.76, five: null, kept: null },
    },
  ]
}

/** Shares of questions whose label comes first, and among the first five. */
function rank(
  entries: readonly (FaqEntry & { label: string })[],
  questions: readonly Row[],
): [number, number] {
  const match = createMatcher(entries)
  const labels = new Map(entries.map(entry => [entry.id, entry.label]))
  const found = questions.map(row =>
    match(row.text)
      .ranked.map(hit => labels.get(hit.answer))
      .indexOf(row.label),
  )
  const share = (test: (place: number) => boolean) => found.filter(test).length / questions.length
  return [share(place => place === 0), share(place => place >= 0)]
}

/** Over four random halves of the entries: how many answers are right, and of the answerable how many got theirs. */
function abstain({ entries, questions }: FaqSet): [number, number] {
  const total = { answered: 0, right: 0, answerable: 0 }
  for (const seed of [1, 2, 3, 4]) {
    const random = createRandom(seed)
    const kept = new Set([...new Set(entries.map(entry => entry.label))].filter(() => random.next() < 0.5))
    const half = entries.filter(entry => kept.has(entry.label))
    const labels = new Map(half.map(entry => [entry.id, entry.label]))
    const match = createMatcher(half)
    for (const row of questions) {
      const { answer } = match(row.text)
      if (kept.has(row.label)) total.answerable++
      if (answer === null) continue
      total.answered++
      if (labels.get(answer) === row.label) total.right++
    }
  }
  return [total.right / total.answered, total.right / total.answerable]
}

export default async function measure(): Promise<QualityRow[]> {
  return sets().flatMap(set => {
    const { name, entries, questions, aims } = set
    const [first, five] = rank(entries, questions)
    const halves = [0, 1].map(half => {
      const confirmed = questions.filter((_, i) => i % 2 === half)
      const phrased = entries.map(entry => ({
        ...entry,
        phrasings: confirmed.filter(row => row.label === entry.label).map(row => row.text),
      }))
      return rank(
        phrased,
        questions.filter((_, i) => i % 2 !== half),
      )
    })
    const [precision, recall] = abstain(set)
    return [
      { name: `${name}: right at 1, canonical wordings`, value: first, aim: aims.first },
      { name: `${name}: right in 5, canonical wordings`, value: five, aim: aims.five },
      {
        name: `${name}: right at 1, half of the phrasings known`,
        value: (halves[0]![0] + halves[1]![0]) / 2,
        aim: null,
      },
      {
        name: `${name}: right in 5, half of the phrasings known`,
        value: (halves[0]![1] + halves[1]![1]) / 2,
        aim: null,
      },
      {
        name: `${name}: half of the entries gone, precision`,
        value: precision,
        aim: aims.kept === null ? null : 0.8,
      },
      { name: `${name}: half of the entries gone, recall`, value: recall, aim: aims.kept },
    ]
  })
}
