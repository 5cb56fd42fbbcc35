import { UsageError } from '../errors.ts'
import type { Notebook } from '../notebook/model.ts'

/** Texts of inputs from `--set name=value`. Throws UsageError for what is not so or names no input. */
export function readInputValues(
  given: readonly string[] | undefined,
  notebook: Pick<Notebook, 'inputs'>,
): Record<string, string> {
  const known = notebook.inputs.map(input => input.name)
  return Object.fromEntries(
    (given ?? []).map(text => {
      const at = text.indexOf('=')
      if (at < 1) throw new UsageError(`--set ${text}: write NAME=VALUE`)
      const name = text.slice(0, at)
      if (!known.includes(name))
        throw new UsageError(`--set ${text}: the notebook has no input “${name}”`, {
          hint: known.length > 0 ? `Inputs: ${known.join(', ')}` : 'It has no inputs.',
        })
      return [name, text.slice(at + 1)]
    }),
  )
}
