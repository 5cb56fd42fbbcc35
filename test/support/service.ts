/** A whole service over a fresh database, asked without a port. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { createService, type Service, type ServiceOptions } from '../../server/api/service.ts'
import { readConfig } from '../../server/config.ts'
import { openDatabase } from '../../server/store/open.ts'
import { loadFacts } from './facts.ts'

export interface Client extends Service {
  dataDir: string
  /** Faults of a programmer that were reported. */
  faults: unknown[]
  get(path: string, headers?: Record<string, string>): Promise<Response>
  send(method: string, path: string, body?: unknown): Promise<Response>
}

export interface FreshOptions extends ServiceOptions {
  /** Whether there are facts; true. */
  facts?: boolean
  /** Settings. */
  environment?: Record<string, string>
}

/** Makes services that are closed after each test. Call inside a describe. */
export function freshServices(): (options?: FreshOptions) => Promise<Client> {
  const closers: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })
  return async ({ facts = true, environment = {}, ...options } = {}) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-service-'))
    closers.push(() => rm(dataDir, { recursive: true, force: true }))
    const database = await openDatabase({ dataDir })
    closers.push(() => database.close())
    if (facts) await loadFacts(database)
    const faults: unknown[] = []
    const config = readConfig({ ...environment, VERBATIM_DATA: dataDir })
    const service = createService(config, database, {
      webFolder: join(dataDir, 'web'),
      report: error => void faults.push(error),
      ...options,
    })
    closers.push(service.close)
    return {
      ...service,
      dataDir,
      faults,
      get: async (path, headers = {}) => service.app.request(path, { headers }),
      send: async (method, path, body) =>
        service.app.request(path, {
          method,
          ...(body !== undefined && {
            body: JSON.stringify(body),
            headers: { 'content-type': 'application/json' },
          }),
        }),
    }
  }
}

/** Messages of a server-sent stream, to its end or until `enough` says so. */
export async function readEvents<T>(
  response: Response,
  enough: (message: T) => boolean = () => false,
): Promise<{ id: string | undefined; message: T }[]> {
  const events: { id: string | undefined; message: T }[] = []
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  for (let rest = ''; ; ) {
    const { done, value } = await reader.read()
    if (done) return events
    rest += value
    for (let end = rest.indexOf('\n\n'); end !== -1; end = rest.indexOf('\n\n')) {
      const block = rest.slice(0, end)
      rest = rest.slice(end + 2)
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (data === undefined) continue
      events.push({ id: /^id: (.*)$/m.exec(block)?.[1], message: JSON.parse(data) as T })
      if (!enough(events.at(-1)!.message)) continue
      await reader.cancel()
      return events
    }
  }
}
