import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNotebook, printNotebook } from '../../server/notebook/format.ts'
import type { Notebook } from '../../server/notebook/model.ts'

const kinds = new Set(['sql', 'chart', 'table'])
const parse = (text: string) => parseNotebook(text, kinds)
const fence = '```'

describe('the notebook format', () => {
  it('reads front matter, prose and cells, with names, ids and lines', () => {
    const { notebook, errors } = parse(
      `---
title: Отчёт
description: О чём
language: en
inputs:
  period: { type: period, default: last 90 days, label: Период }
  source: { type: select, options: sql, query: select 1, multiple: true }
  city: { type: select, options: [a, { value: 7, label: Семь }] }
---

Текст

${fence}sql asked
select 1
${fence}
${fence}chart
data: asked
${fence}

${fence}js
not a cell
${fence}
~~~ sql
select 2
`,
    )
    expect(errors).toEqual([])
    expect(notebook).toEqual({
      title: 'Отчёт',
      description: 'О чём',
      language: 'en',
      inputs: [
        {
          name: 'period',
          type: 'period',
          label: 'Период',
          default: 'last 90 days',
          multiple: false,
          options: null,
        },
        {
          name: 'source',
          type: 'select',
          label: 'source',
          default: null,
          multiple: true,
          options: { query: 'select 1' },
        },
        {
          name: 'city',
          type: 'select',
          label: 'city',
          default: null,
          multiple: false,
          options: {
            values: [
              { value: 'a', label: 'a' },
              { value: '7', label: 'Семь' },
            ],
          },
        },
      ],
      blocks: [
        { id: 'text-1', kind: 'markdown', name: null, body: 'Текст', line: 11 },
        { id: 'asked', kind: 'sql', name: 'asked', body: 'select 1', line: 14 },
        { id: 'chart-1', kind: 'chart', name: null, body: 'data: asked', line: 17 },
        { id: 'text-2', kind: 'markdown', name: null, body: `${fence}js\nnot a cell\n${fence}`, line: 20 },
        { id: 'sql-1', kind: 'sql', name: null, body: 'select 2\n', line: 24 },
      ],
    })
  })

  it('takes the title from the first heading, Windows lines and a byte order mark', () => {
    const { notebook, errors } = parse('\uFEFFслова\r\n# Заголовок\r\n')
    expect([notebook.title, notebook.blocks[0]!.body, errors]).toEqual([
      'Заголовок',
      'слова\n# Заголовок',
      [],
    ])
  })

  const faults: [what: string, text: string, message: RegExp, line: number, column: number][] = [
    ['front matter without end', '---\ntitle: x\n', /never closed/, 1, 1],
    ['front matter that is no YAML', '---\ntitle: [x\n---\n', /Front matter/, 2, 10],
    ['an unknown type of input', '---\ninputs:\n  a: { type: date }\n---\n', /inputs\.a\.type/, 3, 14],
    [
      'an unknown option of an input',
      '---\ninputs:\n  a: { type: text, defualt: 1 }\n---\n',
      /defualt/,
      3,
      6,
    ],
    ['a name that can name nothing', `x\n${fence}sql 1a\n${fence}\n`, /“1a” can't name a cell/, 2, 8],
    [
      'two cells of one name',
      `${fence}sql a\n${fence}\n${fence}chart a\n${fence}\n`,
      /Two cells are called “a”/,
      3,
      10,
    ],
    [
      'an input that can’t be named',
      '---\ninputs:\n  a-b: { type: text }\n---\n',
      /“a-b” can't name an input/,
      1,
      1,
    ],
  ]
  it.each(faults)('%s is a fault with its place', (_what, text, message, line, column) => {
    const { errors } = parse(text)
    expect(errors).toHaveLength(1)
    expect(errors[0]!.message).toMatch(message)
    expect([errors[0]!.line, errors[0]!.column]).toEqual([line, column])
  })

  it('an input that YAML’s own names could harm is an input like any other', () => {
    const { notebook } = parse('---\ninputs:\n  constructor: { type: text }\n---\n')
    expect(notebook.inputs.map(input => input.name)).toEqual(['constructor'])
  })

  it('never throws, whatever it is given', () => {
    const pieces = [
      '---\n',
      'title: x\n',
      'inputs:\n',
      '  a: {',
      '}',
      '```',
      '~~~',
      'sql a\n',
      '\n',
      '*x',
      '&a [*a]',
      '\0',
      'ё',
    ]
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())), parts => {
        const { notebook } = parse(parts.join(''))
        return Array.isArray(notebook.blocks)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('printing and parsing gives the same notebook', () => {
    fc.assert(
      fc.property(notebooks, notebook => {
        const back = parse(printNotebook(notebook))
        expect(back.errors).toEqual([])
        expect({ ...back.notebook, blocks: withoutLines(back.notebook) }).toEqual({
          ...notebook,
          blocks: withoutLines(notebook),
        })
      }),
      { seed: 2, numRuns: 300 },
    )
  })
})

const withoutLines = (notebook: Notebook) => notebook.blocks.map(({ line: _line, ...block }) => block)

const name = fc.stringMatching(/^[a-zа-яё_][a-z0-9_]{0,8}$/u)
const words = fc.constantFrom(
  'слова',
  '# Заголовок',
  '- пункт',
  '{{ a.b }}',
  '    код',
  '```js\n```',
  '> цитата',
  '***',
)
const prose = fc.array(words, { minLength: 1, maxLength: 5 }).map(lines => lines.join('\n\n').trim())
const body = fc
  .array(fc.constantFrom('select 1', 'data: a', '', '```', '````', '  ~~~', "'''", '-- ё'), { maxLength: 5 })
  .map(lines => lines.join('\n'))
const input = fc.record({
  name,
  type: fc.constantFrom('period', 'select', 'text', 'number', 'flag'),
  label: fc.string({ minLength: 1 }),
  default: fc.oneof(fc.constant(null), fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())),
  multiple: fc.boolean(),
  options: fc.oneof(
    fc.constant(null),
    fc.record({ query: fc.string() }),
    fc.record({ values: fc.array(fc.record({ value: fc.string(), label: fc.string() })) }),
  ),
})
const notebooks: fc.Arbitrary<Notebook> = fc
  .record({
    title: fc.string(),
    description: fc.string(),
    language: fc.constantFrom('ru', 'en'),
    inputs: fc.uniqueArray(input, { selector: one => one.name, maxLength: 4 }),
    cells: fc.uniqueArray(
      fc.record({
        kind: fc.constantFrom(...kinds),
        name,
        body,
        named: fc.boolean(),
        before: fc.option(prose),
      }),
      {
        selector: one => one.name,
        maxLength: 6,
      },
    ),
  })
  .map(({ cells, ...rest }) => {
    const numbers = new Map<string, number>()
    const next = (kind: string) => {
      numbers.set(kind, (numbers.get(kind) ?? 0) + 1)
      return `${kind}-${numbers.get(kind)}`
    }
    const blocks = cells.flatMap(({ kind, name: own, body: text, named, before }) => [
      ...(before === null ? [] : [{ id: next('text'), kind: 'markdown', name: null, body: before, line: 0 }]),
      { id: named ? own : next(kind), kind, name: named ? own : null, body: text, line: 0 },
    ])
    return { ...rest, blocks } as Notebook
  })
