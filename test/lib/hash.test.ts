import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, fnv1a, hashOf, sha256 } from '../../server/lib/hash.ts'

describe('hashes', () => {
  it('known values', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(fnv1a('a')).toBe(0xe40c292c)
  })

  it('the order of keys says nothing, the order of items does', () => {
    expect(hashOf({ a: 1, b: { c: 2, d: 3 } })).toBe(hashOf({ b: { d: 3, c: 2 }, a: 1 }))
    expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]))
  })

  it('canonical JSON holds the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
