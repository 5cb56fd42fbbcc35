/**
 * The two steps of expectation and maximisation over rows of categorical values, made fast for rows of which most say the
 * usual: a variable that has one value in more than half of the rows costs only the rows that differ. Pure.
 */
export interface Categories {
  /** Rows. */
  n: number
  /** How many values each variable can take. */
  levels: readonly number[]
  /** n × levels.length, row by row: which value, or -1 where it is not known. */
  codes: Int8Array | Int16Array
}

/** Rows laid out for many passes. A slot is one value of one variable, numbered through. */
export interface LatentRows {
  n: number
  levels: readonly number[]
  /** First slot of each variable, and one more: how many there are. */
  offsets: Int32Array
  /** The usual slot of each variable, or -1 where no value is that frequent. */
  usual: Int32Array
  /** Row i says `slots[starts[i]] … slots[starts[i + 1] - 1]` besides what is usual. */
  starts: Int32Array
  slots: Int32Array
  /** Which of `patterns` each row has: the variables with a usual value that are known of it. */
  patternOf: Int32Array
  patterns: number[][]
}

/** Share of rows from which on a value counts as usual. */
const USUAL = 0.5

/** Lays rows out. */
export function layOut({ n, levels, codes }: Categories): LatentRows {
  const m = levels.length
  const offsets = new Int32Array(m + 1)
  for (let v = 0; v < m; v++) offsets[v + 1] = offsets[v]! + levels[v]!
  const counts = new Int32Array(offsets[m]!)
  for (let i = 0, at = 0; i < n; i++)
    for (let v = 0; v < m; v++, at++) if (codes[at]! >= 0) counts[offsets[v]! + codes[at]!]!++
  const usual = new Int32Array(m).fill(-1)
  for (let v = 0; v < m; v++)
    for (let slot = offsets[v]!; slot < offsets[v + 1]!; slot++)
      if (counts[slot]! > n * USUAL) usual[v] = slot
  const starts = new Int32Array(n + 1)
  const slots = new Int32Array(codes.length)
  const patternOf = new Int32Array(n)
  const patterns: number[][] = []
  const numbers = new Map<string, number>()
  let end = 0
  for (let i = 0; i < n; i++) {
    let key = ''
    for (let v = 0; v < m; v++) {
      const code = codes[i * m + v]!
      if (usual[v] !== -1) key += code < 0 ? '0' : '1'
      if (code >= 0 && offsets[v]! + code !== usual[v]) slots[end++] = offsets[v]! + code
    }
    starts[i + 1] = end
    let number = numbers.get(key)
    if (number === undefined) {
      number = patterns.length
      numbers.set(key, number)
      patterns.push([...levels.keys()].filter(v => usual[v] !== -1 && codes[i * m + v]! >= 0))
    }
    patternOf[i] = number
  }
  return { n, levels, offsets, usual, starts, slots: slots.slice(0, end), patternOf, patterns }
}

/** Fills `row` (k long, summing to 1) with how much row i belongs to each class. */
export type Belonging = (i: number, row: Float64Array) => void

/** What a class model says, as `expect` needs it: logs by slot, those of usual values taken out beforehand. */
export function createExpectation(
  rows: LatentRows,
  k: number,
  shares: ArrayLike<number>,
  given: ArrayLike<number>,
): { belonging: Belonging; logLikelihood(): number } {
  const { offsets, usual, starts, slots, patternOf, patterns } = rows
  const logs = new Float64Array(given.length)
  for (let v = 0; v < rows.levels.length; v++)
    for (let slot = offsets[v]!; slot < offsets[v + 1]!; slot++)
      for (let c = 0; c < k; c++) {
        const base = usual[v] === -1 ? 1 : given[usual[v]! * k + c]!
        logs[slot * k + c] = Math.log(given[slot * k + c]! / base)
      }
  const bases = patterns.map(known =>
    Float64Array.from({ length: k }, (_, c) =>
      known.reduce((sum, v) => sum + Math.log(given[usual[v]! * k + c]!), Math.log(shares[c]!)),
    ),
  )
  let total = 0
  const belonging: Belonging = (i, row) => {
    const base = bases[patternOf[i]!]!
    for (let c = 0; c < k; c++) row[c] = base[c]!
    const end = starts[i + 1]!
    for (let at = starts[i]!; at < end; at++) {
      const from = slots[at]! * k
      for (let c = 0; c < k; c++) row[c]! += logs[from + c]!
    }
    let top = row[0]!
    for (let c = 1; c < k; c++) if (row[c]! > top) top = row[c]!
    let sum = 0
    for (let c = 0; c < k; c++) {
      const weight = Math.exp(row[c]! - top)
      row[c] = weight
      sum += weight
    }
    for (let c = 0; c < k; c++) row[c]! /= sum
    total += top + Math.log(sum)
  }
  return { belonging, logLikelihood: () => total }
}

/** Adds up how rows belong: `sizes` by class and `counts` by slot × class. */
export function addUp(
  rows: LatentRows,
  k: number,
  belonging: Belonging,
): { sizes: Float64Array; counts: Float64Array } {
  const { n, offsets, usual, starts, slots, patternOf, patterns, levels } = rows
  const counts = new Float64Array(offsets[levels.length]! * k)
  const byPattern = patterns.map(() => new Float64Array(k))
  const sizes = new Float64Array(k)
  const row = new Float64Array(k)
  for (let i = 0; i < n; i++) {
    belonging(i, row)
    const own = byPattern[patternOf[i]!]!
    for (let c = 0; c < k; c++) own[c]! += row[c]!
    const end = starts[i + 1]!
    for (let at = starts[i]!; at < end; at++) {
      const from = slots[at]! * k
      for (let c = 0; c < k; c++) counts[from + c]! += row[c]!
    }
  }
  for (const [at, known] of patterns.entries()) {
    for (let c = 0; c < k; c++) sizes[c]! += byPattern[at]![c]!
    for (const v of known) for (let c = 0; c < k; c++) counts[usual[v]! * k + c]! += byPattern[at]![c]!
  }
  // Who said something else did not say the usual.
  for (let v = 0; v < levels.length; v++) {
    if (usual[v] === -1) continue
    for (let slot = offsets[v]!; slot < offsets[v + 1]!; slot++)
      if (slot !== usual[v]) for (let c = 0; c < k; c++) counts[usual[v]! * k + c]! -= counts[slot * k + c]!
  }
  return { sizes, counts }
}
