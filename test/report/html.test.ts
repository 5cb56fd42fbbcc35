import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Notebook } from '../../server/notebook/model.ts'
import type { RunResult } from '../../server/notebook/run.ts'
import { type ChartDrawer, createChartDrawer } from '../../server/report/chart-svg.ts'
import { type ReportOptions, renderReport } from '../../server/report/html.ts'
import { sampleRun } from './sample-run.ts'

const charts = createChartDrawer()
afterAll(() => charts.close())
const options: ReportOptions = {
  currency: 'RUB',
  generatedAt: '2026-04-01 09:12:00',
  dataTo: '2026-03-31',
  fonts: 'system',
}
const bodyOf = (page: string) => page.slice(page.indexOf('<body>'))
const wordsOf = (page: string) =>
  bodyOf(page)
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('\u00a0', '_')
    .replaceAll('\u202f', "'")
    .replace(/[ \n]+/g, ' ')

describe('a report in one file', () => {
  let page = ''
  beforeAll(async () => {
    const { notebook, run } = sampleRun()
    page = await renderReport(notebook, run, { ...options, charts })
  })

  it('asks nothing of anybody and runs nothing', () => {
    expect(page).not.toMatch(/<(?:script|link|img|iframe|object|embed|form|base)\b/)
    expect(page).not.toMatch(/\s(?:src|srcset|style|on\w+)=/)
    expect(page).not.toMatch(/url\((?!#|data:)/)
    expect(page.match(/https?:\/\/[^"< ]+/g)).toEqual(['https://example.org/rules'])
  })

  it('says so in its content policy, whose hash is that of its style sheet', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; font-src data:; base-uri 'none'; form-action 'none'">`,
    )
    expect(style).toContain('--paper:light-dark(#fbfaf7,#16181a)')
    expect(style).not.toContain('/*')
  })

  it('opens with title, description and what was chosen, then the first finding', () => {
    expect(page).toContain('<html lang="ru">')
    expect(page).toContain('<title>Окна и балконы: обзор квартала</title>')
    expect(wordsOf(page)).toMatch(
      /^ Окна и балконы: обзор квартала Что спрашивают и ценят клиенты, кто из них покупает и во сколько обходится\. Период 1_янв_2026 – 31_мар_2026 Источник все 2_части отчёта посчитать не удалось: место и причина — ниже\. Главное за квартал /,
    )
  })

  it('shows every block: what failed says what, where and how to mend it', () => {
    const words = wordsOf(page)
    expect(words).toContain('Выручка 34,8 млн ₽ (+20 % к прошлому периоду)')
    expect(words).toContain(
      'Эту часть не удалось посчитать There is no column “revenu” in deals Did you mean revenue? Строка 48, столбец 12 файла',
    )
    expect(words).toContain('Не посчитано: нужен результат «broken», а там ошибка.')
  })

  it('draws each chart in two widths with its words for screen readers', () => {
    expect(page.match(/<svg [^>]*class="vb-svg vb-svg--wide"/g)).toHaveLength(6)
    expect(page.match(/<svg [^>]*class="vb-svg vb-svg--narrow"/g)).toHaveLength(6)
    expect(page).toContain('<p class="vb-hidden">Лиды из поиска растут, из соцсетей падают.</p>')
  })

  it('ends with when it was made, what is masked and what made it', () => {
    expect(wordsOf(page)).toMatch(
      /Слова из разговоров не скрыты: не передавайте отчёт дальше\. Составлен 1_апр_2026, 09:12, данные по 31_мар_2026\. Сделано в Verbatim $/,
    )
  })

  it('is small', () => {
    expect(gzipSync(page).length).toBeLessThan(16_000)
  })
})

describe('its options', () => {
  const blank: ChartDrawer = { draw: async () => '<svg/>', close: async () => {} }

  it('embeds the faces that its characters need, and the code face only for code', async () => {
    const { notebook, run } = sampleRun()
    const page = await renderReport(notebook, run, { ...options, fonts: 'embed', charts: blank })
    const faces = [
      ...page.matchAll(/font-family:["']?([\w ]+)["']?;[^}]*?src:url\(data:font\/woff2;base64,/g),
    ]
    expect(faces.map(face => face[1])).toEqual([
      'Golos Text',
      'Golos Text',
      'Golos Text',
      'Literata',
      'Literata',
    ])
    expect(page.length).toBeLessThan(330_000)
  })

  it('masks words of the data everywhere and says so', async () => {
    const { notebook, run } = sampleRun()
    const seen: string[] = []
    const drawer: ChartDrawer = {
      draw: async spec => {
        seen.push(JSON.stringify(spec))
        return '<svg/>'
      },
      close: async () => {},
    }
    const mask = (text: string) => text.replaceAll('монтаж', '[×]')
    const page = await renderReport(notebook, run, { ...options, mask, charts: drawer })
    expect(`${bodyOf(page)}${seen.join()}`).not.toContain('монтаж')
    expect(bodyOf(page)).toContain('а [×] входит в эту цену')
    expect(wordsOf(page)).toContain('Личные данные скрыты')
  })

  it('says why a chart is missing, and shows the rest', async () => {
    const { notebook, run } = sampleRun()
    const broken: ChartDrawer = {
      draw: () => Promise.reject(new Error('/secret/path')),
      close: async () => {},
    }
    const words = wordsOf(await renderReport(notebook, run, { ...options, charts: broken }))
    expect(words).toContain('График не удалось построить. Числа — в таблице под ним.')
    expect(words).not.toContain('secret')
    expect(words).toContain('Таблица (5_строк)')
  })

  it('would see an element or attribute that came in', () => {
    const { tags, attributes } = markupOf('<p title="<i>">a</p><img src=x onerror=y><!-- -->')
    expect(tags).toEqual(['p', 'p', 'img', '!'])
    expect(attributes).toEqual(expect.arrayContaining(['title', 'src', 'onerror']))
  })

  it('never lets a text become an element or an attribute', async () => {
    const spice = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onmouseover='alert(1)",
      '</style><script>alert(1)</script>',
      '<!--',
      '-->',
      '<!--lit-part-->',
      '[a](javascript:alert(1))',
      '[a](https://x.example "t" onclick=1)',
      '<svg onload=alert(1)>',
      '`</code><b>`',
      '&lt;b&gt;',
      '\u0000\ud800',
      '{{7*7}}',
      '__proto__',
    ]
    const hostile = fc.array(fc.oneof(fc.constantFrom(...spice), fc.string()), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(hostile, async parts => {
        const { notebook, run } = poison(parts.join(''))
        const page = await renderReport(notebook, run, { ...options, charts: blank })
        const { tags, attributes } = markupOf(bodyOf(page))
        expect(tags.filter(tag => !TAGS.has(tag))).toEqual([])
        expect(attributes.filter(name => !ATTRIBUTES.has(name))).toEqual([])
        expect(page.match(/<title>/g)).toHaveLength(1)
        expect(page.match(/href="(?!https?:|mailto:|[#/])/g)).toBeNull()
      }),
      { numRuns: 40 },
    )
  })
})

const TAGS = new Set(
  'body main header footer section h1 h2 h3 h4 h5 h6 p dl dt dd div figure figcaption blockquote ul ol li details summary table caption thead tbody tr th td span strong em b a code pre svg path circle hr br html'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set(
  'class role tabindex scope title href rel aria-label aria-hidden viewbox viewBox width height d cx cy r start'.split(
    ' ',
  ),
)

/** Names of tags and attributes as a browser would read them: quoted values are skipped, comments are tags of their own. */
function markupOf(html: string): { tags: string[]; attributes: string[] } {
  const tags: string[] = []
  const attributes: string[] = []
  for (const [, comment, tag, rest] of html.matchAll(
    /<(?:(!)|\/?([a-z][\w-]*))((?:[^>"']|"[^"]*"|'[^']*')*)>?/gi,
  )) {
    if (comment) tags.push('!')
    else tags.push(tag!.toLowerCase())
    for (const [, name] of (rest ?? '').matchAll(/([^\s"'<>/=]+)(?:="[^"]*"|='[^']*')?/g))
      attributes.push(name!)
  }
  return { tags, attributes }
}

/** Keys whose values the program chooses from its own lists. */
const OWN = new Set([
  'type',
  'role',
  'kind',
  'format',
  'state',
  'language',
  'speaker',
  'better',
  'currency',
  'interval',
])

/** The sample with one text in place of every other. */
function poison(text: string): { notebook: Notebook; run: RunResult } {
  const replace = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') return OWN.has(key) ? value : text
    if (Array.isArray(value)) return value.map(item => replace(item, key))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, replace(child, name)]))
  }
  const { notebook, run } = sampleRun()
  const blocks = notebook.blocks
  return {
    notebook: { ...(replace(notebook) as Notebook), blocks },
    run: {
      inputs: { [text]: text },
      choices: {},
      outcomes: new Map([...run.outcomes].map(([id, outcome]) => [id, replace(outcome) as typeof outcome])),
    },
  }
}
