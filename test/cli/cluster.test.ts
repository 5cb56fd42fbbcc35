import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dispatch } from '../../server/cli/dispatch.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verbatim-cluster-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function cluster(lines: readonly (string | { id: string; text: string })[], ...args: string[]) {
  const stdin = new PassThrough()
  stdin.end(lines.map(line => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''))
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await dispatch(['cluster', ...args], {
    environment: {},
    signal: new AbortController().signal,
    stdin,
    stdout,
    stderr,
  })
  const out = String(stdout.read() ?? '')
  const rows = out
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as { id: string; cluster: string; label: string })
  return { code, rows, err: String(stderr.read() ?? '') }
}

const said = (texts: readonly string[], from = 1) => texts.map((text, i) => ({ id: `${from + i}`, text }))
const first = ['Есть ли рассрочка?', 'А рассрочку вы даёте?', 'Где у вас парковка?', 'Парковка у вас есть?']

describe('the cluster filter', () => {
  it('gives every row a cluster and its label, in the order read', async () => {
    const { code, rows } = await cluster(said(first))
    expect(code).toBe(0)
    expect(rows.map(({ id, cluster: own }) => [id, own])).toEqual([
      ['1', 'c1'],
      ['2', 'c1'],
      ['3', 'c2'],
      ['4', 'c2'],
    ])
    // A name is cut from what was said and begins with a capital letter.
    expect(first.join('\n').toLowerCase()).toContain(rows[0]!.label.toLowerCase())
    expect(rows[0]!.label).toBe(rows[1]!.label)
  })

  it('reads the catalogue from a file, extends it and writes it back: ids given stay', async () => {
    const state = join(folder, 'catalogue.json')
    const before = await cluster(said(first), '--state', state)
    const later = ['Можно в рассрочку?', 'Какая гарантия?', first[3]!]
    const after = await cluster(said(later, 10), '--state', state)
    expect(after.rows.map(row => row.cluster)).toEqual(['c1', 'c3', 'c2'])
    expect(after.rows[0]!.label).toBe(before.rows[0]!.label)
    expect((await cluster(said(first), '--state', state)).rows).toEqual(before.rows)
    expect((await readdir(folder)).sort()).toEqual(['catalogue.json'])
    expect(JSON.parse(await readFile(state, 'utf8'))).toMatchObject({ version: 1, next: 4 })
  })

  it('refuses a file that is no catalogue, or one of the other granularity, and leaves it alone', async () => {
    const other = join(folder, 'notes.json')
    await writeFile(other, '{"a":1}')
    const wrong = await cluster(said(first), '--state', other)
    expect(wrong).toMatchObject({ code: 1, rows: [] })
    expect(wrong.err).toContain('notes.json is not a catalogue that this command wrote')
    expect(await readFile(other, 'utf8')).toBe('{"a":1}')
    const state = join(folder, 'topics.json')
    await cluster(said(first), '--state', state, '--granularity', 'topic')
    const mixed = await cluster(said(first), '--state', state)
    expect(mixed).toMatchObject({ code: 2, rows: [] })
    expect(mixed.err).toContain('--granularity topic')
    expect((await cluster(said(first), '--granularity', 'theme')).code).toBe(2)
  })

  it('refuses a catalogue by which an id could be given twice', async () => {
    const state = join(folder, 'damaged.json')
    const theme = { id: 'c1', label: 'Замер', size: 1, exemplars: ['Замер'] }
    const whole = { version: 1, granularity: 'question', next: 2, themes: [theme], given: { a: 'c1' } }
    const damaged = [
      { ...whole, next: 1 },
      { ...whole, themes: [theme, theme] },
      { ...whole, given: { a: 'c7' } },
    ]
    for (const kept of damaged) {
      await writeFile(state, JSON.stringify(kept))
      expect(await cluster(said(first), '--state', state)).toMatchObject({ code: 1, rows: [] })
    }
    await writeFile(state, JSON.stringify(whole).slice(0, 50))
    expect(await cluster(said(first), '--state', state)).toMatchObject({ code: 1, rows: [] })
    await writeFile(state, '')
    expect((await cluster(said(first), '--state', state)).rows.map(row => row.cluster)).toContain('c2')
  })

  it('tells the lines that it can not read, and clusters the others', async () => {
    const { code, rows, err } = await cluster(['{"id":1}', { id: 'a', text: 'Где парковка?' }, 'x'])
    expect(code).toBe(1)
    expect(rows.map(row => row.id)).toEqual(['a'])
    expect(err).toContain('line 1')
    expect(err).toContain('2 of 3 lines')
  })

  it('of nothing makes nothing', async () => {
    expect(await cluster([])).toMatchObject({ code: 0, rows: [], err: '' })
  })
})
