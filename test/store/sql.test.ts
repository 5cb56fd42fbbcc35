import { describe, expect, it } from 'vitest'
import { join, raw, sql, toText } from '../../server/store/sql.ts'

const dollar = (i: number) => `$${i + 1}`

describe('the sql tag', () => {
  it('keeps values apart from the text', () => {
    const statement = sql`select * from deals where status = ${'won'} and amount > ${10}`
    expect(toText(statement, dollar)).toBe('select * from deals where status = $1 and amount > $2')
    expect(statement.values).toEqual(['won', 10])
  })

  it('splices statements in, with their values in order', () => {
    const where = sql`day between ${'a'} and ${'b'}`
    const statement = sql`select ${1}, ${raw('n')} from t where ${where} and x = ${2}`
    expect(toText(statement, dollar)).toBe('select $1, n from t where day between $2 and $3 and x = $4')
    expect(statement.values).toEqual([1, 'a', 'b', 2])
  })

  it('joins lists, also empty ones and nested ones', () => {
    const list = join(['a', 'b', null])
    expect(toText(sql`x in (${list})`, dollar)).toBe('x in ($1, $2, $3)')
    expect(toText(sql`(${join([])})`, dollar)).toBe('()')
    const both = join([sql`a = ${1}`, sql`b = ${2}`], ' and ')
    expect(toText(both, dollar)).toBe('a = $1 and b = $2')
    expect(both.values).toEqual([1, 2])
  })
})
