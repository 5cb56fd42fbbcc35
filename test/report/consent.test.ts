/** Words of clients who refused consent don't leave the house; that they asked still counts, and silence is no refusal. */
import { describe, expect, it } from 'vitest'
import { raw } from '../../server/store/sql.ts'
import { freshServices } from '../support/service.ts'

describe('consent in reports', () => {
  const open = freshServices()

  it('leaves out quotes of those who refused, keeps their numbers, and shows those who were never asked', async () => {
    const { get, parts, faults } = await open()
    const quoted = async () => {
      const page = await (await get('/api/notebooks/03-questions/report.html')).text()
      const who = [...page.matchAll(/class="vb-quote__who">(?:<!--.*?-->)?Клиент (\d+)/g)].map(match =>
        Number(match[1]),
      )
      const counts = [...page.matchAll(/(\d+)\u00a0клиент/g)].map(match => match[1])
      return { who: new Set(who), counts }
    }
    // In these facts clients of odd numbers have refused.
    const before = await quoted()
    expect(before.who.size).toBeGreaterThan(0)
    expect([...before.who].filter(alias => alias % 2 === 1)).toEqual([])
    await parts.database.run(raw('update clients set consent = null'))
    const after = await quoted()
    expect([...after.who].some(alias => alias % 2 === 1)).toBe(true)
    expect(after.counts).toEqual(before.counts)
    expect(faults).toEqual([])
  })
})
