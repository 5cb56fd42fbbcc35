import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNotebook } from '../../../server/notebook/format.ts'
import { type EditAct, type EditState, reduceEditing, startEditing } from '../../../web/state/editing.ts'
import { mergeTexts } from '../../../web/state/editing-merge.ts'
import { cellIds, printText, splitText } from '../../../web/state/editing-text.ts'

const kinds = new Set(['sql', 'chart', 'questions'])
const blocksOf = (text: string) => parseNotebook(text, kinds).notebook.blocks
const split = (text: string) => splitText(text, blocksOf(text))

const text = `---
title: A # kept
inputs: { x: {type: flag} }
---

# Heading

Words.


~~~sql top
select 1
~~~

\`\`\`js
not a cell
\`\`\`

\`\`\`chart
\`\`\`
\`\`\`questions
limit: 5
`

const perform = (state: EditState, ...acts: EditAct[]) => acts.reduce(reduceEditing, state)
const bodies = (state: EditState) => state.now.cells.map(({ body }) => body)

describe('a notebook’s text', () => {
  it('comes back as it was written', () => {
    const unclosed = `${text}\n\`\`\``
    expect(printText(split(unclosed)).text).toBe(unclosed)
    // A fence that the end of the file closes gets its own end.
    expect(printText(split(text)).text).toBe(`${text}\n\`\`\``)
    expect(printText(split('')).text).toBe('')
    expect(printText(split('---\ntitle: A\n---\n')).text).toBe('---\ntitle: A\n---\n')
  })

  it('gives cells the ids and lines that the server gives them, whatever is done to them', () => {
    const body = fc.stringMatching(/^[a-z`~ \n#]{0,30}$/)
    const act = fc.oneof(
      fc.record({ type: fc.constant('type'), key: fc.nat(8), body }),
      fc.record({
        type: fc.constant('insert'),
        at: fc.nat(9),
        kind: fc.constantFrom('sql', 'chart'),
        body,
      }),
      fc.record({ type: fc.constant('duplicate'), key: fc.nat(8) }),
      fc.record({ type: fc.constant('name'), key: fc.nat(8), name: fc.constantFrom('top', 'other', '') }),
      fc.record({ type: fc.constant('move'), key: fc.nat(8), by: fc.integer({ min: -3, max: 3 }) }),
      fc.record({ type: fc.constant('remove'), key: fc.nat(8) }),
      fc.record({ type: fc.constantFrom('undo', 'redo') }),
    ) as fc.Arbitrary<EditAct>
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), acts => {
        const { now } = perform(startEditing(split(text)), ...acts)
        const cells = now.cells.filter(({ kind }) => kind !== 'markdown')
        const printed = printText(now)
        const found = blocksOf(printed.text).filter(({ kind }) => kind !== 'markdown')
        // Prose may hold a whole cell, or an open fence that takes in what follows.
        fc.pre(
          !now.cells.some(
            cell =>
              cell.kind === 'markdown' &&
              /^ {0,3}(?:```|~~~)/m.test(cell.body) &&
              !cell.body.includes('not a cell'),
          ),
        )
        const ids = cellIds(now.cells)
        expect(found.map(({ id, line, body }) => [id, line, body])).toEqual(
          cells.map(cell => [ids.get(cell.key), printed.lines.get(cell.key), cell.body]),
        )
      }),
    )
  })
})

