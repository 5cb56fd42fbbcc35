/** Whether a question is asked less than it was. */
import { compareShares } from '../lib/statistics.ts'

export interface Change {
  before_clients: number
  before_of: number
  after_clients: number
  after_of: number
}

/** Whether the share of clients asking fell beyond chance (two-sided 5 %). */
export function hasFaded({ before_clients, before_of, after_clients, after_of }: Change): boolean {
  if (before_of === 0 || after_of === 0 || after_clients / after_of >= before_clients / before_of)
    return false
  return compareShares(before_clients, before_of, after_clients, after_of) < 0.05
}
