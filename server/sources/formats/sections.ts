/**
 * A page as Markdown or HTML -> its sections by heading, as rows of kind `pages`. Before the first heading stands the
 * page's own title or nothing. `<summary>` and `<dt>` are questions.
 */
import { decodeText } from '../encoding.ts'
import { type Section, sectionsOfHtml } from '../html.ts'
import type { FileFormat, SourceItem } from '../source.ts'
import { readText } from '../transcript.ts'

function sectionsOfMarkdown(content: string): Section[] {
  const sections: Section[] = [{ heading: '', text: '', line: 1 }]
  for (const [i, line] of content.split(/\r\n|\n|\r/).entries()) {
    const heading = /^#{1,6}\s+(\S.*)$/.exec(line)?.[1]
    if (heading === undefined) sections.at(-1)!.text += `${line}\n`
    else sections.push({ heading: heading.trimEnd().replace(/\s#+$/, '').trimEnd(), text: '', line: i + 1 })
  }
  return sections
}

/** The page's own address where it gives it: a canonical link, or `url:` in the front matter of Markdown. */
function addressOf(content: string): string | null {
  const head = content.slice(0, 20_000)
  const link = /<link\b[^<>]*\brel=["']?canonical\b[^<>]*>/i.exec(head)?.[0]
  if (link) return /\bhref=["']?([^"'\s>]+)/i.exec(link)?.[1] ?? null
  return head.startsWith('---') ? (/^url:\s*(\S+)/m.exec(head.split('\n---')[0]!)?.[1] ?? null) : null
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
    const sections = html ? sectionsOfHtml(content) : sectionsOfMarkdown(content)
    const kind = /faq|вопрос/i.test(`${input.name} ${sections[1]?.heading ?? ''}`) ? 'faq' : 'landing'
    const url = addressOf(content)
    const seen = new Map<string, number>()
    for (const [position, { heading, text, line }] of sections.entries()) {
      if (text.trim() === '') continue
      const nth = (seen.get(heading) ?? 0) + 1
      seen.set(heading, nth)
      const occurrence = nth > 1 ? nth : null
      const fields = { url, heading: heading || null, text: text.trim(), kind, position, occurrence }
      const item: SourceItem = { type: 'record', line, fields }
      yield item
    }
  },
}

export default format
