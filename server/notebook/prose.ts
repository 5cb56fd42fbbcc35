/**
 * Prose with holes: `{{ cell.column }}` is the first row's value written by its column's format, `{{ cell }}` its first
 * column, `{{ input }}` what the reader chose.
 */
import { NotebookError } from '../errors.ts'
import { formatDay } from '../lib/locale.ts'
import type { CellContext, CellResult, CellUses, InputValue, Language } from './cell.ts'
import { formatScalar } from './format-scalar.ts'

const HOLE = /\{\{\s*([\p{L}_][\p{L}\p{N}_]*)(?:\.([\p{L}_][\p{L}\p{N}_]*))?\s*\}\}/gu
/** A fenced block of code, to its closing fence or the end. */
const FENCED = /^ {0,3}(`{3,}|~{3,}).*$[\s\S]*?(?:^ {0,3}\1[`~]*\s*$|(?![\s\S]))/gm

/** Holes of a text with their places; what stands in fenced code is code. */
function holesOf(body: string): RegExpExecArray[] {
  const code = [...body.matchAll(FENCED)].map(match => [match.index, match.index + match[0].length] as const)
  return [...body.matchAll(HOLE)].filter(
    ({ index }) => !code.some(([from, to]) => from <= index && index < to),
  )
}

/** Names that a text mentions: of cells, or of inputs. */
export function usesOfProse(body: string): CellUses {
  const names = holesOf(body).map(match => ({ name: match[1]!, offset: match.index }))
  return { inputs: names, names }
}

/** The text with its holes filled. Throws NotebookError with `offset` where a cell, column or input is not there. */
export function renderProse(body: string, context: Omit<CellContext, 'query'>): CellResult {
  let markdown = ''
  let at = 0
  for (const { 0: whole, 1: name, 2: part, index } of holesOf(body)) {
    markdown += body.slice(at, index) + plain(fillHole(name!, part, index, context))
    at = index + whole.length
  }
  markdown += body.slice(at)
  return { outputs: [{ type: 'text', role: 'prose', markdown }], table: null }
}

/** What a hole says. */
function fillHole(
  name: string,
  part: string | undefined,
  offset: number,
  context: Omit<CellContext, 'query'>,
): string {
  const { language, currency } = context
  const table = context.tables.get(name)
  if (!table) {
    const input = context.inputs.get(name)
    if (input !== undefined) return formatInput(input, part, language, offset)
    throw new NotebookError(`There is no cell “${name}” with a table, and no input of that name`, {
      details: { offset },
    })
  }
  const column = part === undefined ? 0 : table.columns.findIndex(candidate => candidate.name === part)
  const found = table.columns[column]
  if (!found)
    throw new NotebookError(`“${name}” has no column “${part}”`, {
      hint: `Columns: ${table.columns.map(known => known.name).join(', ')}`,
      details: { offset },
    })
  return formatScalar(table.rows[0]?.[column] ?? null, found.format, language, currency)
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
