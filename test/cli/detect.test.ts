import { PassThrough } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { dispatch } from '../../server/cli/dispatch.ts'

async function detect(input: string) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  stdin.end(input)
  const said = Promise.all([readText(stdout), readText(stderr)])
  const signal = new AbortController().signal
  const code = await dispatch(['detect'], { environment: {}, signal, stdin, stdout, stderr })
  stdout.end()
  stderr.end()
  const [out, err] = await said
  const rows = out.split('\n').filter(line => line !== '')
  return { code, err, rows: rows.map(line => JSON.parse(line)) }
}

describe('detect', () => {
  it('writes a line for each line, with places in the text as it was', async () => {
    const texts = ['🙂 Ёлка есть?', 'дорого для нас', '']
    const { code, rows } = await detect(texts.map((text, id) => `${JSON.stringify({ id, text })}\n`).join(''))
    expect(code).toBe(0)
    expect(rows).toEqual([
      { id: 0, question: true, spans: [{ from: 3, to: 12, kind: 'question' }] },
      { id: 1, question: false, spans: [{ from: 0, to: 14, kind: 'objection' }] },
      { id: 2, question: false, spans: [] },
    ])
    expect(texts[0]!.slice(3, 12)).toBe('Ёлка есть')
  })

  it('goes on after a bad line and says which it was', async () => {
    const { code, err, rows } = await detect('nonsense\n{"id":"a","text":"сколько ждать"}\n')
    expect(code).toBe(1)
    expect(err).toContain('line 1')
    expect(rows).toEqual([{ id: 'a', question: true, spans: [{ from: 0, to: 13, kind: 'question' }] }])
  })

  it('reads files as other programs write them: a byte order mark, other line ends, empty lines, one id twice', async () => {
    const line = '{"id":1,"text":"сколько ждать"}'
    const { code, err, rows } = await detect(`\uFEFF${line}\r\n\r\n  \n${line}`)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(rows.map(row => row.id)).toEqual([1, 1])
  })
})
