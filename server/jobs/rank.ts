/** Likeness to a question, for cells: mining's own, loaded when it is first asked for. */
import type { CellContext } from '../notebook/cell.ts'

export const rank: CellContext['rank'] = async (question, texts) => {
  const { rankTexts } = await import('../mining/rank.ts')
  return rankTexts(question, texts)
}
