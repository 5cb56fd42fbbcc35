/** A group's name: the most central of its texts that is short and whole, as a client said it. */

/** Words of a good name: fewer say too little, more are a story. */
const LEAST = 3
const MOST = 12

export interface Candidate {
  text: string
  /** Likeness to the group, and how many clients said just this. */
  score: number
  clients: number
}

/** The text that names a group best; candidates must not be empty. */
export function chooseLabel(candidates: readonly Candidate[]): string {
  const rank = ({ text, score, clients }: Candidate) => {
    const words = text.trim().split(/\s+/).length
    const length = words < LEAST ? (words / LEAST) * 0.6 : words <= MOST ? 1 : MOST / words
    const clean = /^(?:ну|э|это самое|короче|um|uh)\b|<|\d{3}/i.test(text) ? 0.7 : 1
    return score * length * clean * (1 + 0.05 * Math.log(clients))
  }
  return candidates.reduce((best, candidate) => (rank(candidate) > rank(best) ? candidate : best)).text.trim()
}
