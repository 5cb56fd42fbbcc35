import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RunMessage, RunStarted } from '../../server/api/contract.ts'
import { createRunSessions } from '../../server/api/run-sessions.ts'
import { type Client, freshServices, readEvents } from '../support/service.ts'

const fence = '```'
const quick = `---
inputs: { city: { type: select, query: select distinct city from clients order by 1 } }
---
${fence}sql towns
select count(*) as n from clients where city = :city
${fence}

Клиентов {{ towns.n }}.
`
const long = `${fence}sql long
with recursive a(x) as (select 1 union all select x + 1 from a) select max(x) as m from a
${fence}
`

async function write(service: Client, files: Record<string, string>): Promise<void> {
  const folder = join(service.dataDir, 'notebooks')
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
}

async function start(service: Client, notebook: string, values = {}): Promise<RunStarted> {
  const response = await service.send('POST', '/api/runs', { notebook, values })
  expect(response.status).toBe(201)
  return (await response.json()) as RunStarted
}

const types = (events: readonly { message: RunMessage }[]) =>
  events.map(({ message }) => ('block' in message ? `${message.type} ${message.block}` : message.type))

describe('runs', () => {
  const open = freshServices()

  it('tell their events to whoever follows, from the first on, however late', async () => {
    const service = await open()
    await write(service, { 'quick.md': quick })
    const { run, inputs } = await start(service, 'quick', { city: 'Тула' })
    expect(inputs).toEqual({ city: 'Тула' })
    const path = `/api/runs/${run}/events`
    const [first, second] = await Promise.all([
      readEvents<RunMessage>(await service.get(path)),
      readEvents<RunMessage>(await service.get(path)),
    ])
    expect(types(first)).toEqual([
      'run-started',
      'block-running towns',
      'block-done towns',
      'block-done text-1',
      'run-finished',
    ])
    expect(second).toEqual(first)
    expect(first.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5'])
    expect(await readEvents(await service.get(path))).toEqual(first)
    const text = first[3]!.message
    expect(text.type === 'block-done' && text.result.outputs).toEqual([
      { type: 'text', role: 'prose', markdown: 'Клиентов 16.' },
    ])
    expect(await readEvents(await service.get(path, { 'last-event-id': '3' }))).toEqual(first.slice(3))
    // Nothing more to come: an EventSource stops asking.
    expect((await service.get(path, { 'last-event-id': '5' })).status).toBe(204)
  })

  it('the second one comes from the cache', async () => {
    const service = await open()
    await write(service, { 'quick.md': quick })
    for (const state of ['fresh', 'cached']) {
      const { run } = await start(service, 'quick', { city: 'Тула' })
      const events = await readEvents<RunMessage>(await service.get(`/api/runs/${run}/events`))
      const done = events.flatMap(({ message }) => (message.type === 'block-done' ? message.state : []))
      expect(done).toEqual([state, state])
    }
    const metrics = await (await service.get('/metrics')).text()
    for (const line of [
      'verbatim_runs_total{ok="true"} 2',
      'verbatim_cells_total{state="cached"} 2',
      'verbatim_run_seconds_count 2',
      'verbatim_http_requests_total{method="POST",status="201"} 2',
    ])
      expect(metrics.split('\n')).toContain(line)
  })

  it('an input that can’t be taken is refused before anything starts', async () => {
    const service = await open()
    await write(service, { 'quick.md': quick })
    const response = await service.send('POST', '/api/runs', { notebook: 'quick', values: { city: 'Рим' } })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ error: { code: 'bad_input', details: { input: 'city' } } })
  })

  it('can be stopped', async () => {
    const service = await open()
    await write(service, { 'long.md': long })
    const { run } = await start(service, 'long')
    const following = readEvents<RunMessage>(await service.get(`/api/runs/${run}/events`))
    expect((await service.send('DELETE', `/api/runs/${run}`)).status).toBe(204)
    expect(types(await following).slice(-2)).toEqual(['block-cancelled long', 'run-finished'])
  })

  it('end when the server goes down, and none can be started then', async () => {
    const service = await open()
    await write(service, { 'long.md': long })
    const { run } = await start(service, 'long')
    const following = readEvents<RunMessage>(await service.get(`/api/runs/${run}/events`))
    await service.parts.runs.close()
    expect(types(await following).at(-1)).toBe('run-finished')
    expect((await service.send('POST', '/api/runs', { notebook: 'long' })).status).toBe(503)
  })
})

describe('run sessions', () => {
  /** A run that ends when it is stopped. */
  const endless = (run: string, signal: AbortSignal, emit: (event: RunMessage) => void) => {
    emit({ type: 'run-started', run, blocks: [], inputs: {} })
    return new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
  }

  it('a run that nobody follows any more is stopped', async () => {
    const sessions = createRunSessions({ orphanMs: 5 })
    const { run } = await sessions.start(endless)
    const leave = new AbortController()
    const heard: string[] = []
    for await (const { data } of sessions.follow(run, 0, leave.signal)) {
      heard.push(data)
      leave.abort()
    }
    expect(heard).toHaveLength(1)
    while (!sessions.isOver(run, 1)) await new Promise(resolve => setTimeout(resolve, 2))
    expect(sessions.isOver(run, 0)).toBe(false)
  })

  it('keeps a bounded number, the latest, and lets a bounded number run', async () => {
    const sessions = createRunSessions({ kept: 3, running: 2 })
    const ended: string[] = []
    for (let i = 0; i < 5; i++) {
      const { run } = await sessions.start(async (id, _signal, emit) =>
        emit({ type: 'run-started', run: id, blocks: [], inputs: {} }),
      )
      await new Promise(setImmediate)
      ended.push(run)
    }
    const known = ended.map(run => {
      try {
        return sessions.isOver(run, 1)
      } catch {
        return null
      }
    })
    expect(known).toEqual([null, null, true, true, true])
    await sessions.start(endless)
    await sessions.start(endless)
    expect(() => sessions.start(endless)).toThrow(/Too many runs/)
    await sessions.close()
  })
})
