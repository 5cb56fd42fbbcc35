import { describe, expect, it } from 'vitest'
import { slimSvg, svgColours } from '../../server/report/slim-svg.ts'

const slim = (inside: string) =>
  slimSvg(`<svg width="10" height="5" viewBox="0 0 10 5">${inside}</svg>`, 'c7', 'k')
const inside = (text: string) => slim(text).replace(/^<svg[^>]*>|<\/svg>$/g, '')

describe('a slimmed SVG', () => {
  it('keeps the frame, hidden from screen readers, filling nothing by default', () => {
    expect(slim('<path d="M0,0" stroke="red"/>')).toBe(
      '<svg width="10" height="5" viewBox="0 0 10 5" fill="none" class="k" aria-hidden="true" focusable="false"><path stroke="red" d="M0,0"/></svg>',
    )
  })

  it('drops what a page says anyway, what is not seen, and groups of nothing', () => {
    const text =
      '<text font-family="X" font-size="13px" font-weight="normal" opacity="1" fill="var(--ink)">Цена</text>'
    expect(inside(`<g class="a" role="b"><g transform="translate(0,0)">${text}</g></g>`)).toBe(
      '<text fill="var(--ink)">Цена</text>',
    )
    expect(inside('<g><g></g></g><path class="background" d="M0"/><rect fill="red" display="none"/>')).toBe(
      '',
    )
  })

  it('keeps one decimal, and no dates or ids like decimals', () => {
    expect(inside('<path fill="red" d="M0.123,-4.56L1e-7,2"/>')).toBe(
      '<path fill="red" d="M0.1,-4.6L1e-7,2"/>',
    )
    expect(inside('<text fill="red" x="1.25">12.3456</text>')).toBe('<text fill="red" x="1.3">12.3456</text>')
  })

  it.each([
    '<script>alert(1)</script>',
    '<image href="https://evil.example/x.png"/>',
    '<a xlink:href="javascript:alert(1)"><text fill="red">x</text></a>',
    '<foreignObject><div>x</div></foreignObject>',
    '<style>*{}</style>',
    '<use href="#x"/>',
    '<animate attributeName="href"/>',
  ])('lets %s not through', text => {
    expect(inside(text)).toBe('')
  })

  it('lets no handler, style or address through in attributes', () => {
    expect(
      inside(
        '<rect onclick="x" style="y" href="z" fill="url(https://evil.example/#a)" stroke="red" width="1"/>',
      ),
    ).toBe('<rect stroke="red" width="1"/>')
    expect(inside('<text fill="red">&lt;b&gt;</text>')).toBe('<text fill="red">&lt;b&gt;</text>')
  })

  it('tells its ids from those of other drawings', () => {
    const defs = '<defs><clipPath id="clip0"><rect width="1"/></clipPath></defs>'
    expect(inside(`<g clip-path="url(#clip0)"><path fill="red" d="M0"/></g>${defs}`)).toBe(
      '<g clip-path="url(#c7-clip0)"><path fill="red" d="M0"/></g><defs><clipPath id="c7-clip0"><rect width="1"/></clipPath></defs>',
    )
  })

  it('mixes ramps out of tokens, so that one drawing serves both themes', () => {
    expect(svgColours('accent')).toBe('var(--accent)')
    expect([svgColours('ramp-low'), svgColours('ramp-high')]).toEqual(['rgb(1,0,0)', 'rgb(1,255,0)'])
    expect(inside('<rect fill="rgb(1, 51, 0)"/>')).toBe(
      '<rect fill="color-mix(in oklab,var(--ramp-high) 20%,var(--ramp-low))"/>',
    )
    expect(inside('<rect fill="rgb(2, 0, 255)"/>')).toContain('var(--diverge-high) 100%,var(--diverge-mid)')
    expect(inside('<rect fill="rgb(2, 102, 0)"/>')).toContain('var(--diverge-low) 40%,var(--diverge-mid)')
  })
})
