import { describe, expect, it } from 'vitest'
import { conversationPath } from '../../../server/api/contract.ts'
import { matchRoute } from '../../../web/state/router.ts'

describe('addresses of the workbench', () => {
  it.each([
    ['/', { page: 'notebooks' }],
    ['/notebooks/03-questions', { page: 'notebook', id: '03-questions' }],
    ['/notebooks/%D0%BE%D1%82%D1%87%D1%91%D1%82', { page: 'notebook', id: 'отчёт' }],
    ['/data', { page: 'data', part: 'overview' }],
    ['/catalogue/personas', { page: 'catalogue', part: 'personas' }],
    ['/catalogue/personas/p-1', { page: 'missing' }],
    ['/data/rejects', { page: 'data', part: 'rejects' }],
    ['/data/overview', { page: 'missing' }],
    ['/data/rejects/more', { page: 'missing' }],
    ['/notebooks', { page: 'missing' }],
    ['/conversations/a', { page: 'missing' }],
    ['/notebooks/%E0%A4%A', { page: 'missing' }],
  ])('%s', (path, route) => {
    expect(matchRoute(path)).toEqual(route)
  })

  it('finds the conversation that a quote leads to, whatever its ids hold', () => {
    const ref = { client_id: 'crm:1/2', conversation_id: 'звонок #3?', n: 4, from: 5, to: 9 }
    const url = new URL(conversationPath(ref), 'http://127.0.0.1')
    expect(matchRoute(url.pathname)).toEqual({
      page: 'conversation',
      client: 'crm:1/2',
      conversation: 'звонок #3?',
    })
    expect(url.search).toBe('?n=4&from=5&to=9')
  })
})