describe('editing', () => {
  const start = startEditing(split('One\n\n```sql a\nselect 1\n```\n\n```sql b\nselect 2\n```\n'))

  it('takes a stretch of typing back at once', () => {
    const typed = perform(
      start,
      { type: 'type', key: 2, body: 'select' },
      { type: 'type', key: 2, body: 'select 10' },
      { type: 'stop-typing' },
      { type: 'type', key: 2, body: 'select 11' },
    )
    expect(bodies(typed)).toEqual(['One', 'select 11', 'select 2'])
    expect(bodies(perform(typed, { type: 'undo' }))).toEqual(['One', 'select 10', 'select 2'])
    expect(bodies(perform(typed, { type: 'undo' }, { type: 'undo' }))).toEqual([
      'One',
      'select 1',
      'select 2',
    ])
    expect(bodies(perform(typed, { type: 'undo' }, { type: 'redo' }))).toEqual(bodies(typed))
  })

  it('adds, doubles, moves and deletes, and takes each back', () => {
    const acts: [EditAct, string[]][] = [
      [{ type: 'insert', at: 1, kind: 'questions', body: 'limit: 5' }, ['', '', 'a', 'b']],
      [{ type: 'duplicate', key: 2 }, ['', 'a', 'a_2', 'b']],
      [{ type: 'move', key: 3, by: -1 }, ['', 'b', 'a']],
      [{ type: 'remove', key: 2 }, ['', 'b']],
      [{ type: 'name', key: 2, name: 'c' }, ['', 'c', 'b']],
    ]
    for (const [act, names] of acts) {
      const done = perform(start, act)
      expect(done.now.cells.map(({ name }) => name)).toEqual(names)
      expect(perform(done, { type: 'undo' }).now).toBe(start.now)
    }
    expect(perform(start, { type: 'move', key: 1, by: -1 })).toBe(start)
    expect(perform(start, { type: 'remove', key: 99 })).toBe(start)
  })

  it('makes a cell of prose and prose of a cell', () => {
    const made = perform(start, { type: 'kind', key: 1, kind: 'sql', body: 'select 0' })
    expect(printText(made.now).text).toContain('```sql\nselect 0\n```\n\n```sql a')
    const back = perform(start, { type: 'kind', key: 2, kind: 'markdown' })
    expect(printText(back.now).text).toBe('One\n\nselect 1\n\n```sql b\nselect 2\n```\n')
  })
})

describe('two edits of one text', () => {
  const base = split('---\ntitle: A\n---\n\n```sql a\nselect 1\n```\n\n```sql b\nselect 2\n```\n')
  const edit = (...acts: EditAct[]) => perform(startEditing(base), ...acts).now

  it('of different cells are both taken', () => {
    const mine = edit({ type: 'type', key: 1, body: 'select 10' })
    const theirs = edit({ type: 'insert', at: 2, kind: 'questions', body: 'limit: 5' })
    const { text, conflict } = mergeTexts(base, mine, theirs)
    expect(conflict).toBe(false)
    expect(text.cells.map(({ name, body }) => [name, body])).toEqual([
      ['a', 'select 10'],
      ['b', 'select 2'],
      ['', 'limit: 5'],
    ])
  })

  it('of neighbours are both taken', () => {
    const mine = edit({ type: 'type', key: 1, body: 'select 10' })
    const theirs = edit({ type: 'type', key: 2, body: 'select 20' })
    const { text, conflict } = mergeTexts(base, mine, theirs)
    expect(conflict).toBe(false)
    expect(text.cells.map(({ name, body }) => [name, body])).toEqual([
      ['a', 'select 10'],
      ['b', 'select 20'],
    ])
  })

  it('of the same cell are both kept, under names of their own', () => {
    const mine = edit({ type: 'type', key: 1, body: 'select 10' })
    const theirs = edit({ type: 'type', key: 1, body: 'select 11' })
    const { text, conflict } = mergeTexts(base, mine, theirs)
    expect(conflict).toBe(true)
    expect(text.cells.map(({ name, body }) => [name, body])).toEqual([
      ['a', 'select 10'],
      ['a_2', 'select 11'],
      ['b', 'select 2'],
    ])
    expect(new Set(text.cells.map(({ key }) => key)).size).toBe(3)
  })

  it('that say the same are one', () => {
    const same = edit({ type: 'type', key: 1, body: 'select 10' })
    expect(mergeTexts(base, same, same)).toMatchObject({ conflict: false, text: { cells: same.cells } })
  })

  it('of the front matter: whose changed it; mine where both did', () => {
    const retitled = (title: string) => ({ ...base, head: ['---', `title: ${title}`, '---', ''] })
    expect(mergeTexts(base, base, retitled('B')).text.head[1]).toBe('title: B')
    expect(mergeTexts(base, retitled('B'), base)).toMatchObject({ conflict: false })
    expect(mergeTexts(base, retitled('B'), retitled('C'))).toMatchObject({
      conflict: true,
      text: { head: ['---', 'title: B', '---', ''] },
    })
  })
})
