import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dispatch } from '../../server/cli/dispatch.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verbatim-match-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function match(faq: string, input: string) {
  const file = join(folder, 'faq.jsonl')
  await writeFile(file, faq)
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  stdin.end(input)
  const signal = new AbortController().signal
  const code = await dispatch(['match', '--faq', file], { environment: {}, signal, stdin, stdout, stderr })
  const rows = String(stdout.read() ?? '')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as { id: string; answer: string | null; ranked: { answer: string }[] })
  return { code, rows, err: String(stderr.read() ?? '') }
}

const faq = [
  { id: 'pay', text: 'Можно ли заплатить частями?' },
  { id: 'park', text: 'Где у вас парковка?', phrasings: null },
  { id: 'pay', text: 'Есть ли рассрочка?' },
]
const lines = (rows: readonly object[]) => rows.map(row => `${JSON.stringify(row)}\n`).join('')

describe('the match filter', () => {
  it('answers by every wording of an entry, also where they stand in lines of one id', async () => {
    const { code, rows } = await match(`\uFEFF${lines(faq)}`, lines([{ id: 1, text: 'рассрочка есть' }]))
    expect(code).toBe(0)
    expect(rows.map(row => row.answer)).toEqual(['pay'])
    expect(rows[0]!.ranked.filter(({ answer }) => answer === 'pay')).toHaveLength(1)
  })

  it('answers nothing where nothing is alike, and says which line of the entries it can not read', async () => {
    const texts = ['', '👍', 'синхрофазотрон'].map((text, id) => ({ id, text }))
    expect((await match(lines(faq), lines(texts))).rows.map(row => row.answer)).toEqual([null, null, null])
    const broken = await match(`${lines(faq)}{"id":"x"}\n`, '')
    expect(broken).toMatchObject({ code: 1, rows: [] })
    expect(broken.err).toContain('line 4')
  })
})
