/** A whole Verbatim on a free port with a folder of its own, and the notebooks and files of test/fixtures/workbench. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Accounts } from '../../server/accounts/accounts.ts'
import { listen } from '../../server/api/listen.ts'
import { createService, type ServiceOptions } from '../../server/api/service.ts'
import { readConfig } from '../../server/config.ts'
import { openDatabase } from '../../server/store/open.ts'

export const fixtures = resolve(import.meta.dirname, '../fixtures/workbench')

export interface Workbench {
  address: string
  /** Loads a file of the fixtures through the API and waits until what follows from it (mining) is done. */
  load(file: string): Promise<void>
  close(): Promise<void>
}

export interface WorkbenchOptions extends ServiceOptions {
  /** Settings. */
  environment?: Record<string, string>
  /** Makes ready what must be there before anybody comes. */
  prepare?(accounts: Accounts): Promise<unknown>
}

export async function startWorkbench({
  environment = {},
  prepare,
  ...options
}: WorkbenchOptions = {}): Promise<Workbench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-e2e-'))
  const config = readConfig({ ...environment, VERBATIM_DATA: dataDir, VERBATIM_PORT: '0' })
  const database = await openDatabase({ dataDir })
  const service = createService(config, database, { notebookFolder: join(fixtures, 'notebooks'), ...options })
  await prepare?.(service.parts.accounts)
  const { address, close } = await listen(service, { ...config, port: 0 })
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${address}/api${path}`, init)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return {
    address,
    load: async file => {
      const form = new FormData()
      form.set('file', new Blob([await readFile(join(fixtures, file))]), file)
      await ask('/imports', { method: 'POST', body: form })
      for (;;) {
        const jobs = (await ask('/jobs')) as { state: string }[]
        if (!jobs.some(({ state }) => state === 'queued' || state === 'running')) return
        await new Promise(resume => setTimeout(resume, 50))
      }
    },
    close: async () => {
      await close()
      await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
