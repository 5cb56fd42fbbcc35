/** What may be completed in a cell: tables, columns, inputs, names of cells, options. Pure. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'

export interface CellWords {
  /** Tables and earlier cells with their columns. */
  tables: Readonly<Record<string, readonly string[]>>
  /** Names of cells that have a table. */
  cells: readonly string[]
  inputs: readonly { name: string; type: string; label: string }[]
  /** Options of this cell's kind with what they may be. */
  options: Readonly<Record<string, readonly string[]>>
}

type Source = (context: CompletionContext) => CompletionResult | null

const inputNames = ({ inputs }: CellWords): Completion[] =>
  inputs.flatMap(({ name, type, label }) =>
    (type === 'period' ? [`:${name}.from`, `:${name}.to`, `:${name}`] : [`:${name}`]).map(word => ({
      label: word,
      detail: label,
      type: 'variable',
    })),
  )

/** `:` and the names of inputs. */
export function completeInputs(words: CellWords): Source {
  return context => {
    const found = context.matchBefore(/:[\p{L}\p{N}_.]*/u)
    return found ? { from: found.from, options: inputNames(words), validFor: /^:[\p{L}\p{N}_.]*$/u } : null
  }
}

/** Options at the start of a line; inputs, cells and what an option may be after it. */
export function completeYaml(words: CellWords): Source {
  return context => {
    const line = context.state.doc.lineAt(context.pos)
    const before = line.text.slice(0, context.pos - line.from)
    const value = /^\s*-?\s*([\p{L}_]\w*):\s+(\S*)$/u.exec(before)
    if (value) {
      const [, option = '', typed = ''] = value
      const naming = option === 'data' || option === 'table' ? words.cells : []
      const known = [...naming, ...(words.options[option] ?? [])].map(label => ({ label }))
      return { from: context.pos - typed.length, options: [...known, ...inputNames(words)] }
    }
    const name = /^(\w*)$/.exec(before)
    if (!name || (!context.explicit && name[1] === '')) return null
    return {
      from: line.from,
      options: Object.keys(words.options).map(label => ({ label, apply: `${label}: `, type: 'property' })),
    }
  }
}

/** `{{ cell.column }}` and `{{ input }}` in prose. */
export function completeProse(words: CellWords): Source {
  return context => {
    const found = context.matchBefore(/\{\{\s*[\p{L}\p{N}_.]*/u)
    if (!found) return null
    const from = found.from + /^\{\{\s*/.exec(found.text)![0].length
    const columns = words.cells.flatMap(cell =>
      (words.tables[cell] ?? []).map(column => ({ label: `${cell}.${column}` })),
    )
    return {
      from,
      options: [...columns, ...words.inputs.map(({ name, label }) => ({ label: name, detail: label }))],
    }
  }
}
