/** The effects that were planted, with the numbers that went in and those that came out of the rows. */
import type { Demo } from './generate.ts'

export interface Effect {
  name: string
  /** What a reader of the reports should find. */
  finding: string
  planted: Record<string, number | string>
  /** What this very data holds, for comparison. */
  measured: Record<string, number>
}

/** Rounded to three digits after the point. */
const round = (value: number) => Math.round(value * 1000) / 1000

/** Effects of a company; reads all of its rows once. */
export function describeEffects(demo: Demo): Effect[] {
  return []
}
