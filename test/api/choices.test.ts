import { describe, expect, it } from 'vitest'
import type { Choice } from '../../server/api/contract.ts'
import { freshServices } from '../support/service.ts'

describe('choices of options', () => {
  const open = freshServices()

  it('come from the data, the most frequent first, or from the program in the reader’s language', async () => {
    const { app, faults } = await open()
    const choices = async (path: string) => (await app.request(`/api/choices/${path}`)).json()
    for (const from of ['source', 'product', 'city', 'profile', 'stage', 'persona'])
      expect(await choices(from), from).toBeInstanceOf(Array)
    expect(await choices('field?language=en')).toContainEqual({
      value: 'city',
      label: 'City',
    } satisfies Choice)
    expect(await choices('metric')).toContainEqual({ value: 'revenue', label: 'Выручка' })
    expect((await app.request('/api/choices/password')).status).toBe(404)
    expect(faults).toEqual([])
  })
})
