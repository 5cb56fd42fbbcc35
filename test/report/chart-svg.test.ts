import { afterAll, describe, expect, it, vi } from 'vitest'
import { LimitError, NotebookError } from '../../server/errors.ts'
import { type ChartDrawer, createChartDrawer } from '../../server/report/chart-svg.ts'
import { textWidth } from '../../web/outputs/text-width.ts'

const drawers: ChartDrawer[] = []
function drawer(...limits: Parameters<typeof createChartDrawer>) {
  const made = createChartDrawer(...limits)
  drawers.push(made)
  return made
}
afterAll(() => Promise.all(drawers.map(made => made.close())))

const bars = (rows: object[]) => ({
  data: { values: rows },
  mark: { type: 'bar', color: 'question' },
  encoding: {
    y: { field: 'name', type: 'nominal', sort: null },
    x: { field: 'sum', type: 'quantitative', axis: { format: 'money' } },
  },
})
const size = { width: 600, className: 'k' }
const spaced = (text: string) => text.replaceAll('\u00a0', '_').replaceAll('\u202f', "'")

describe('charts without a browser', () => {
  const plain = drawer()

  it('are SVG in the page’s colours and the reader’s numbers, as wide as asked', async () => {
    const svg = spaced(await plain.draw(bars([{ name: 'Окна', sum: 1_240_000 }]), size, 'ru', 'RUB'))
    expect(svg).toMatch(/^<svg width="600" height="\d+" viewBox="0 0 600 \d+" fill="none" class="k"/)
    expect(svg).toContain('fill="var(--question)"')
    expect(svg).toContain('>1_млн_₽</text>')
    expect(svg).toContain('>Окна</text>')
    expect(svg).not.toMatch(/font-family|style=|xlink|#[\da-f]{6}/)
  })

  it('are the same each time but for their ids', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(() => plain.draw(bars([{ name: 'Окна', sum: 5 }]), size, 'ru', 'RUB')),
    )
    expect(one).toBe(two)
  })

  it('keep every mark and label inside their width', async () => {
    const rows = [
      { name: 'компании и управляющие организации', low: 5, high: 44, text: 'n = 12, мало данных' },
      { name: 'квартиры', low: 1, high: 9, text: '15 %' },
    ]
    const svg = await plain.draw(
      {
        data: { values: rows },
        encoding: { y: { field: 'name', type: 'nominal' } },
        layer: [
          { mark: 'rule', encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } } },
          {
            mark: { type: 'text', align: 'left', dx: 10 },
            encoding: { x: { field: 'high', type: 'quantitative' }, text: { field: 'text' } },
          },
        ],
      },
      size,
      'ru',
      'RUB',
    )
    const origin = Number(/<svg[^>]*><g transform="translate\(([\d.]+),/.exec(svg)![1])
    const label = Number(
      /translate\(([\d.]+),[\d.]+\)" fill="var\(--ink\)" text-anchor="start">n = 12/.exec(svg)![1],
    )
    expect(origin + label + textWidth('n = 12, мало данных', 13)).toBeLessThanOrEqual(600)
  })

  it('escape what the data holds', async () => {
    const svg = await plain.draw(bars([{ name: '<script>alert(1)</script>', sum: 1 }]), size, 'ru', 'RUB')
    expect(svg).toContain('&lt;script&gt;')
    expect(svg).not.toContain('<script')
  })

  it('load nothing', async () => {
    const spec = { ...bars([]), data: { url: 'https://evil.example/data.json' } }
    const svg = await plain.draw(spec, size, 'ru', 'RUB')
    expect(svg).not.toContain('evil')
    const image = {
      data: { values: [{ u: 'https://evil.example/x.png' }] },
      mark: 'image',
      encoding: { url: { field: 'u' } },
    }
    expect(await plain.draw(image, size, 'ru', 'RUB')).not.toContain('evil')
  })

  it('run no code of a spec: expressions see numbers, not the process', async () => {
    const spec = (calculate: string) => ({
      ...bars([{ name: 'а', sum: 1 }]),
      transform: [{ calculate, as: 'name' }],
    })
    const hostile = spec("''['sub']['constructor']('return process.version')()")
    await expect(plain.draw(hostile, size, 'ru', 'RUB').catch(() => 'refused')).resolves.not.toMatch(
      /v\d+\.\d+/,
    )
    expect(await plain.draw(spec("'x' + 1"), size, 'ru', 'RUB')).toContain('>x1</text>')
  })

  it('say what is wrong with a spec that is none, and go on', async () => {
    await expect(plain.draw({ mark: 'nonsense' }, size, 'ru', 'RUB')).rejects.toBeInstanceOf(NotebookError)
    expect(await plain.draw(bars([{ name: 'а', sum: 1 }]), size, 'ru', 'RUB')).toContain('<svg')
  })

  it('are bounded in rows, time and size', async () => {
    const small = drawer({ rows: 2 })
    const rows = [1, 2, 3].map(sum => ({ name: String(sum), sum }))
    await expect(small.draw(bars(rows), size, 'ru', 'RUB')).rejects.toThrow(
      'A chart of 3 rows; at most 2 are drawn',
    )
    await expect(drawer({ size: 10 }).draw(bars(rows), size, 'ru', 'RUB')).rejects.toBeInstanceOf(LimitError)
    const hasty = drawer({ time: 1500 })
    const endless = { data: { sequence: { start: 0, stop: 1e8 } }, mark: 'point', encoding: {} }
    await expect(hasty.draw({ layer: [endless] }, size, 'ru', 'RUB')).rejects.toBeInstanceOf(LimitError)
    // The next thread may take as long to start on a busy machine.
    const next = () => hasty.draw(bars(rows), size, 'ru', 'RUB')
    expect(await vi.waitFor(next, { timeout: 25_000, interval: 10 })).toContain('<svg')
  })
})
