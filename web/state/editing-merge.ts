/**
 * Two edits of one text brought together, cell by cell. Changes of different cells are both taken; where both changed
 * the same place, the cells of both are kept, first mine, then theirs. Pure.
 */
import { diff3Merge } from 'node-diff3'
import { freeName } from './editing.ts'
import { cellLines, type EditCell, type EditText } from './editing-text.ts'

export interface Merged {
  text: EditText
  /** Both changed the same place: a person should choose. */
  conflict: boolean
}

export function mergeTexts(base: EditText, mine: EditText, theirs: EditText): Merged {
  const head = mergeHeads(base.head, mine.head, theirs.head)
  // Cells of equal text are the same one, wherever they come from.
  const known = new Map<string, EditCell>()
  const toTexts = ({ cells }: EditText) =>
    cells.map(cell => {
      const text = cellLines(cell).join('\n')
      if (!known.has(text)) known.set(text, cell)
      return text
    })
  const [a, o, b] = [mine, base, theirs].map(toTexts)
  const mineByText = new Map(mine.cells.map(cell => [cellLines(cell).join('\n'), cell]))
  let conflict = head.conflict
  const cells: EditCell[] = []
  let key = Math.max(0, ...[base, mine, theirs].flatMap(({ cells }) => cells.map(cell => cell.key))) + 1
  const add = (text: string) => {
    const cell = mineByText.get(text) ?? known.get(text)!
    const used = cells.some(other => other.key === cell.key)
    const foreign = !mineByText.has(text)
    const name =
      cell.name !== '' && cells.some(other => other.name === cell.name)
        ? freeName(cell.name, [...cells, ...mine.cells, ...theirs.cells])
        : cell.name
    cells.push({ ...cell, name, ...((used || foreign) && { key: key++ }) })
  }
  for (const region of diff3Merge(a!, o!, b!, { excludeFalseConflicts: true })) {
    if (region.ok) region.ok.forEach(add)
    else if (region.conflict) {
      for (const { a, o, b } of pairUp(region.conflict)) {
        if (isSame(a, o)) b.forEach(add)
        else if (isSame(b, o) || isSame(a, b)) a.forEach(add)
        else {
          conflict = true
          a.forEach(add)
          for (const text of b) if (!a.includes(text)) add(text)
        }
      }
    }
  }
  return { text: { head: head.lines, cells }, conflict }
}

const isSame = (a: readonly string[], b: readonly string[]) => a.join('\0') === b.join('\0')

interface Sides {
  a: string[]
  o: string[]
  b: string[]
}

/** Neighbours that were changed one here, one there, are no conflict: as many cells on each side are compared one by one. */
function pairUp({ a, o, b }: Sides): Sides[] {
  if (a.length !== o.length || b.length !== o.length) return [{ a, o, b }]
  return o.map((text, i) => ({ a: [a[i]!], o: [text], b: [b[i]!] }))
}

/** Front matter is taken whole from who changed it; when both did, mine stays. */
function mergeHeads(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
): { lines: readonly string[]; conflict: boolean } {
  const [o, a, b] = [base, mine, theirs].map(lines => lines.join('\n').trimEnd())
  if (a === o) return { lines: theirs, conflict: false }
  return { lines: mine, conflict: b !== o && a !== b }
}
