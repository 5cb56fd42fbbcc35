import { describe, expect, it } from 'vitest'
import { readOptions, writeOption } from '../../../web/state/yaml-options.ts'

const body = `# what is shown
period: :period   # of the report
show: [leads, won]

limit: 5
encoding:
  x: { field: deals, type: quantitative } # across
`

describe('options in YAML', () => {
  it('are read, or the fault is told', () => {
    expect(readOptions('limit: 5\nshow: [a, b]').values).toEqual({ limit: 5, show: ['a', 'b'] })
    expect(readOptions('').values).toEqual({})
    expect(readOptions('show: [a').problem).not.toBeNull()
    expect(readOptions('- a').problem).not.toBeNull()
  })

  it('change where they stand, and nothing else with them', () => {
    expect(writeOption(body, ['limit'], 12)).toBe(body.replace('limit: 5', 'limit: 12'))
    expect(writeOption(body, ['show'], ['leads', 'cac'])).toBe(body.replace('[leads, won]', '[ leads, cac ]'))
    expect(writeOption(body, ['period'], ':quarter')).toBe(body.replace(':period ', ':quarter '))
    expect(writeOption(body, ['limit'], undefined)).toBe(body.replace('limit: 5\n', ''))
  })

  it('are added on a line of their own', () => {
    expect(writeOption('limit: 5', ['title'], 'Спрос: весна')).toBe('limit: 5\ntitle: "Спрос: весна"')
    expect(writeOption('', ['limit'], 3)).toBe('limit: 3')
    expect(writeOption('limit: 5', ['limit'], undefined)).toBe('')
  })

  it('are written into nested ones, with comments kept', () => {
    const changed = writeOption(body, ['encoding', 'x', 'field'], 'revenue')
    expect(changed).toContain('x: { field: revenue, type: quantitative } # across')
    expect(changed).toContain('# what is shown\nperiod: :period # of the report')
    const made = writeOption('data: top', ['encoding', 'color', 'field'], 'source')
    expect(made).toBe('data: top\nencoding:\n  color: { field: source }')
    expect(writeOption(made, ['encoding', 'color', 'field'], undefined)).toBe('data: top')
  })

  it('stay as they are where the text cannot be read', () => {
    expect(writeOption('show: [a', ['limit'], 3)).toBe('show: [a')
  })
})
