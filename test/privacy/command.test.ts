import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { dispatch } from '../../server/cli/dispatch.ts'

/** `mask ARGS` over lines; what it printed and its exit code. */
async function run(lines: string[], ...args: string[]) {
  const said = { out: '', err: '' }
  const sink = (key: 'out' | 'err') =>
    new PassThrough().on('data', chunk => {
      said[key] += chunk
    })
  const stdin = new PassThrough()
  stdin.end(lines.map(line => `${line}\n`).join(''))
  const surroundings = { environment: {}, signal: new AbortController().signal, stdin }
  const code = await dispatch(['mask', ...args], {
    ...surroundings,
    stdout: sink('out'),
    stderr: sink('err'),
  })
  return { code, ...said }
}

describe('the mask filter', () => {
  it('writes each text masked with its spans in the original', async () => {
    const { code, out, err } = await run([
      '{"id":"a","text":"это Олег, 8 900 000-12-34"}',
      '{"id":2,"text":"окно 1400х1200"}',
    ])
    expect([code, err]).toEqual([0, ''])
    expect(
      out
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual([
      {
        id: 'a',
        text: 'это [имя], [телефон]',
        spans: [
          { from: 4, to: 8, kind: 'name' },
          { from: 10, to: 25, kind: 'phone' },
        ],
      },
      { id: 2, text: 'окно 1400х1200', spans: [] },
    ])
  })

  it('takes names of its own and a language; says a bad line and goes on', async () => {
    const { code, out, err } = await run(
      ['{"id":1,"text":"ask Okonjo"}', 'oops'],
      '--name',
      'Okonjo',
      '--language',
      'ru',
    )
    expect(code).toBe(1)
    expect(out).toBe('{"id":1,"text":"ask [имя]","spans":[{"from":4,"to":10,"kind":"name"}]}\n')
    expect(err).toContain('line 2: not an object with id and text')
    expect((await run([], '--language', 'de')).code).toBe(2)
  })
})
