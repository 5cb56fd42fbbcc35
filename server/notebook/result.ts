import type { Parsed } from './format.ts'
import type { BlockResult, NotebookResult } from './model.ts'
import type { Outcome, RunParts, RunResult } from './run.ts'

/** A run's outcomes in the order of the file, as one plain value. */
export function toResult(
  { notebook, errors }: Parsed,
  run: RunResult,
  { today, currency }: Pick<RunParts, 'today' | 'currency'>,
): NotebookResult {
  const blocks = notebook.blocks.map(({ id, kind, name, line }): BlockResult => {
    const outcome: Outcome = run.outcomes.get(id) ?? { state: 'cancelled' }
    const done = 'result' in outcome ? outcome.result : null
    return {
      id,
      kind,
      name,
      line,
      state: outcome.state,
      outputs: done?.outputs ?? [],
      table: done?.table ?? null,
      error: outcome.state === 'failed' ? outcome.error : null,
      because: outcome.state === 'skipped' ? outcome.because : [],
    }
  })
  return {
    title: notebook.title,
    description: notebook.description,
    language: notebook.language,
    currency,
    today,
    inputs: notebook.inputs.map(({ name, label }) => ({ name, label, value: run.inputs[name] ?? null })),
    ok: errors.length === 0 && blocks.every(({ state }) => state === 'fresh' || state === 'cached'),
    errors,
    blocks,
  }
}
