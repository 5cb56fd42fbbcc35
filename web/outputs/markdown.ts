/**
 * Markdown as safe HTML: raw HTML is escaped, links lead only to web pages, mail and this site, and nothing is fetched
 * (images stay links). Headings start at the second level, since the page has its own first.
 */
import MarkdownIt from 'markdown-it'

const ADDRESS = /^(?:https?:\/\/|mailto:|#|\/(?!\/))/i

function createMarkdown() {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })
  markdown.disable('image')
  markdown.validateLink = address => ADDRESS.test(address.trim())
  markdown.core.ruler.push('headings_below_title', state => {
    for (const token of state.tokens) {
      if (!token.type.startsWith('heading_')) continue
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 1)}`
    }
  })
  markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
    const token = tokens[index]!
    if (!/^[#/]/.test(String(token.attrGet('href')))) token.attrSet('rel', 'noopener noreferrer nofollow')
    return renderer.renderToken(tokens, index, options)
  }
  return markdown
}

const markdown = createMarkdown()

/** Blocks: paragraphs, lists, headings from h2 on. */
export function markdownToHtml(text: string): string {
  return markdown.render(text)
}
