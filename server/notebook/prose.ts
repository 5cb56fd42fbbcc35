/**
 * Prose with holes: `{{ cell.column }}` is the first row's value written by its column's format, `{{ cell }}` its first
 * column, `{{ input }}` what the reader chose.
 */
import { NotebookError } from '../errors.ts'
import { formatDay } from '../lib/locale.ts'
import type { CellContext, CellResult, CellUses, InputValue, Language } from './cell.ts'
import { formatScalar } from './format-scalar.ts'

const HOLE = /\{\{\s*([\p{L}_][\p{L}\p{N}_]*)(?:\.([\p{L}_][\p{L}\p{N}_]*))?\s*\}\}/gu

/** Names that a text mentions: of cells, or of inputs. */
export function usesOfProse(body: string): CellUses {
  const names = [...body.matchAll(HOLE)].map(match => ({ name: match[1]!, offset: match.index }))
  return { inputs: names, names }
}

/** The text with its holes filled. Throws NotebookError with `offset` where a cell, column or input is not there. */
export function renderProse(body: string, context: Omit<CellContext, 'query'>): CellResult {
  const markdown = body.replace(HOLE, (_whole, name: string, part: string | undefined, offset: number) => {
    const table = context.tables.get(name)
    if (!table) {
      const input = context.inputs.get(name)
      if (input !== undefined) return plain(formatInput(input, part, context.language, offset))
      throw new NotebookError(`There is no cell “${name}” with a table, and no input of that name`, {
        details: { offset },
      })
    }
    const at = part === undefined ? 0 : table.columns.findIndex(candidate => candidate.name === part)
    const found = table.columns[at]
    if (!found)
      throw new NotebookError(`“${name}” has no column “${part}”`, {
        hint: `Columns: ${table.columns.map(known => known.name).join(', ')}`,
        details: { offset },
      })
    return plain(formatScalar(table.rows[0]?.[at] ?? null, found.format, context.language, context.currency))
  })
  return { outputs: [{ type: 'text', role: 'prose', markdown }], table: null }
}

/** Data is never markup: what it holds of Markdown's and HTML's signs is shown as it is. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>~|#&]/g, '\\$&').replace(/\s*\n\s*/g, ' ')
}

const words = {
  ru: { all: 'всё время', every: 'все', yes: 'да', no: 'нет' },
  en: { all: 'all time', every: 'all', yes: 'yes', no: 'no' },
}

function formatInput(
  value: InputValue,
  part: string | undefined,
  language: Language,
  offset: number,
): string {
  if (value === null || value === '') return words[language].every
  if (typeof value === 'boolean') return value ? words[language].yes : words[language].no
  if (Array.isArray(value)) return value.length === 0 ? words[language].every : value.join(', ')
  if (typeof value !== 'object') return String(value)
  if (part === undefined) {
    if (value.from <= '0001-01-01') return words[language].all
    return `${formatDay(value.from, language)} – ${formatDay(value.to, language)}`
  }
  if (part === 'from' || part === 'to') return formatDay(value[part], language)
  throw new NotebookError(`A period has “from” and “to”, not “${part}”`, { details: { offset } })
}
