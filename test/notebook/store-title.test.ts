import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNotebook } from '../../server/notebook/format.ts'
import { retitle } from '../../server/notebook/store-title.ts'

describe('another title', () => {
  it.each([
    ['a plain one', '---\ntitle: A # first\ninputs: { x: {type: flag} } # kept\n---\nText', 'B'],
    ['a folded one', '---\ntitle: >\n  A\n  long\ndescription: D\n---\nText', 'B: «C»'],
    ['a quoted one', '---\n# a comment\ntitle: "A"\n---\nText', '- B'],
    ['none', '---\ndescription: D\n---\nText', 'B'],
    ['empty front matter', '---\n---\nText', 'B'],
    ['no front matter', 'Text', 'B'],
  ])('in the place of %s', (_what, text, title) => {
    const [before, after] = [text, retitle(text, title)].map(each => parseNotebook(each, new Set()))
    expect(after!.errors).toEqual([])
    expect(after!.notebook.title).toBe(title)
    expect(after!.notebook.description).toBe(before!.notebook.description)
    expect(after!.notebook.inputs).toEqual(before!.notebook.inputs)
    expect(after!.notebook.blocks.map(({ body }) => body)).toEqual(['Text'])
  })

  it('leaves comments and spaces as they were', () => {
    expect(retitle('---\ntitle:  A # first\ninputs: { x: {type: flag} } # kept\n---\nText', 'B')).toBe(
      '---\ntitle:  B # first\ninputs: { x: {type: flag} } # kept\n---\nText',
    )
  })

  it('takes any line of text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), title => {
        const { notebook } = parseNotebook(
          retitle('---\ntitle: A\nlanguage: en\n---\nText', title),
          new Set(),
        )
        expect([notebook.title, notebook.language]).toEqual([title, 'en'])
      }),
    )
  })
})
