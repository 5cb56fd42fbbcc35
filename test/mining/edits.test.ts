import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Edit,
  editSchema,
  type LoggedEdit,
  numberOf,
  replay,
  resolve,
  themeOf,
} from '../../server/mining/edits.ts'

const log = (...edits: (Edit | [Edit, 'undone'])[]): LoggedEdit[] =>
  edits.map((entry, i) =>
    Array.isArray(entry)
      ? { id: i + 1, edit: entry[0], undone: true }
      : { id: i + 1, edit: entry, undone: false },
  )
const place = (n: number) => ({ client_id: 'c', conversation_id: 'k', n, from: 0 })

describe('the edit log', () => {
  it('a merge makes the younger an alias of the oldest, whatever the order', () => {
    const { aliases } = replay(log({ action: 'merge', themes: ['q-7', 'q-2', 'q-9'] }))
    expect(Object.fromEntries(aliases)).toEqual({ 'q-7': 'q-2', 'q-9': 'q-2' })
  })

  it('merges of merged themes lead to the oldest of all', () => {
    const { aliases } = replay(
      log({ action: 'merge', themes: ['q-3', 'q-5'] }, { action: 'merge', themes: ['q-5', 'q-1'] }),
    )
    expect(resolve('q-5', aliases)).toBe('q-1')
    expect(resolve('q-3', aliases)).toBe('q-1')
  })

  it('an undone merge parts them again; a later one stands', () => {
    const { aliases } = replay(
      log([{ action: 'merge', themes: ['q-1', 'q-2'] }, 'undone'], {
        action: 'merge',
        themes: ['q-2', 'q-3'],
      }),
    )
    expect(resolve('q-2', aliases)).toBe('q-2')
    expect(resolve('q-3', aliases)).toBe('q-2')
  })

  it('a split moves what it names; undone, its id leads back', () => {
    const split: Edit = {
      action: 'split',
      theme: 'q-1',
      into: 'q-4',
      label: 'срок монтажа',
      mentions: [place(1)],
    }
    const done = replay(log(split))
    expect(themeOf('question', place(1), 'q-1', done)).toBe('q-4')
    expect(themeOf('question', place(2), 'q-1', done)).toBe('q-1')
    const undone = replay(log([split, 'undone']))
    expect(themeOf('question', place(1), 'q-1', undone)).toBe('q-1')
    expect(themeOf('question', place(9), 'q-4', undone)).toBe('q-1')
  })

  it('the last word on a theme stands, and a person goes over the machine', () => {
    const state = replay(
      log(
        { action: 'rename', theme: 'v-1', label: 'тихо' },
        { action: 'rename', theme: 'v-1', label: 'стало тихо' },
        { action: 'move', mention: place(3), from: 'v-1', to: 'v-2' },
      ),
    )
    expect(state.labels.get('v-1')).toBe('стало тихо')
    expect(themeOf('value', place(3), 'v-9', state)).toBe('v-2')
    expect(themeOf('value', place(3), null, state)).toBe('v-2')
    expect(themeOf('question', place(3), null, state)).toBeNull()
  })

  it('whatever was merged and undone, an alias leads to an older theme and ends', () => {
    const id = fc.integer({ min: 1, max: 12 }).map(n => `q-${n}`)
    const merge = fc.tuple(fc.uniqueArray(id, { minLength: 2, maxLength: 4 }), fc.boolean())
    fc.assert(
      fc.property(fc.array(merge, { maxLength: 20 }), entries => {
        const { aliases } = replay(
          entries.map(([themes, undone], i) => ({ id: i, edit: { action: 'merge', themes }, undone })),
        )
        for (const from of aliases.keys())
          expect(numberOf(resolve(from, aliases))).toBeLessThan(numberOf(from))
      }),
    )
  })

  it('refuses edits that are not whole', () => {
    const bad = [
      { action: 'rename', theme: 'q-1', label: '  ' },
      { action: 'merge', themes: ['q-1'] },
      { action: 'status', theme: 'q-1', status: 'gone' },
      { action: 'rename', theme: "q-1'; drop", label: 'x' },
      { action: 'burn', theme: 'q-1' },
    ]
    for (const edit of bad) expect(editSchema.safeParse(edit).success, JSON.stringify(edit)).toBe(false)
  })
})
