/**
 * A page as Markdown or HTML -> its sections by heading, as rows of kind `pages`. Before the first heading stands the
 * page's own title or nothing. `<script>` and `<style>` say nothing to a visitor; `<summary>` and `<dt>` are questions.
 */
import { decodeText } from '../encoding.ts'
import type { FileFormat, SourceItem } from '../source.ts'
import { readText } from '../transcript.ts'

interface Section {
  heading: string
  text: string
  line: number
}

function fromMarkdown(content: string): Section[] {
  const sections: Section[] = [{ heading: '', text: '', line: 1 }]
  for (const [i, line] of content.split(/\r\n|\n|\r/).entries()) {
    const heading = /^#{1,6}\s+(.+?)\s*#*\s*$/.exec(line)?.[1]
    if (heading !== undefined) sections.push({ heading, text: '', line: i + 1 })
    else sections.at(-1)!.text += `${line}\n`
  }
  return sections
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  laquo: '«',
  raquo: '»',
  mdash: '—',
  ndash: '–',
}

function plain(html: string): string {
  return html
    .replace(/<(?:br|\/p|\/li|\/div)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#(\d+)|([a-z]+));/gi, (whole, code: string | undefined, name: string) =>
      code === undefined
        ? (ENTITIES[name.toLowerCase()] ?? whole)
        : String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
    )
    .replace(/[ \t\u00a0]+/g, ' ')
    .trim()
}

function fromHtml(content: string): Section[] {
  const body = content.replace(/<!--[\s\S]*?-->|<(script|style|noscript|head)\b[\s\S]*?<\/\1>/gi, ' ')
  const sections: Section[] = [{ heading: '', text: '', line: 1 }]
  let at = 0
  for (const match of body.matchAll(/<(h[1-6]|summary|dt)\b[^>]*>([\s\S]*?)<\/\1>/gi)) {
    sections.at(-1)!.text += body.slice(at, match.index)
    sections.push({
      heading: plain(match[2]!),
      text: '',
      line: body.slice(0, match.index).split('\n').length,
    })
    at = match.index + match[0].length
  }
  sections.at(-1)!.text += body.slice(at)
  return sections.map(section => ({ ...section, text: plain(section.text) }))
}

const format: FileFormat = {
  name: 'sections',
  endings: ['.md', '.markdown', '.html', '.htm'],
  recognise: input => {
    if (!/\.(?:md|markdown|html?)$/i.test(input.name)) return 0
    return /^#{1,6}\s|<h[1-6]\b/im.test(decodeText(input.head)) ? 0.8 : 0.2
  },
  async *read(input) {
    const content = await readText(input)
    const html = /\.html?$/i.test(input.name)
    const sections = html ? fromHtml(content) : fromMarkdown(content)
    const kind = /faq|вопрос/i.test(`${input.name} ${sections[1]?.heading ?? ''}`) ? 'faq' : 'landing'
    for (const [position, { heading, text, line }] of sections.entries()) {
      if (text.trim() === '') continue
      const item: SourceItem = {
        type: 'record',
        line,
        fields: { heading: heading || null, text: text.trim(), kind, position },
      }
      yield item
    }
  },
}

export default format
