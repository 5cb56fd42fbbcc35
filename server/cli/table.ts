/** Rows in columns for a terminal: numbers to the right, long texts cut. */
const MAX_WIDTH = 60

export function toTextTable(
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const texts = rows.map(row => row.map(value => cut(value === null ? '' : String(value))))
  const widths = columns.map((name, i) => Math.max(name.length, ...texts.map(row => row[i]?.length ?? 0)))
  const isNumber = columns.map(
    (_, i) => rows.length > 0 && rows.every(row => row[i] === null || typeof row[i] === 'number'),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((text, i) => (isNumber[i] ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd()
  return [line(columns), line(widths.map(width => '-'.repeat(width))), ...texts.map(line)].join('\n')
}

function cut(text: string): string {
  const flat = text.replace(/[\r\n\t]+/g, ' ')
  return flat.length > MAX_WIDTH ? `${flat.slice(0, MAX_WIDTH - 1)}…` : flat
}
