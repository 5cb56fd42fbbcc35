/**
 * A notebook's text cut into what is before the first cell and the cells, and put together again. What was not edited
 * comes back as it was written, to the comments in the front matter and the blank lines. Pure.
 */
import type { Block } from '../../server/api/contract.ts'

export interface EditCell {
  /** Its own as long as the notebook is being edited. */
  key: number
  /** A cell kind, or `markdown`. */
  kind: string
  /** Empty for prose and for cells without one. */
  name: string
  body: string
  /** The fence's first line as it was written; null for prose. Kept while kind and name are what it says. */
  fence: string | null
  /** Lines between this cell and the next one, or the end. */
  gap: readonly string[]
}

export interface EditText {
  /** Lines before the first cell: the front matter. */
  head: readonly string[]
  cells: readonly EditCell[]
}

/** Cuts a text at the blocks that the server found in it; keys count up from `firstKey`. */
export function splitText(text: string, blocks: readonly Block[], firstKey = 1): EditText {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const places = blocks.map(block => {
    const prose = block.kind === 'markdown'
    const from = block.line - 1
    const height = prose || block.body !== '' ? block.body.split('\n').length : isFence(lines[from]) ? 0 : 1
    return { block, start: prose ? from : from - 1, end: from + height + (prose ? 0 : 1) }
  })
  const cells = places.map(({ block, start, end }, i): EditCell => {
    const next = places[i + 1]?.start ?? lines.length
    return {
      key: firstKey + i,
      kind: block.kind,
      name: block.name ?? '',
      body: block.body,
      fence: block.kind === 'markdown' ? null : lines[start]!,
      gap: lines.slice(Math.min(end, next), next),
    }
  })
  return { head: lines.slice(0, places[0]?.start ?? lines.length), cells }
}

const isFence = (line: string | undefined) => /^ {0,3}(?:`{3,}|~{3,})\s*$/.test(line ?? '')

/** The lines of one cell as they stand in the file, without what follows it. Prose without words has none. */
export function cellLines(cell: EditCell): string[] {
  if (cell.kind === 'markdown') return cell.body.trim() === '' ? [] : cell.body.split('\n')
  const written = /^ {0,3}(`{3,}|~{3,})\s*(\S*)\s*(\S*)/.exec(cell.fence ?? '')
  const [, mark = '```', kind, name = ''] = written ?? []
  // A fence within the body must not close it.
  const inside = [...cell.body.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)]
    .map(match => match[1]!)
    .filter(found => found[0] === mark[0])
  const length = Math.max(mark.length, ...inside.map(found => found.length + 1))
  const fence = mark[0]!.repeat(length)
  const same = kind === cell.kind && (name === cell.name || cell.name === '') && length === mark.length
  const open = same && (cell.name !== '' || name === '' || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
  return [
    open ? cell.fence! : `${fence}${cell.kind}${cell.name === '' ? '' : ` ${cell.name}`}`,
    ...(cell.body === '' ? [] : cell.body.split('\n')),
    fence,
  ]
}

/** Whether two texts print the same. Cells that are the same object are not looked into. */
export function isSameText(a: EditText, b: EditText): boolean {
  if (a === b) return true
  const same =
    a.cells.length === b.cells.length &&
    a.cells.every((cell, i) => {
      const other = b.cells[i]!
      return (
        cell === other ||
        (cell.body === other.body &&
          cell.kind === other.kind &&
          cell.name === other.name &&
          cell.fence === other.fence &&
          cell.gap.join('\n') === other.gap.join('\n'))
      )
    })
  if (same && (a.head === b.head || a.head.join('\n') === b.head.join('\n'))) return true
  return printText(a).text === printText(b).text
}

/** The text, and the line (from 1) on which each cell's body begins; null for prose without words. */
export function printText({ head, cells }: EditText): { text: string; lines: Map<number, number | null> } {
  const all = [...head]
  let before = ''
  const lines = new Map<number, number | null>()
  for (const cell of cells) {
    const own = cellLines(cell)
    if (own.length === 0) {
      lines.set(cell.key, null)
      continue
    }
    // Prose right after prose would be one paragraph with it.
    if (before === 'markdown' && cell.kind === 'markdown' && all.at(-1)!.trim() !== '') all.push('')
    before = cell.kind
    lines.set(cell.key, all.length + (cell.kind === 'markdown' ? 1 : 2))
    all.push(...own, ...cell.gap)
  }
  return { text: all.join('\n'), lines }
}

/** Ids of cells as the server gives them: the name, or kind and number among those without one. */
export function cellIds(cells: readonly EditCell[]): Map<number, string> {
  const numbers = new Map<string, number>()
  const names = new Set<string>()
  const ids = new Map<number, string>()
  for (const { key, kind, name, body } of cells) {
    if (kind === 'markdown' && body.trim() === '') continue
    const free = kind !== 'markdown' && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !names.has(name)
    if (free) names.add(name)
    const stem = kind === 'markdown' ? 'text' : kind
    if (!free) numbers.set(stem, (numbers.get(stem) ?? 0) + 1)
    ids.set(key, free ? name : `${stem}-${numbers.get(stem)}`)
  }
  return ids
}
