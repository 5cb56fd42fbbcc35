import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CancelledError, InputError } from '../../server/errors.ts'
import type { Job } from '../../server/jobs/job.ts'
import { createJobQueue } from '../../server/jobs/queue.ts'
import type { ImportTask, MineTask } from '../../server/jobs/task.ts'
import { performInThread } from '../../server/jobs/thread.ts'
import { openDatabase } from '../../server/store/open.ts'
import { sql } from '../../server/store/sql.ts'

const task: MineTask = { kind: 'mine', settings: { dataDir: '/nowhere' }, timeZone: 'UTC', language: 'en' }

describe('the queue', () => {
  it('does one job at a time, in order, and tells of each change', async () => {
    const running: string[] = []
    let most = 0
    const queue = createJobQueue(async (_task, { progress }) => {
      running.push('x')
      most = Math.max(most, running.length)
      progress(1, 2)
      await new Promise(setImmediate)
      running.pop()
      return 'result'
    })
    const heard: string[] = []
    const leave = queue.listen(({ title, state, done }) => heard.push(`${title} ${state} ${done}`))
    const [a, b] = [queue.add('a', task), queue.add('b', task)]
    expect(await Promise.all([a.done, b.done])).toEqual(['result', 'result'])
    expect(most).toBe(1)
    expect(heard).toEqual([
      'a queued 0',
      'b queued 0',
      'a running 0',
      'a running 1',
      'a done 1',
      'b running 0',
      'b running 1',
      'b done 1',
    ])
    leave()
    await queue.add('c', task).done
    expect(heard).toHaveLength(8)
    expect(queue.list().map(({ title }) => title)).toEqual(['c', 'b', 'a'])
  })

  it('goes on after one that failed', async () => {
    const queue = createJobQueue(async ({ kind }) => {
      if (kind === 'import') throw new InputError('no', { hint: 'so' })
      return kind
    })
    const bad = queue.add('bad', { kind: 'import' } as ImportTask)
    const good = queue.add('good', task)
    await expect(bad.done).rejects.toThrow('no')
    expect(await good.done).toBe('mine')
    expect(queue.list().map(({ state, error }) => [state, error])).toEqual([
      ['done', null],
      ['failed', { code: 'bad_input', message: 'no', hint: 'so' }],
    ])
  })

  it('one that is cancelled before its turn never runs', async () => {
    const ran: string[] = []
    const queue = createJobQueue(async () => {
      ran.push('x')
      await new Promise(setImmediate)
    })
    const first = queue.add('first', task)
    const second = queue.add('second', task)
    expect(queue.cancel(second.job.id).state).toBe('cancelled')
    await expect(second.done).rejects.toThrow(CancelledError)
    await first.done
    expect(ran).toEqual(['x'])
    expect(queue.cancel(first.job.id).state).toBe('done')
    expect(() => queue.cancel('none')).toThrow(/no job/)
  })

  it('remembers the last fifty', async () => {
    const queue = createJobQueue(async () => null)
    const jobs: Job[] = []
    for (let i = 0; i < 60; i++) {
      const { job, done } = queue.add(String(i), task)
      jobs.push(job)
      await done
    }
    expect(queue.list().map(({ title }) => title)).toEqual(
      Array.from({ length: 50 }, (_, i) => String(59 - i)),
    )
  })
})

describe('a thread', () => {
  const importTask = (dataDir: string, path: string): ImportTask => ({
    kind: 'import',
    settings: { dataDir },
    path,
    name: 'deals.csv',
    options: { map: {}, timeZone: 'UTC', currency: 'RUB' },
  })

  it('imports with a connection of its own; throws what was thrown there; stops when told', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-thread-'))
    const file = join(dataDir, 'deals.csv')
    const rows = Array.from({ length: 12_000 }, (_, i) => `${i};crm:${i};1000;2026-02-01;open`)
    await writeFile(file, `deal_id;client_id;amount;created_at;status\n${rows.join('\n')}\n`)
    const database = await openDatabase({ dataDir })
    const told: number[] = []
    const stop = new AbortController()
    const never = new AbortController().signal
    const stopped = performInThread(importTask(dataDir, file), {
      signal: stop.signal,
      progress: done => {
        told.push(done)
        stop.abort()
      },
    })
    await expect(stopped).rejects.toThrow(CancelledError)
    expect(told.length).toBeGreaterThan(0)
    expect(
      await performInThread(importTask(dataDir, file), { signal: never, progress: () => {} }),
    ).toMatchObject({
      kind: 'deals',
      rowsRead: 12_000,
    })
    expect(await database.query(sql`select count(*) as n from deals`)).toEqual([{ n: 12_000 }])
    const missing = performInThread(importTask(dataDir, join(dataDir, 'none')), {
      signal: never,
      progress: () => {},
    })
    await expect(missing).rejects.toMatchObject({ code: 'bad_input', status: 422 })
    await database.close()
    await rm(dataDir, { recursive: true })
  })
})
