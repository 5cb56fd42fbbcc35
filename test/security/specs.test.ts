/** Notebooks, specs and texts of users: nothing in them runs, calls out, or reads a file. */
import { describe, expect, it } from 'vitest'
import { toErrorShape, VerbatimError } from '../../server/errors.ts'
import type { CellContext } from '../../server/notebook/cell.ts'
import chart from '../../server/notebook/cells/chart.ts'
import { parseNotebook } from '../../server/notebook/format.ts'
import { parseOptions } from '../../server/notebook/yaml-body.ts'
import { markdownToHtml } from '../../web/outputs/markdown.ts'

const rows = { columns: [{ name: 'n', type: 'number' }], rows: [[1]] }
const context = { language: 'en', tables: new Map([['top', rows]]) } as unknown as CellContext

describe('a hostile chart', () => {
  it.each([
    'data: { url: "https://evil.example/x.csv" }',
    'data: { url: "file:///etc/passwd" }',
    'data: { values: [1], format: { type: csv } }',
    'data: [1, 2]',
    'data: missing',
    'data: top\nlayer: [{ data: { url: "//evil.example" }, mark: bar }]',
    'data: top\nhconcat: [{ data: { url: data.json }, mark: bar }]',
    'data: top\nspec: { data: { url: "http://169.254.169.254/" } }',
    'data: top\ntransform: [{ lookup: n, from: { data: { url: "https://evil.example" }, key: n } }]',
    'data: top\ndatasets: { x: [1] }',
    'data: top\nlayer: [{ data: { sequence: { start: 0, stop: 1000000000 } }, mark: bar }]',
    'data: top\nmark: image',
    'data: top\nmark: { type: image }',
    'data: top\nmark: { type: image, url: "https://evil.example/x.png" }',
    'data: top\nmark: { type: text, href: "javascript:alert(1)" }',
    'data: top\nencoding: { href: { field: n } }',
    'data: top\nencoding: { url: { field: n } }',
    'data: top\nparams: [{ name: x, expr: "fetch(1)" }]',
    'data: top\nmark: { type: bar, fill: { expr: "1" } }',
    'data: top\nmark: { type: bar, opacity: { signal: "1" } }',
    'data: top\nsignals: [{ name: x }]',
    'data: top\nusermeta: { embedOptions: { loader: { target: _top }, ast: false } }',
    'data: top\nconfig: { signals: [] }',
    'data: top\nencoding: { x: { field: n, axis: { labelExpr: "1", title: { signal: "1" } } } }',
    'data: *x',
    'data: top\n<<: *x',
    'data: &a [*a]',
    `a: &a [${'x,'.repeat(9)}x]\nb: &b [${'*a,'.repeat(9)}*a]\nc: &c [${'*b,'.repeat(9)}*b]\ndata: top\nd: [${'*c,'.repeat(9)}*c]`,
    'data: !!js/function "function () {}"\nmark: [',
    'data: :nowhere',
    'data: "unclosed',
    '\t- data',
    '[]',
    '42',
    '',
  ])('%s', async body => {
    const refused = await Promise.resolve()
      .then(() => chart.run(parseOptions(chart, body, new Map()), context))
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(VerbatimError)
    expect(toErrorShape(refused)).toMatchObject({
      code: expect.stringMatching(/^(?:notebook|limit|bad_input)$/),
    })
  })
})

describe('hostile Markdown', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<iframe src="https://evil.example"></iframe>',
    '<svg onload=alert(1)>',
    '<style>@import "https://evil.example"</style>',
    '<a href="javascript:alert(1)">x</a>',
    '<base href="https://evil.example">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '![x](https://evil.example/x.png)',
    '![x](javascript:alert(1))',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](  javascript:alert(1))',
    '[x](java\nscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](javascript&colon;alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '[x](//evil.example)',
    '[x](\\\\evil.example)',
    '<javascript:alert(1)>',
    '[x]: javascript:alert(1)\n\n[x]',
    '[x](https://a "onmouseover=alert(1) x=")',
    '[x](https://a"onmouseover="alert(1))',
    '`<script>`{=html}',
    '```html\n<script>alert(1)</script>\n```',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '**<b onclick=alert(1)>x</b>**',
    '# <script>x</script>',
  ])('%s', text => {
    const html = markdownToHtml(text)
    expect(html).not.toMatch(/<(?:script|img|iframe|svg|style|base|meta|object|embed|form|link)\b/i)
    expect(html).not.toMatch(/<[^>]+\son\w+\s*=/i)
    for (const [, address] of html.matchAll(/href="([^"]*)"/g))
      expect(address).toMatch(/^(?:https?:|mailto:|#|\/(?!\/))/)
  })
})

describe('a hostile notebook', () => {
  it.each([
    '---\n<<: *x\n---\n',
    '---\ntitle: [\n---\n',
    `---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(30)}]\nc: &c [${'*b,'.repeat(30)}]\ntitle: [${'*c,'.repeat(30)}]\n---\n`,
    '---\ninputs: { x: { type: shell } }\n---\n',
    '---\ninputs: { x: { type: text, default: &a [*a] } }\n---\n',
    '---\nlanguage: xx\n---\n',
    '---\ntitle: !!binary x\ninputs: 1\n---\n',
    '```sql 1x\nselect 1\n```',
    '```sql a\nselect 1\n```\n\n```sql a\nselect 2\n```',
  ])('%s', text => {
    const { errors } = parseNotebook(text, new Set(['sql', 'chart']))
    expect(errors.length).toBeGreaterThan(0)
    expect(({} as Record<string, unknown>).type).toBeUndefined()
  })
})
