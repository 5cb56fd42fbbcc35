import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type CellKind, defineCell, type InputValue } from '../../server/notebook/cell.ts'
import { parseOptions, usesOfYaml } from '../../server/notebook/yaml-body.ts'

const kind: CellKind = defineCell({
  kind: 'demo',
  body: 'yaml',
  options: z.strictObject({
    period: z.object({ from: z.string(), to: z.string() }),
    limit: z.number().int().max(10).default(5),
    list: z.array(z.string()).optional(),
    inner: z.strictObject({ a: z.number() }).optional(),
  }),
  example: 'period: :period\nlimit: 3',
  tables: [],
  run: async () => ({ outputs: [], table: null }),
})
const period = { from: '2026-01-01', to: '2026-01-31' }
const inputs = new Map<string, InputValue>([
  ['period', period],
  ['n', 7],
  ['list', ['a']],
])

describe('options of a cell', () => {
  it('names inputs and cells with their places, quoted or not, not keys', () => {
    const body =
      'data: top\nperiod: :period.from\nlist: [":n", x]\n:key: 1\ntable: "other"\ninner: { data: third }'
    const uses = usesOfYaml(body)
    expect(uses.inputs.map(use => [use.name, body.slice(use.offset, use.offset + 3)])).toEqual([
      ['period', ':pe'],
      ['n', '":n'],
    ])
    expect(uses.names.map(use => use.name)).toEqual(['top', 'other', 'third'])
  })

  it('puts inputs in and completes', () => {
    expect(parseOptions(kind, 'period: :period\nlist: :list\nlimit: :n', inputs)).toEqual({
      period,
      limit: 7,
      list: ['a'],
    })
  })

  it.each<[what: string, body: string, message: RegExp, offset: number]>([
    ['an unknown input', 'period: :period\nlimit: :m', /no input “m”/, 23],
    ['an unknown option', 'period: :period\nlimi(t: 3', /no option “limi\(t”/, 16],
    ['an unknown inner option', 'period: :period\ninner: { a: 1, b: 2 }', /no option “inner\.b”/, 31],
    ['a wrong value', 'period: :period\nlimit: 11', /^limit: /, 23],
    ['a missing option', 'limit: 1', /“period” is missing/, 0],
    ['a missing inner option', 'period: :period\ninner: {}', /“inner\.a” is missing/, 23],
    ['a text', 'just words', /name: value/, 0],
    ['a list', '- a', /name: value/, 0],
    ['broken YAML', 'period: [', /./, 9],
    [
      'a bomb',
      'a: &a [x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]',
      /refer to themselves/,
      0,
    ],
  ])('%s is said where it stands', (_what, body, message, offset) => {
    expect(() => parseOptions(kind, body, inputs)).toThrow(
      expect.objectContaining({
        code: 'notebook',
        message: expect.stringMatching(message),
        details: expect.objectContaining({ ...(offset > 0 && { offset }) }),
      }),
    )
  })

  it('an empty body is no options', () => {
    expect(() => parseOptions(kind, '', inputs)).toThrow(/“period” is missing/)
  })
})
