/**
 * Spend -> segments: what a (source, campaign) cost is shared over the leads that it brought, by the finest key that both
 * sides have. What brought no lead is nobody's and stays apart, so that the parts add up to the total to the kopeck.
 */
export interface SpendKey {
  source: string | null
  campaign: string | null
  /** In kopecks, whole. */
  cost: number
}

export interface LeadKey {
  segment: string | null
  source: string | null
  campaign: string | null
  leads: number
}

export interface Attribution {
  /** Kopecks by segment. */
  bySegment: Map<string | null, number>
  /** Kopecks of spend that no lead answers for. */
  unattributed: number
}

const keyOf = (source: string | null, campaign: string | null) => JSON.stringify([source, campaign])

/** Shares spend over segments; sums are exact. */
export function attributeSpend(spend: readonly SpendKey[], leads: readonly LeadKey[]): Attribution {
  const exact = new Map<string, LeadKey[]>()
  const bySource = new Map<string | null, LeadKey[]>()
  for (const lead of leads) {
    if (lead.leads <= 0) continue
    const key = keyOf(lead.source, lead.campaign)
    exact.set(key, [...(exact.get(key) ?? []), lead])
    bySource.set(lead.source, [...(bySource.get(lead.source) ?? []), lead])
  }
  const result: Attribution = { bySegment: new Map(), unattributed: 0 }
  for (const { source, campaign, cost } of spend) {
    const brought =
      (campaign === null ? undefined : exact.get(keyOf(source, campaign))) ?? bySource.get(source)
    if (!brought) {
      result.unattributed += cost
      continue
    }
    const parts = shareOut(
      cost,
      brought.map(lead => lead.leads),
    )
    brought.forEach((lead, i) => {
      result.bySegment.set(lead.segment, (result.bySegment.get(lead.segment) ?? 0) + parts[i]!)
    })
  }
  return result
}

/** Whole parts of a whole amount in proportion to weights, adding up to it (largest remainders, Hamilton's method). */
export function shareOut(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const exact = weights.map(weight => (amount * weight) / total)
  const parts = exact.map(Math.floor)
  const left = amount - parts.reduce((sum, part) => sum + part, 0)
  const order = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
  for (let n = 0; n < left; n++) parts[order[n % order.length]!.i]!++
  return parts
}
