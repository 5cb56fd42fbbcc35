import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markdownToHtml } from '../../../web/outputs/markdown.ts'

describe('Markdown', () => {
  it('starts headings below the page’s own', () => {
    expect(markdownToHtml('# А\n\n###### Б')).toBe('<h2>А</h2>\n<h6>Б</h6>\n')
  })

  it('leads to web pages, mail and this site, and fetches nothing', () => {
    expect(markdownToHtml('[a](https://example.org)')).toBe(
      '<p><a href="https://example.org" rel="noopener noreferrer nofollow">a</a></p>\n',
    )
    expect(markdownToHtml('[a](/questions)')).toBe('<p><a href="/questions">a</a></p>\n')
    expect(markdownToHtml('![a](https://example.org/x.png)')).not.toContain('<img')
  })

  it.each([
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](&#106;avascript:alert(1))',
    '[a](data:text/html,x)',
    '[a](vbscript:x)',
    '[a](//evil.example)',
    '<javascript:alert(1)>',
    '[a]: javascript:alert(1)\n[a]',
  ])('makes no link of %s', text => {
    expect(markdownToHtml(text)).not.toContain('<a')
  })

  it('lets no tag through, whatever the text', () => {
    const spice = fc.constantFrom(
      '<script>',
      '<img src=x onerror=alert(1)>',
      '</div>',
      '<!--',
      '&lt;',
      '`',
      '**',
      '\n\n',
      '[',
      '](',
      ')',
    )
    const allowed =
      /<(?!\/?(?:p|strong|em|code|pre|a|ul|ol|li|blockquote|h[2-6]|hr|br|table|thead|tbody|tr|t[hd])[\s>/])/
    fc.assert(
      fc.property(fc.array(fc.oneof(spice, fc.string()), { maxLength: 8 }), parts => {
        const html = markdownToHtml(parts.join(''))
        expect(html).not.toMatch(allowed)
        expect(html).not.toMatch(/<[^>]*\son\w+=/)
      }),
    )
  })
})
