/** Editions of a report over the API, their schedule, and the link to the latest approved one. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EditionPage, EditionRecord, ScheduleRecord, ShareMade } from '../../server/api/contract.ts'
import { perform } from '../../server/jobs/task.ts'
import { sql } from '../../server/store/sql.ts'
import { LAST_DAY } from '../support/facts.ts'
import { type Client, freshServices } from '../support/service.ts'

const NOTEBOOK = `---
title: Клиенты
inputs:
  period: { type: period, default: all }
---
Всего **{{ all.n }}** клиентов.

\`\`\`sql all
select count(*) as n from clients
\`\`\`
`

describe('editions', () => {
  const open = freshServices()

  async function start(): Promise<Client> {
    // Without threads: what is made there is made here.
    const service = await open({ perform })
    await write(service, NOTEBOOK)
    return service
  }
  async function write(service: Client, text: string) {
    await mkdir(join(service.dataDir, 'notebooks'), { recursive: true })
    await writeFile(join(service.dataDir, 'notebooks', 'clients.md'), text)
  }
  async function send<T>(service: Client, method: string, path: string, body?: unknown, status = 201) {
    const response = await service.send(method, `/api/editions${path}`, body)
    const answer = (await response.json()) as T
    expect([response.status, answer]).toEqual([status, answer])
    return answer
  }
  const make = (service: Client, more: object = {}) =>
    send<EditionRecord>(service, 'POST', '', { notebook: 'clients', ...more })
  const list = (service: Client) => send<EditionPage>(service, 'GET', '?notebook=clients', undefined, 200)
  const pageOf = async (service: Client, { id }: EditionRecord) =>
    (await service.get(`/api/editions/${id}/page`)).text()

  /** New clients who ask what nobody asked before, and buy. */
  async function addAsking(service: Client, n: number) {
    const { database } = service.parts
    await database.transaction(async connection => {
      await connection.run(
        sql`insert into themes (theme_id, kind, label, machine_label, topic, machine_topic, status, hidden)
          values ('q-9', 'question', 'есть ли доставка в Курск', 'x', 'terms', 'terms', 'new', 0)`,
      )
      for (let i = 0; i < n; i++) {
        const client = `new:${i}`
        await connection.run(sql`insert into clients (client_id, alias) values (${client}, ${1000 + i})`)
        await connection.run(
          sql`insert into conversations (client_id, conversation_id, kind, is_missed, day, revision)
            values (${client}, 'c', 'call', 0, ${LAST_DAY}, 1)`,
        )
        await connection.run(
          sql`insert into mentions (client_id, conversation_id, n, span_from, span_to, kind, theme_id, day)
            values (${client}, 'c', 0, 0, 5, 'question', 'q-9', ${LAST_DAY})`,
        )
      }
    })
  }

  it('are numbered, stay as they were, and say what changed since the one before', async () => {
    const service = await start()
    const first = await make(service)
    expect(first).toMatchObject({ number: 1, cause: 'hand', approvedAt: null, changes: null })
    await addAsking(service, 20)
    const second = await make(service)
    expect(second.number).toBe(2)
    expect(second.changes).toMatchObject({
      since: 1,
      clients: { before: 48, now: 68 },
      appeared: [{ id: 'q-9', kind: 'question', before: 0, now: 20 }],
      numbers: { conversion: { before: { n: 48 }, now: { n: 48 }, sure: false } },
    })
    const [before, now] = [await pageOf(service, first), await pageOf(service, second)]
    expect(before).toContain('Выпуск 1')
    expect(before).toContain('Всего <strong>48</strong>')
    expect(before).toContain('сравнивать пока не с чем')
    expect(now).toContain('Всего <strong>68</strong>')
    expect(now).toMatch(/Что изменилось с выпуска 1 от/)
    expect(now).toMatch(/<b>есть ли доставка в Курск<\/b> 20 из 68 \(29\s%\), было 0 из 48/)
    expect(now).not.toMatch(/<script|select count/)
    expect((await list(service)).editions.map(({ number }) => number)).toEqual([2, 1])
    const again = await send(service, 'GET', `/${second.id}/changes?since=1`, undefined, 200)
    expect(again).toEqual(second.changes)
  })

  it('are not made of a report with a fault: the last good one stays, and why is said', async () => {
    const service = await start()
    await make(service, { approve: true })
    const { path } = await share(service)
    await write(service, NOTEBOOK.replace('from clients', 'from clientz'))
    const refused = await service.send('POST', '/api/editions', { notebook: 'clients' })
    expect(refused.status).toBe(409)
    expect(((await refused.json()) as { error: { message: string } }).error.message).toMatch(
      /No edition was made: without a result are all/,
    )
    expect((await list(service)).editions.map(({ number }) => number)).toEqual([1])
    expect(await (await service.get(path)).text()).toContain('Всего <strong>48</strong>')
  })

  async function share(service: Client, more: object = {}): Promise<ShareMade> {
    const response = await service.send('POST', '/api/shares', {
      notebook: 'clients',
      mode: 'edition',
      ...more,
    })
    expect(response.status).toBe(201)
    return (await response.json()) as ShareMade
  }

  it('are opened by a link to the latest approved one', async () => {
    const service = await start()
    const none = await service.send('POST', '/api/shares', { notebook: 'clients', mode: 'edition' })
    expect(none.status).toBe(409)
    await make(service, { approve: true })
    const { path } = await share(service)
    const text = async () => (await service.get(path)).text()
    expect(await text()).toContain('Выпуск 1')
    await addAsking(service, 3)
    const second = await make(service)
    expect(await text()).toContain('Выпуск 1')
    await send(service, 'PATCH', `/${second.id}`, { approved: true }, 200)
    expect(await text()).toContain('Выпуск 2')
    await send(service, 'PATCH', `/${second.id}`, { approved: false }, 200)
    expect(await text()).toContain('Выпуск 1')
  })

  it('are opened one by one, too', async () => {
    const service = await start()
    const first = await make(service)
    const made = await send<ShareMade>(service, 'POST', `/${first.id}/share`, { expires: '7d' })
    await make(service, { approve: true })
    expect(await (await service.get(made.path)).text()).toContain('Выпуск 1')
    expect(made.share.mode).toBe('edition')
    await service.send('DELETE', '/api/shares', { ids: [made.share.id] })
    expect((await service.get(made.path)).status).toBe(404)
  })

  it('are pruned by rule, but never what is the latest, approved, or open by a link', async () => {
    const service = await start()
    const made: EditionRecord[] = []
    for (let i = 0; i < 5; i++) made.push(await make(service))
    await send(service, 'PATCH', `/${made[1]!.id}`, { approved: true }, 200)
    await send(service, 'POST', `/${made[2]!.id}/share`, {})
    expect(await send(service, 'POST', '/prune', { notebook: 'clients', keepLast: 1 }, 200)).toEqual({
      removed: 2,
    })
    expect((await list(service)).editions.map(({ number }) => number)).toEqual([5, 3, 2])
    await send(service, 'DELETE', '', { ids: [made[4]!.id] }, 200)
    expect((await make(service)).number).toBe(6)
    await send(service, 'POST', '/prune', { notebook: 'clients' }, 422)
  })

  it('compare with those of the same inputs alone', async () => {
    const service = await start()
    await make(service)
    const other = await make(service, { values: { period: '2026-01-01..2026-03-31' } })
    expect([other.number, other.changes]).toEqual([2, null])
    const usual = await make(service, { values: { period: 'all', nonsense: 'x' } })
    expect([usual.number, usual.changes?.since, usual.inputs]).toEqual([3, 1, {}])
  })

  describe('by schedule', () => {
    const plan = (service: Client, more: object = {}) =>
      send<ScheduleRecord>(service, 'POST', '/schedules', {
        notebook: 'clients',
        cron: '0 9 * * 1',
        ...more,
      })
    const due = (service: Client, ms: number | null = 1) =>
      service.parts.database.run(sql`update app.edition_schedules set next_ms = ${ms}`)

    it('are made when due, once, whatever was missed; then the rule of keeping is applied', async () => {
      const service = await start()
      const schedule = await plan(service, { keepLast: 2, approve: true })
      expect(schedule).toMatchObject({ active: true, lastState: null, running: false })
      expect(Date.parse(schedule.nextAt!)).toBeGreaterThan(Date.now())
      await service.parts.scheduler.tick()
      expect((await list(service)).editions).toEqual([])
      for (let i = 0; i < 4; i++) {
        await due(service)
        // Two clocks over one database: one of them makes it.
        await Promise.all([service.parts.scheduler.tick(), service.parts.scheduler.tick()])
      }
      const { editions, schedules } = await list(service)
      expect(editions.map(({ number, cause, approvedAt }) => [number, cause, approvedAt !== null])).toEqual([
        [4, 'schedule', true],
        [3, 'schedule', true],
      ])
      expect(schedules[0]).toMatchObject({ lastState: 'done', lastError: null, running: false })
      expect(Date.parse(schedules[0]!.nextAt!)).toBeGreaterThan(Date.now())
    })

    it('leave the last good one up when a run fails, and say so', async () => {
      const service = await start()
      await plan(service, { approve: true })
      await due(service)
      await service.parts.scheduler.tick()
      const { path } = await share(service)
      await write(service, NOTEBOOK.replace('from clients', 'from clientz'))
      await due(service)
      await service.parts.scheduler.tick()
      const { editions, schedules } = await list(service)
      expect(editions.map(({ number }) => number)).toEqual([1])
      expect(schedules[0]).toMatchObject({ lastState: 'failed', running: false })
      expect(schedules[0]!.lastError).toMatch(/No edition was made/)
      expect(Date.parse(schedules[0]!.nextAt!)).toBeGreaterThan(Date.now())
      expect(await (await service.get(path)).text()).toContain('Выпуск 1')
    })

    it('are due again when the server goes down with them', async () => {
      const service = await start()
      await plan(service)
      await due(service)
      // What a killed process leaves: its claim, which ends by itself.
      await service.parts.database.run(sql`update app.edition_schedules set lease_ms = ${Date.now() - 1}`)
      await service.parts.scheduler.tick()
      expect((await list(service)).editions).toHaveLength(1)
    })

    it('are changed, run at once and ended by people; what is no time is refused', async () => {
      const service = await start()
      for (const cron of ['', 'every day', '* * * * *', '0 0 31 2 *', '0 0 9 * * 1'])
        await send(service, 'POST', '/schedules', { notebook: 'clients', cron }, 422)
      const { id } = await plan(service)
      const changed = await send<ScheduleRecord>(
        service,
        'PATCH',
        `/schedules/${id}`,
        { cron: '30 8 1 * *', active: false, recipients: [{ channel: 'email', to: 'a@example.org' }] },
        200,
      )
      expect(changed).toMatchObject({
        cron: '30 8 1 * *',
        active: false,
        recipients: [{ to: 'a@example.org' }],
      })
      await due(service)
      await service.parts.scheduler.tick()
      expect((await list(service)).editions).toEqual([])
      expect(await send(service, 'POST', `/schedules/${id}/run`)).toMatchObject({ number: 1 })
      await send(service, 'DELETE', `/schedules/${id}`, undefined, 200)
      expect((await list(service)).schedules).toEqual([])
      await send(service, 'DELETE', `/schedules/${id}`, undefined, 404)
    })
  })
})
