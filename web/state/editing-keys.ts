import { cellLines, type EditText } from './editing-text.ts'

/**
 * The cells of `after` with the keys that the same ones have in `before`, and with them their place on the page and what is
 * open in them. The same: of equal text, else of equal name and kind. Pure.
 */
export function keepKeys(before: EditText, after: EditText): EditText {
  const byText = new Map(before.cells.map(cell => [cellLines(cell).join('\n'), cell.key]))
  const byName = new Map(
    before.cells.flatMap(({ name, kind, key }) => (name === '' ? [] : [[`${kind} ${name}`, key] as const])),
  )
  const taken = new Set(after.cells.map(({ key }) => key))
  const cells = after.cells.map(cell => {
    const key = byText.get(cellLines(cell).join('\n')) ?? byName.get(`${cell.kind} ${cell.name}`)
    if (key === undefined || key === cell.key || taken.has(key)) return cell
    taken.add(key)
    return { ...cell, key }
  })
  return { ...after, cells }
}
