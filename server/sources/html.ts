/**
 * What a visitor reads on a page, by heading. One pass from tag to tag: damaged pages with tags never closed cost no
 * more time than whole ones. As browsers do, a comment or script that is never closed runs to the end.
 */
export interface Section {
  heading: string
  text: string
  /** From 1. */
  line: number
}

/** Elements whose content is not read by a visitor. */
const UNSEEN = /^(?:script|style|noscript|template|svg)$/
const HEADING = /^(?:h[1-6]|summary|dt)$/
const BREAK = /^(?:br|p|li|div|tr|dd|details|section|article|ul|ol|table)$/

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  laquo: '«',
  raquo: '»',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  rub: '₽',
}

function decode(text: string): string {
  return text.replace(/&(?:#(x?)([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, hex, code, name) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
    const point = Number.parseInt(code, hex ? 16 : 10)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ''
  })
}

const tidy = (text: string) =>
  decode(text)
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()

/** The sections of an HTML page; before the first heading stands what has none. */
export function sectionsOfHtml(html: string): Section[] {
  const lower = html.toLowerCase()
  const lineAt = createLineCounter(html)
  const sections: Section[] = [{ heading: '', text: '', line: 1 }]
  /** The heading's element while its words are read. */
  let open: string | null = null
  let hidden = false
  const say = (text: string) => {
    if (!hidden) sections.at(-1)![open === null ? 'text' : 'heading'] += text
  }
  const after = (text: string, from: number) => {
    const found = lower.indexOf(text, from)
    return found === -1 ? html.length : found + text.length
  }
  const lastEnd = html.lastIndexOf('>')
  let at = 0
  while (at < html.length) {
    const start = html.indexOf('<', at)
    say(html.slice(at, start === -1 ? undefined : start).replace(/\s+/g, ' '))
    if (start === -1) break
    const tag = /^<(\/?)([a-z][a-z0-9]*)/.exec(lower.slice(start, start + 20))
    if (lower.startsWith('<!', start) || lower.startsWith('<?', start)) {
      at = after(lower.startsWith('<!--', start) ? '-->' : '>', start)
      continue
    }
    if (!tag || start > lastEnd) {
      // A sign of less, no tag.
      say('<')
      at = start + 1
      continue
    }
    const [, slash, name] = tag as unknown as [string, string, string]
    at = after('>', start)
    if (slash === '' && UNSEEN.test(name)) at = after('>', after(`</${name}`, at))
    else if (name === 'head') hidden = slash === ''
    else if (name === 'body') hidden = false
    else if (HEADING.test(name) && slash === '') {
      sections.push({ heading: '', text: '', line: lineAt(start) })
      open = name
    } else if (name === open) open = null
    else say(BREAK.test(name) ? '\n' : ' ')
  }
  return sections.map(({ heading, text, line }) => ({
    heading: tidy(heading).replaceAll('\n', ' '),
    text: tidy(text),
    line,
  }))
}

/** Line numbers, from 1, of places asked for in rising order. */
function createLineCounter(text: string): (place: number) => number {
  let line = 1
  let next = text.indexOf('\n')
  return place => {
    for (; next !== -1 && next < place; next = text.indexOf('\n', next + 1)) line++
    return line
  }
}
