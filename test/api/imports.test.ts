import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportRecord, ImportReport, Job } from '../../server/api/contract.ts'
import { CancelledError, InputError } from '../../server/errors.ts'
import type { ImportTask } from '../../server/jobs/task.ts'
import type { Perform } from '../../server/jobs/thread.ts'
import { type Client, freshServices, readEvents } from '../support/service.ts'

const deals = `ID сделки;Клиент;Бюджет;Дата создания;Статус
1;crm:1;1000;01.02.2026;Успешно реализовано
2;crm:2;2000;31.02.2026;Закрыто и не реализовано
`

function form(
  file: string | Uint8Array<ArrayBuffer> | null,
  name: string,
  fields: Record<string, string> = {},
): FormData {
  const data = new FormData()
  for (const [field, value] of Object.entries(fields)) data.set(field, value)
  if (file !== null) data.set('file', new Blob([file]), name)
  return data
}

const upload = (service: Client, body: FormData) =>
  service.app.request('/api/imports', { method: 'POST', body })

/** Does nothing but remember; answers as an import would. */
function remembering(outcome: () => unknown = () => ({ mapping: [], rowsNew: 0 })) {
  const tasks: ImportTask[] = []
  const perform: Perform = async task => {
    tasks.push(task as ImportTask)
    return outcome()
  }
  return { tasks, perform }
}

describe('uploads', () => {
  const open = freshServices()

  it('are imported in a thread, counted, and leave nothing behind', async () => {
    const service = await open({ facts: false })
    const dry = await upload(service, form(deals, 'сделки.csv', { dryRun: 'true' }))
    expect(dry.status).toBe(200)
    const report = (await dry.json()) as ImportReport
    expect(report).toMatchObject({
      source: 'сделки.csv',
      kind: 'deals',
      rowsRead: 2,
      rowsRejected: 1,
    })
    expect(report.mapping).toContainEqual({ column: 'Бюджет', field: 'amount' })
    expect(await (await service.get('/api/imports')).json()).toEqual([])

    const real = await upload(service, form(deals, 'сделки.csv'))
    expect(real.status).toBe(201)
    expect(await real.json()).toMatchObject({ rowsNew: 1, rowsRejected: 1, rejects: [{ line: 3 }] })
    const [record] = (await (await service.get('/api/imports')).json()) as ImportRecord[]
    expect(record).toMatchObject({ source: 'сделки.csv', kind: 'deals', rowsNew: 1, rowsRejected: 1 })
    expect(record!.finishedAt).not.toBeNull()
    expect(await readdir(service.parts.uploadFolder)).toEqual([])
    const metrics = (await (await service.get('/metrics')).text()).split('\n')
    expect(metrics).toContain('verbatim_imports_total{outcome="done"} 1')
    expect(metrics).toContain('verbatim_import_rows_total{outcome="rejected"} 1')
  })

  it('bring mining after them when there is something to mine', async () => {
    const service = await open({ facts: false })
    const lines = [1, 2, 3].map(i =>
      JSON.stringify({
        conversation_id: `c${i}`,
        client_id: `x${i}`,
        kind: 'chat',
        started_at: '2026-02-01 10:00:00',
        speaker: 'client',
        text: 'а монтаж входит в цену?',
      }),
    )
    expect((await upload(service, form(lines.join('\n'), 'talks.jsonl'))).status).toBe(201)
    const over = (job: Job) => job.kind === 'mine' && !['queued', 'running'].includes(job.state)
    const events = await readEvents<Job>(await service.get('/api/jobs/events'), over)
    expect(events.at(-1)!.message).toMatchObject({ kind: 'mine', state: 'done', error: null })
    const jobs = (await (await service.get('/api/jobs')).json()) as Job[]
    expect(jobs.map(({ kind, state, title }) => [kind, state, title])).toEqual([
      ['mine', 'done', 'Поиск вопросов, ценностей и возражений'],
      ['import', 'done', 'talks.jsonl'],
    ])
    expect(await service.parts.mining()).toMatchObject({ mentions: 3, unread: 0 })
  })

  it('give their options on, and their name without folders', async () => {
    const { tasks, perform } = remembering()
    const service = await open({ facts: false, perform })
    const fields = { as: 'spend', system: 'yandex', map: '{"Трата":"cost"}' }
    expect((await upload(service, form('x', '..\\..\\отчёт.csv', fields))).status).toBe(201)
    expect(tasks[0]).toMatchObject({
      name: 'отчёт.csv',
      options: { as: 'spend', system: 'yandex', map: { Трата: 'cost' }, dryRun: false },
    })
    expect(tasks[0]!.path.startsWith(service.parts.uploadFolder)).toBe(true)
  })

  it.each<[what: string, body: FormData, status: number, code: string]>([
    ['without a file', form(null, ''), 422, 'bad_input'],
    ['of an unknown kind', form('x', 'x', { as: 'cats' }), 422, 'bad_input'],
    ['with a map that is none', form('x', 'x', { map: '[1]' }), 422, 'bad_input'],
    ['of an impossible system', form('x', 'x', { system: '../x' }), 422, 'bad_input'],
    ['larger than allowed', form('x'.repeat(3000), 'x'), 413, 'limit'],
  ])('%s are refused, and nothing stays', async (_what, body, status, code) => {
    const { tasks, perform } = remembering()
    const service = await open({ facts: false, perform, maxUpload: 2000 })
    const response = await upload(service, body)
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([
      status,
      code,
    ])
    expect(tasks).toEqual([])
    expect(await readdir(service.parts.uploadFolder).catch(() => [])).toEqual([])
  })

  it('that break off are refused, and nothing stays', async () => {
    const service = await open({ facts: false })
    const body = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nhalf a fi'
    const response = await service.app.request('/api/imports', {
      method: 'POST',
      body,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    })
    expect(response.status).toBe(422)
    expect(await readdir(service.parts.uploadFolder)).toEqual([])
  })

  it('whose import fails say why', async () => {
    const { perform } = remembering(() => {
      throw new InputError('It is a web page, not a table')
    })
    const service = await open({ facts: false, perform })
    const response = await upload(service, form('x', 'x.csv'))
    expect(response.status).toBe(422)
    expect(await response.json()).toEqual({
      error: { code: 'bad_input', message: 'It is a web page, not a table' },
    })
    const [job] = (await (await service.get('/api/jobs')).json()) as Job[]
    expect(job).toMatchObject({ state: 'failed', error: { message: 'It is a web page, not a table' } })
  })

  it('left over from a server that died are taken away at the end', async () => {
    const service = await open({ facts: false })
    await mkdir(service.parts.uploadFolder)
    await writeFile(join(service.parts.uploadFolder, 'left'), 'x')
    await service.close()
    expect(await readdir(service.dataDir)).not.toContain('uploads')
  })
})

describe('jobs', () => {
  const open = freshServices()

  it('mining can be asked for, waits once, and can be stopped', async () => {
    const perform: Perform = (_task, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new CancelledError('Stopped')))
      })
    const service = await open({ facts: false, perform })
    const ask = async () => (await (await service.send('POST', '/api/jobs', { kind: 'mine' })).json()) as Job
    const first = await ask()
    await new Promise(setImmediate)
    const second = await ask()
    expect((await ask()).id).toBe(second.id)
    expect(second.id).not.toBe(first.id)
    expect((await service.send('DELETE', `/api/jobs/${second.id}`)).status).toBe(202)
    expect((await service.send('DELETE', `/api/jobs/${first.id}`)).status).toBe(202)
    await service.parts.jobs.close()
    const jobs = (await (await service.get('/api/jobs')).json()) as Job[]
    expect(jobs.map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  })
})
