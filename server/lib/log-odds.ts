/**
 * Which of many things two groups of clients say unlike often: weighted log-odds with an informative Dirichlet prior, over
 * distinct clients. The prior pulls what few said towards what all say, so that small samples give wide intervals rather
 * than wild numbers. Source: Monroe, Colaresi and Quinn, “Fightin’ Words”, Political Analysis 16 (2008), §3.5.1, for
 * counts of clients who raised a thing or did not. Pure.
 */
import { falseDiscovery, normalCdf } from './statistics.ts'

export interface Contrast {
  /** Log of the odds ratio of group a against b; above 0: a says it more. */
  logOdds: number
  /** Its 95 % interval. */
  interval: [number, number]
  /** logOdds by its standard error. */
  z: number
  /** Stands when at most 5 % of all that stand may be false (Benjamini–Hochberg). */
  stands: boolean
}

/** Clients of the prior: as if so many more had spoken in each group, as all speak. */
const PRIOR = 20
const Z = 1.959964

/** A thing and the clients who raised it: `inA` of `ofA` in one group, `inB` of `ofB` in the other. */
export interface Raised {
  inA: number
  ofA: number
  inB: number
  ofB: number
}

/**
 * Contrasts of things by the clients who raised them: `a[i]` of `ofA` clients and `b[i]` of `ofB`. Same order out.
 * With an empty group every interval is wide and nothing stands.
 */
export function contrast(a: readonly number[], ofA: number, b: readonly number[], ofB: number): Contrast[] {
  return contrastEach(a.map((inA, i) => ({ inA, ofA, inB: b[i]!, ofB })))
}

/** The same for things of which unlike many clients are known; all that are given are corrected for together. */
export function contrastEach(things: readonly Raised[]): Contrast[] {
  const rows = things.map(({ inA, ofA, inB, ofB }) => {
    const all = ofA + ofB
    // Never quite 0 or 1: a thing that all or none raised still has odds.
    const share = all > 0 ? (inA + inB + 0.5) / (all + 1) : 0.5
    const [prior, rest] = [PRIOR * share, PRIOR * (1 - share)]
    const yes = [inA + prior, inB + prior] as const
    const no = [Math.max(0, ofA - inA) + rest, Math.max(0, ofB - inB) + rest] as const
    const logOdds = Math.log(yes[0] / no[0]) - Math.log(yes[1] / no[1])
    const error = Math.sqrt(1 / yes[0] + 1 / no[0] + 1 / yes[1] + 1 / no[1])
    return { logOdds, error, z: logOdds / error }
  })
  const stand = falseDiscovery(rows.map(({ z }) => 2 * (1 - normalCdf(Math.abs(z)))))
  return rows.map(({ logOdds, error, z }, i) => ({
    logOdds,
    interval: [logOdds - Z * error, logOdds + Z * error],
    z,
    stands: stand[i]! && things[i]!.ofA > 0 && things[i]!.ofB > 0,
  }))
}
