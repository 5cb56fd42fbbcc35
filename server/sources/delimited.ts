/** Text of tables with delimiters (RFC 4180, and what people have): which delimiter, and a line's fields. */

/** The delimiter that most of the first lines agree on, or null when none parts them. */
export function sniffDelimiter(head: string): string | null {
  const lines = head.split(/\r\n|\n|\r/, 40).filter(line => line !== '')
  let best: { delimiter: string; score: number } | null = null
  for (const delimiter of ['\t', ';', ',']) {
    const agreeing = new Map<number, number>()
    for (const line of lines) {
      const count = line.replace(/"(?:[^"]|"")*"/g, '').split(delimiter).length - 1
      if (count > 0) agreeing.set(count, (agreeing.get(count) ?? 0) + 1)
    }
    // A preamble and totals have fewer parts, a line with a stray delimiter more.
    const score = Math.max(0, ...[...agreeing].map(([count, n]) => n * Math.log2(count + 1)))
    if (score > 0 && (best === null || score > best.score)) best = { delimiter, score }
  }
  return best?.delimiter ?? null
}

/** A record read so far. */
export interface Fields {
  fields: string[]
  /** Text of the quoted field that is still open at the line's end; null when the record is whole. */
  open: string | null
  /** Something stands between a closing quote and the delimiter: «"Окно" белое». It is kept. */
  stray: boolean
}

/** The fields of a line; with `before`, of the line that goes on with a record whose quoted field was open. */
export function splitLine(line: string, delimiter: string, before?: Fields): Fields {
  if (!before && !line.includes('"')) return { fields: line.split(delimiter), open: null, stray: false }
  const fields = before?.fields ?? []
  let stray = before?.stray ?? false
  let quoted = before?.open === undefined || before.open === null ? null : `${before.open}\n`
  let at = 0
  for (;;) {
    if (quoted === null && line[at] === '"') {
      quoted = ''
      at++
    }
    let next: number
    if (quoted === null) {
      next = line.indexOf(delimiter, at)
      fields.push(line.slice(at, next === -1 ? undefined : next))
    } else {
      for (;;) {
        const quote = line.indexOf('"', at)
        if (quote === -1) return { fields, open: quoted + line.slice(at), stray }
        quoted += line.slice(at, quote)
        at = quote + 1
        if (line[at] !== '"') break
        quoted += '"'
        at++
      }
      next = line.indexOf(delimiter, at)
      const rest = line.slice(at, next === -1 ? undefined : next)
      if (rest.trim() !== '') {
        stray = true
        quoted += rest
      }
      fields.push(quoted)
      quoted = null
    }
    if (next === -1) return { fields, open: null, stray }
    at = next + 1
  }
}
