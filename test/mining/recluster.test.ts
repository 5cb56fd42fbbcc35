import { describe, expect, it } from 'vitest'
import { type LoggedEdit, replay } from '../../server/mining/edits.ts'
import { type ClusteredMention, propose } from '../../server/mining/recluster.ts'

/** `n` mentions of a theme in a group, each of a client of its own. */
function said(theme: string, group: number, n: number, text = `${theme} in ${group}`): ClusteredMention[] {
  return Array.from({ length: n }, (_, i) => ({
    ref: { client_id: `${theme}/${group}/${i}`, conversation_id: `k${i}`, n: 0, from: 0 },
    text: `${text} what is it`,
    theme,
    group,
    score: 1 - i / 100,
  }))
}
const nothing = replay([])
const labels = new Map([
  ['q-1', 'Входит ли монтаж'],
  ['q-2', 'Монтаж отдельно?'],
])

describe('re-clustering proposals', () => {
  it('proposes to merge what falls into one group', () => {
    const proposals = propose(
      [...said('q-2', 5, 10), ...said('q-1', 5, 8), ...said('q-1', 6, 2)],
      labels,
      nothing,
    )
    expect(proposals).toHaveLength(1)
    expect(proposals[0]).toMatchObject({
      edit: { action: 'merge', themes: ['q-1', 'q-2'] },
      clients: 20,
      parts: [
        { label: 'Монтаж отдельно?', clients: 10 },
        { label: 'Входит ли монтаж', clients: 10 },
      ],
    })
  })

  it('proposes to split what falls apart, with the words that would leave', () => {
    const [split, ...more] = propose(
      [...said('q-1', 1, 12), ...said('q-1', 2, 7, 'сколько ждать'), ...said('q-1', 3, 1)],
      labels,
      nothing,
    )
    expect(more).toEqual([])
    expect(split!.edit).toMatchObject({ action: 'split', theme: 'q-1', label: 'Сколько ждать what is it' })
    expect(split!.edit.action === 'split' && split!.edit.mentions).toHaveLength(7)
  })

  it('says nothing where the clustering agrees, whatever its numbers are', () => {
    expect(propose([...said('q-1', 77, 9), ...said('q-2', 3, 9)], labels, nothing)).toEqual([])
  })

  it('leaves alone what people decided', () => {
    const log = (edit: LoggedEdit['edit']) => replay([{ id: 1, edit, undone: false }])
    const apart = [...said('q-1', 1, 12), ...said('q-1', 2, 7)]
    expect(propose(apart, labels, log({ action: 'merge', themes: ['q-1', 'q-9'] }))).toEqual([])
    const together = [...said('q-1', 5, 9), ...said('q-2', 5, 9)]
    const made = log({
      action: 'split',
      theme: 'q-1',
      into: 'q-2',
      label: 'x',
      mentions: [said('q-1', 5, 1)[0]!.ref],
    })
    expect(propose(together, labels, made)).toEqual([])
    const pinned = apart.map(mention => mention.ref).slice(12)
    const moves = replay(
      pinned.map((mention, i) => ({
        id: i,
        edit: { action: 'move', mention, from: 'q-2', to: 'q-1' },
        undone: false,
      })),
    )
    expect(propose(apart, labels, moves)).toEqual([])
  })

  it('gives the same proposal the same id', () => {
    const mentions = [...said('q-1', 5, 9), ...said('q-2', 5, 9)]
    const renumbered = mentions.map(mention => ({ ...mention, group: 40 }))
    expect(propose(mentions, labels, nothing)[0]!.id).toBe(propose(renumbered, labels, nothing)[0]!.id)
  })
})
