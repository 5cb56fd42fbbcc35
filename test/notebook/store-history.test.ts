import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createHistory, thinOut } from '../../server/notebook/store-history.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

const fileAt = (ms: number) => `${new Date(ms).toISOString().replace(/[-:.]/g, '')}-0123456789ab.md`

describe('the history of a notebook', () => {
  it('thins out what stood for the shortest while; the first and the newest stay', () => {
    // A text of yesterday, then five saves a second apart, then one an hour later.
    const day = 86_400_000
    const moments = [0, day, day + 1000, day + 2000, day + 3000, day + 4000, 2 * day]
    const gone = thinOut(moments.map(fileAt), 4, 1)
    expect(gone).toEqual([day, day + 1000, day + 2000].map(fileAt))
  })

  it('stays bounded and in order, though a clock stand still', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'verbatim-history-'))
    folders.push(folder)
    const history = createHistory(folder, () => 1000)
    for (let i = 0; i < 105; i++) await history.keep('мой', `текст ${i}`)
    await history.keep('мой', 'текст 104')
    const versions = await history.list('мой')
    expect(versions).toHaveLength(100)
    expect(await history.read('мой', versions[0]!.id)).toBe('текст 104')
    expect(await history.read('мой', versions[99]!.id)).toBe('текст 0')
  })
})
