import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type {
  Conversation,
  NotebookDocument,
  NotebookSummary,
  RejectPage,
  SchemaTable,
  Status,
} from '../../server/api/contract.ts'
import { makeFacts } from '../support/facts.ts'
import { freshServices } from '../support/service.ts'

describe('resources', () => {
  const open = freshServices()
  const read = async <T>(response: Response) => (await response.json()) as T

  it('status: what is loaded and how far mining has come', async () => {
    const { get } = await open()
    const status = await read<Status>(await get('/api/status'))
    expect(status).toMatchObject({
      database: 'sqlite',
      today: '2026-06-28',
      empty: false,
      language: 'ru',
      currency: 'RUB',
    })
    expect(status.tables.find(({ name }) => name === 'deals')).toEqual({
      name: 'deals',
      rows: 48,
      from: '2026-01-05',
      to: '2026-06-28',
    })
    expect(status.mining).toEqual({ engine: 'test', mentions: 48, assigned: 48, waiting: 0, unread: 48 })
  })

  it('status of nothing says so', async () => {
    const { get } = await open({ facts: false })
    expect(await read(await get('/api/status'))).toMatchObject({ empty: true, today: null })
  })

  it('notebooks: the bundled ones and one’s own, with choices and faults', async () => {
    const { get, dataDir } = await open()
    await mkdir(join(dataDir, 'notebooks'))
    const text =
      '---\ntitle: Моё\ninputs:\n  a: { type: select, query: select distinct city from clients order by 1 }\n  b: { type: select, query: selec }\n---\n```sql 1x\n```\n'
    await writeFile(join(dataDir, 'notebooks/own.md'), text)
    const list = await read<NotebookSummary[]>(await get('/api/notebooks'))
    expect(list.map(({ id }) => id)).toEqual(expect.arrayContaining(['01-overview', '03-questions', 'own']))
    expect(list.find(({ id }) => id === 'own')).toEqual({
      id: 'own',
      title: 'Моё',
      description: '',
      language: 'ru',
      cells: 1,
      bundled: false,
    })
    const document = await read<NotebookDocument>(await get('/api/notebooks/own'))
    expect(document.choices).toEqual({
      a: ['Калуга', 'Орёл', 'Тула'].map(value => ({ value, label: value })),
    })
    expect(document.errors.map(({ message }) => message)).toEqual([
      expect.stringContaining("“1x” can't name a cell"),
      expect.stringContaining('choices of input “b”'),
    ])
  })

  it('schema: what a notebook may read, and nothing of the application’s own', async () => {
    const { get } = await open({ facts: false })
    const tables = await read<SchemaTable[]>(await get('/api/schema'))
    const names = tables.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['deals', 'utterances', 'mentions', 'rejects']))
    for (const hidden of ['client_contacts', 'client_keys', 'settings', 'cell_cache'])
      expect(names).not.toContain(hidden)
    expect(tables.find(({ name }) => name === 'targets')!.columns).toContainEqual({
      name: 'value',
      type: 'real',
    })
  })

  it('a conversation: its turns whole, with what was found marked', async () => {
    const { get } = await open()
    const path = `/api/conversations/${encodeURIComponent('crm:002')}/${encodeURIComponent('call:2')}`
    const conversation = await read<Conversation>(await get(path))
    expect(conversation).toMatchObject({
      alias: 3,
      kind: 'call',
      manager: 'Анна',
      source: 'google',
      deal: { status: 'open', amount: 52000 },
    })
    expect(conversation.turns.map(({ text }) => text)).toEqual(
      makeFacts()
        .utterances.filter(row => row.conversation_id === 'call:2')
        .map(row => row.text),
    )
    const [, turn] = conversation.turns
    expect(turn!.marks).toEqual([{ from: 8, to: 28, kind: 'question', theme: 'можно ли в рассрочку' }])
    expect(turn!.text.slice(8, 28)).toBe('можно ли в рассрочку')
  })

  it('rejects: by page and by import', async () => {
    const { get, parts } = await open({ facts: false })
    const rows = Array.from({ length: 5 }, (_, i) => ({
      reject_id: `r${i}`,
      import_id: i < 3 ? 1 : 2,
      source: 'deals.csv',
      line: i,
      reason: 'no such day',
      raw: 'x',
      made_at: '2026-06-01 10:00:00',
    }))
    await parts.database.upsert('rejects', Object.keys(rows[0]!) as never, rows)
    const page = await read<RejectPage>(await get('/api/rejects?import=1&limit=2&offset=1'))
    expect([page.total, page.rejects.map(({ id }) => id)]).toEqual([3, ['r1', 'r2']])
    expect((await read<RejectPage>(await get('/api/rejects'))).rejects[0]).toEqual({
      id: 'r3',
      import: 2,
      source: 'deals.csv',
      line: 3,
      reason: 'no such day',
      // Refused by a version that knew no codes, and kept no way to read it again.
      why: null,
      raw: 'x',
      reading: null,
      madeAt: '2026-06-01 10:00:00',
    })
  })

  it('is alive while the database answers', async () => {
    const { get, parts } = await open({ facts: false })
    expect(await read(await get('/healthz'))).toEqual({ status: 'ok' })
    parts.database.versions = () => Promise.reject(new Error('gone'))
    expect((await get('/healthz')).status).toBe(503)
  })
})

describe('the web', () => {
  const open = freshServices()

  it('is served with its types and for as long as its names hold; every address of the application is its page', async () => {
    const service = await open({ facts: false })
    const web = join(service.dataDir, 'web')
    await mkdir(join(web, 'assets'), { recursive: true })
    await writeFile(join(web, 'index.html'), '<!doctype html><p>page</p>')
    await writeFile(join(web, 'assets/app-1a2b3c4d.js'), 'let a')
    await writeFile(join(web, 'favicon.svg'), '<svg/>')
    const look = async (path: string, accept = '*/*') => {
      const response = await service.get(path, { accept })
      const { status, headers } = response
      return [
        status,
        headers.get('content-type')?.split(';')[0],
        headers.get('cache-control'),
        (await response.text()).slice(0, 9),
      ]
    }
    const page = [200, 'text/html', 'no-cache', '<!doctype']
    expect(await look('/')).toEqual(page)
    expect(await look('/notebooks/03-questions')).toEqual(page)
    expect(await look('/conversations/crm%3A1/call.2', 'text/html')).toEqual(page)
    const kept = 'public, max-age=31536000, immutable'
    expect(await look('/assets/app-1a2b3c4d.js')).toEqual([200, 'text/javascript', kept, 'let a'])
    expect(await look('/favicon.svg')).toEqual([200, 'image/svg+xml', 'no-cache', '<svg/>'])
    for (const path of ['/assets/none.js', '/none.txt', '/api/none', '/assets/..%2f..%2fsecret.txt'])
      expect((await look(path))[0], path).toBe(404)
    const { headers } = await service.get('/')
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })
})
