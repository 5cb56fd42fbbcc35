import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenizeSql } from '../../server/lib/sql-tokens.ts'

const found = (text: string, type: string) =>
  tokenizeSql(text)
    .filter(token => token.type === type)
    .map(token => token.text)

describe('SQL tokens', () => {
  it('inputs are found outside of strings, comments, casts and quoted names only', () => {
    const text = `select ':a', ":b", x::text, :period.from -- :c
      /* :d */ from t where y = :source and z = $$ :e $$`
    expect(found(text, 'input')).toEqual([':period.from', ':source'])
  })

  it('texts joined give the statement back, whatever it is', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '--',
      '/*',
      '*/',
      '$$',
      ':',
      '::',
      'a',
      ' ',
      '\n',
      '[',
      ']',
      '`',
      ';',
      'é',
      '😀',
      '1.5',
    )
    fc.assert(
      fc.property(
        fc.array(piece).map(parts => parts.join('')),
        text => {
          const tokens = tokenizeSql(text)
          expect(tokens.map(token => token.text).join('')).toBe(text)
          let at = 0
          for (const token of tokens) {
            expect(token.from).toBe(at)
            at += token.text.length
          }
        },
      ),
    )
  })

  it('takes time in proportion to the text, also when nothing is closed', () => {
    for (const part of ["'", '"', '/*', '$$', '$a$', '[a'])
      expect(tokenizeSql(part.repeat(50_000)).length).toBeGreaterThan(0)
  })
})
