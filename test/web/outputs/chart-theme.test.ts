import { describe, expect, it } from 'vitest'
import type { Language } from '../../../server/api/contract.ts'
import { verbatimNumber, verbatimTime } from '../../../web/outputs/chart-format.ts'
import { spreadOut } from '../../../web/outputs/chart-series.ts'
import { type ChartLook, estimateHeight, themeChart } from '../../../web/outputs/chart-theme.ts'
import { toUtc } from '../../../web/outputs/chart-times.ts'

const look = (width = 800, language: Language = 'ru'): ChartLook => ({
  width,
  language,
  currency: 'RUB',
  colours: token => `<${token}>`,
})
// biome-ignore lint/suspicious/noExplicitAny: specs are trees of anything
type Any = any
const themed = (spec: object, width = 800): Any => themeChart(spec as Record<string, unknown>, look(width))
const spaced = (text: unknown) => String(text).replaceAll('\u00a0', '_').replaceAll('\u202f', "'")

const names = ['а монтаж входит в эту цену или отдельно', 'есть ли рассрочка']
const bars = {
  data: { values: names.map((label, i) => ({ label, clients: 214 - i, text: `${214 - i}` })) },
  height: { step: 30 },
  encoding: {
    y: { field: 'label', type: 'nominal', sort: null },
    x: { field: 'clients', type: 'quantitative', axis: { title: 'Клиентов' } },
  },
  layer: [
    { mark: { type: 'bar', color: 'question' } },
    { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { text: { field: 'text' } } },
  ],
}
const lines = (series: number) => ({
  data: {
    values: Array.from({ length: series }, (_, s) => [
      { month: '2026-01', source: `s${s}`, leads: 10 * s },
      { month: '2026-02', source: `s${s}`, leads: 10 * s + 1 },
    ]).flat(),
  },
  mark: 'line',
  encoding: {
    x: { field: 'month', type: 'temporal' },
    y: { field: 'leads', type: 'quantitative', axis: { title: 'Лидов' } },
    color: { field: 'source', type: 'nominal' },
  },
})

