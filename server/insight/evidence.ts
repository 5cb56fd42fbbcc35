/** How much must stand behind a claim before it is shown as a finding; less, and it is listed as weak. */
export interface Evidence {
  /** Distinct clients. */
  clients: number
  /** Places in what was said. */
  spans: number
}

/** Where neither settings nor a cell say otherwise. */
export const LEAST_EVIDENCE: Evidence = { clients: 3, spans: 3 }

/** Whether too little stands behind a claim. */
export function isWeak(found: Evidence, least: Evidence): boolean {
  return found.clients < least.clients || found.spans < least.spans
}
