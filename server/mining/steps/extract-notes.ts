/** Questions that a manager's note reports: «спр про гарантию и сроки», «инт-ся рассрочкой», “asked about delivery”. */
import type { ExtractionStep, Mention, ReadClause } from '../mention.ts'

const SCORE = 0.8
/** How much a piece without a verb of asking must ask, to go on with what was reported before. */
const LEAST = 0.7
/** Between two things asked about. */
const AND = new Set(['и', 'and', 'а', 'также', 'плюс'])

const step: ExtractionStep = {
  kind: 'question',
  extract: ({ utterance: { n }, clauses }) => {
    let open = false
    return clauses.flatMap((clause): Mention[] => {
      const verb = clause.cues.find(({ tag }) => tag === 'reported')
      // «спр про сроки, есть ли рассрочка»: the verb still governs what follows, while that asks.
      const other = clause.cues.some(({ tag }) => tag === 'objection' || tag === 'value')
      const goes = verb !== undefined || (open && !other && clause.asking >= LEAST)
      open = goes && clause.end === ','
      return goes ? parts(n, clause, verb) : []
    })
  },
}

/** A mention for each thing asked about. */
function parts(n: number, { tokens, to }: ReadClause, verb?: { from: number; to: number }): Mention[] {
  const found: Mention[] = []
  let start = verb?.from ?? 0
  const first = (verb?.to ?? 0) + 1
  const add = (end: number) =>
    found.push({ n, from: tokens[start]!.from, to: end, kind: 'question', score: SCORE })
  for (let i = first; i < tokens.length - 1; i++) {
    if (!AND.has(tokens[i]!.norm)) continue
    // «а и» parts once: between the two nothing is asked about.
    if (i > start) add(tokens[i - 1]!.to)
    start = i + 1
  }
  add(to)
  return found
}

export default step
