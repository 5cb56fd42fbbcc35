import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { dispatch } from '../../server/cli/dispatch.ts'

async function run(...args: string[]) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const code = await dispatch(args, {
    environment: {},
    signal: new AbortController().signal,
    stdin: new PassThrough(),
    stdout,
    stderr,
  })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

const names = readdirSync(join(import.meta.dirname, '../../server/cli/commands')).map(file =>
  file.slice(0, -3),
)

describe('the command line', () => {
  it('lists every command', async () => {
    const { code, out } = await run('--help')
    expect(code).toBe(0)
    for (const name of names) expect(out).toMatch(new RegExp(`^ {2}${name} +\\S`, 'm'))
  })

  it.each(names)('%s has help with its usage and options', async name => {
    const { code, out } = await run(name, '--help')
    expect(code).toBe(0)
    expect(out).toContain(`Usage: ${name}`)
    expect(out).toContain('--data DIR')
  })

  it('an unknown command is wrong usage, said in one line that names the right ones', async () => {
    const { code, err } = await run('improt')
    expect(code).toBe(2)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(err).toContain('import')
  })

  it('an unknown option is wrong usage and shows the usage', async () => {
    const { code, err } = await run(names[0]!, '--no-such-option')
    expect(code).toBe(2)
    expect(err).toContain('--no-such-option')
    expect(err).toContain('Usage:')
  })
})