describe('the theme', () => {
  it('leaves the spec as it was and takes nothing of its look', () => {
    const spec = {
      ...bars,
      config: { background: 'red' },
      usermeta: { embedOptions: {} },
      width: 9,
      padding: 3,
    }
    const before = structuredClone(spec)
    const out = themed(spec)
    expect(spec).toEqual(before)
    expect(out.config.background).toBeNull()
    expect([out.usermeta, out.padding, out.width]).toEqual([undefined, undefined, 800])
    expect(out.autosize).toEqual({ type: 'fit-x', contains: 'padding' })
  })

  it('turns names of tokens into colours, in marks, values and ranges, and nowhere else', () => {
    const out = themed({
      data: { values: [{ color: 'question' }] },
      mark: { type: 'bar', color: 'question', fill: '#123456' },
      encoding: {
        y: { field: 'value', type: 'nominal' },
        color: {
          condition: { test: 'datum.a', value: 'muted' },
          value: 'objection',
          scale: { range: ['good', 'danger', 'red'] },
        },
      },
    })
    expect(out.mark).toMatchObject({ color: '<question>', fill: '#123456' })
    expect(out.encoding.color).toMatchObject({
      condition: { value: '<muted>' },
      value: '<objection>',
      scale: { range: ['<good>', '<danger>', 'red'] },
    })
    expect(out.encoding.y.field).toBe('value')
    expect(out.data.values).toEqual([{ color: 'question' }])
  })

  it('has no axis of numbers where bars carry theirs, only its title', () => {
    expect(themed(bars).encoding.x).toMatchObject({
      title: 'Клиентов',
      axis: { labels: false, grid: false, orient: 'top' },
    })
    const bare = structuredClone(bars)
    bare.encoding.x.axis.title = ''
    expect(themed({ ...bars, layer: [bars.layer[0]] }).encoding.x.axis.labels).toBeUndefined()
  })

  it('sets names beside their bars, and above them where the chart is narrow', () => {
    const wide = themed(bars).encoding.y.axis
    expect(wide.labelAlign).toBeUndefined()
    expect(wide.labelExpr).toContain(`["${names[1]}"]`)
    const narrow = themed(bars, 340)
    expect(narrow.encoding.y.axis).toMatchObject({ labelAlign: 'left', labelPadding: 0 })
    expect(narrow.height.step).toBe(18 + 17 + 14)
    expect(narrow.layer[0].mark.height).toBe(18)
  })

  it('looks a name up by its place: no name is code or a property', () => {
    const evil = ['__proto__', "');alert(1)//", 'constructor']
    const values = evil.map(label => ({ label, clients: 1, text: '' }))
    const { labelExpr } = themed({ ...bars, data: { values } }).encoding.y.axis
    const place = `indexof(["__proto__","');alert(1)//","constructor"], datum.value)`
    expect(labelExpr).toBe(
      `${place} < 0 ? datum.label : ([["__proto__"],["');alert(1)//"],["constructor"]])[${place}]`,
    )
  })

  it('names up to five lines at their ends, more in a legend, and all in the colours of their order', () => {
    const few = themed(lines(3))
    expect(few.layer).toHaveLength(4)
    expect(few.layer[0].encoding.color).toMatchObject({
      legend: null,
      scale: { domain: ['s0', 's1', 's2'], range: ['<series-1>', '<series-2>', '<series-3>'] },
    })
    expect(few.layer[2].mark).toMatchObject({ type: 'text', text: ['s1'], color: '<series-2>' })
    expect(few.layer[2].data.values).toEqual([{ month: Date.UTC(2026, 1), source: 's1', leads: 11 }])
    const many = themed(lines(6))
    expect(many.layer).toBeUndefined()
    expect(many.encoding.color.scale.domain).toHaveLength(6)
    expect(themed(lines(3), 340).encoding.color.scale.range[1]).toBe('<series-2>')
  })

  it('draws days as the same days everywhere: UTC in, UTC scales', () => {
    const out = themed({ ...lines(1), mark: 'area' })
    expect(out.encoding.x.scale).toEqual({ type: 'utc' })
    expect(out.encoding.x.axis).toMatchObject({
      format: 'ru||tick-month',
      tickCount: { interval: 'month', step: 1 },
    })
    expect(out.data.values[0].month).toBe(Date.UTC(2026, 0))
    expect(toUtc('2026-03-12 03:41:07')).toBe(Date.UTC(2026, 2, 12, 3, 41, 7))
    expect(toUtc('весна')).toBe('весна')
    const unit = themed({
      ...lines(1),
      encoding: { x: { field: 'month', type: 'temporal', timeUnit: 'yearmonth' } },
    })
    expect(unit.encoding.x.timeUnit).toBe('utcyearmonth')
  })

  it('shows no column names as titles', () => {
    const out = themed(lines(1))
    expect(out.encoding.x.title).toBeNull()
    expect(out.encoding.y.title).toBe('Лидов')
  })

  it('stacks what stands side by side when narrow, and gives each plot its share when not', () => {
    const pair = { data: bars.data, hconcat: [bars, bars].map(({ data: _data, ...rest }) => rest) }
    expect(themed(pair, 340).vconcat).toHaveLength(2)
    expect(themed(pair, 340).vconcat[0].width).toBe(250)
    expect(themed(pair).hconcat[0].width).toBe(310)
    expect(themed(pair).autosize).toBeUndefined()
  })

  it('knows the height before it draws', () => {
    expect(estimateHeight(lines(3), look())).toBe(280)
    expect(estimateHeight(bars, look(340))).toBe(2 * 49 + 40)
  })
})

describe('numbers and dates in charts', () => {
  it.each([
    ['money', 14_200, "14'200_₽"],
    ['percent', 0.083, '8,3_%'],
    ['.1%', 0.5, '50_%'],
    [',.2f', 1234.567, '1234,57'],
    ['', 1_500_000, '1,5_млн'],
    ['', 12_345, "12'345"],
    ['~s', 2_000_000, '2_млн'],
  ])('writes %s of %s', (format, value, text) => {
    expect(spaced(verbatimNumber(value, `ru|RUB|${format}`))).toBe(text)
  })

  it('writes English, missing and other values', () => {
    expect(verbatimNumber(14_200, 'en|GBP|money')).toBe('£14,200')
    expect(verbatimNumber(null, 'ru|RUB|money')).toBe('—')
    expect(verbatimNumber('а', 'ru|RUB|')).toBe('а')
  })

  it('writes ticks of time, the year under its first month', () => {
    const at = Date.UTC(2026, 2, 12)
    expect(verbatimTime(at, 'ru||tick-month')).toBe('мар')
    expect(verbatimTime(Date.UTC(2026, 0), 'ru||tick-month')).toEqual(['янв', '2026'])
    expect(spaced(verbatimTime(at, 'ru||tick-day'))).toBe('12_мар')
    expect(spaced(verbatimTime(at, 'en||day'))).toBe('12_Mar_2026')
    expect(verbatimTime(at, 'ru||year')).toBe('2026')
    expect(verbatimTime('нет', 'ru||day')).toBe('нет')
  })
})

it('spreads labels out as little as needed, in their order', () => {
  expect(spreadOut([10, 100, 50])).toEqual([10, 100, 50])
  expect(spreadOut([100, 104])).toEqual([94, 110])
  expect(spreadOut([102, 100, 101])).toEqual([117, 85, 101])
})
