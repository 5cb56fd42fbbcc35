/** Masking on the labelled utterances of test/privacy, by language and by part, and its speed. */
import { findPersonalData, maskText } from '../../server/privacy/mask.ts'
import { personalKinds } from '../../server/privacy/span.ts'
import { compare, readLabelled, type Score } from '../privacy/labelled.ts'
import type { QualityRow } from './run.ts'

const ROUNDS = 20

export default async function measure(): Promise<QualityRow[]> {
  const rows = readLabelled()
  const scores = rows.map(row => ({ ...row, score: compare(row.spans, findPersonalData(row.text)) }))
  const sum = (some: typeof scores, name: keyof Score) =>
    some.reduce((total, { score }) => total + score[name], 0)
  const figures = (name: string, some: typeof scores): QualityRow[] => [
    {
      name: `${name}: recall of ${sum(some, 'gold')}`,
      value: sum(some, 'found') / sum(some, 'gold'),
      aim: 0.97,
    },
    { name: `${name}: precision`, value: sum(some, 'right') / sum(some, 'predicted'), aim: 0.93 },
    { name: `${name}: right kind`, value: sum(some, 'sameKind') / sum(some, 'found'), aim: null },
  ]
  const byKind = personalKinds.map((kind): QualityRow => {
    const gold = rows.flatMap(row =>
      row.spans.filter(span => span.kind === kind).map(span => ({ row, span })),
    )
    const found = gold.filter(({ row, span }) => compare([span], findPersonalData(row.text)).found === 1)
    const aim = kind === 'card' || kind === 'email' ? 1 : null
    return { name: `recall of ${kind} (${gold.length})`, value: found.length / gold.length, aim }
  })
  const start = process.cpuUsage()
  for (let i = 0; i < ROUNDS; i++) for (const { text } of rows) maskText(text)
  const seconds = process.cpuUsage(start).user / 1e6
  return [
    ...figures(
      'ru',
      scores.filter(row => row.language === 'ru'),
    ),
    ...figures(
      'en',
      scores.filter(row => row.language === 'en'),
    ),
    ...figures(
      'held part',
      scores.filter(row => row.part === 'held'),
    ),
    ...byKind,
    { name: 'thousand texts a second of processor', value: (rows.length * ROUNDS) / seconds / 1000, aim: 20 },
  ]
}
