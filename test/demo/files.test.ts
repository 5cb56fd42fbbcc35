import { readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { committed, type DemoOptions, generateDemo } from '../../data/demo/generator/generate.ts'
import { writeDemo } from '../../data/demo/generator/main.ts'
import { collectTruth, printTruth } from '../../data/demo/generator/truth.ts'

const shipped = resolve(import.meta.dirname, '../../data/demo')
const languages = ['ru', 'en'] as const

const filesOf = (folder: string) => readdirSync(folder).sort()
/** Bytes of every file by name, the truth's too. */
function contents(root: string, language: 'ru' | 'en'): Map<string, Buffer> {
  const folder = join(root, language)
  return new Map([
    ...filesOf(folder).map(name => [name, readFileSync(join(folder, name))] as const),
    ['truth', readFileSync(join(root, `truth.${language}.json`))] as const,
  ])
}

describe('the demo’s files', () => {
  let root: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'verbatim-demo-'))
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  const write = async (name: string, options: DemoOptions) => {
    const out = join(root, name)
    await writeDemo(options, out)
    return contents(out, options.language)
  }

  it.each(languages)('are byte for byte what the generator writes (%s)', async language => {
    const written = await write('whole', { language, ...committed[language] })
    const there = contents(shipped, language)
    expect([...written.keys()]).toEqual([...there.keys()])
    for (const [name, bytes] of written)
      expect(`${name} ${bytes.equals(there.get(name)!)}`).toBe(`${name} true`)
  })

  it('are the same bytes for the same seed, workbooks too, and others for another', async () => {
    const options = { language: 'ru', clients: 60, seed: 5 } as const
    const [one, two, other] = [
      await write('one', options),
      await write('two', options),
      await write('other', { ...options, seed: 6 }),
    ]
    for (const [name, bytes] of one) expect(bytes.equals(two.get(name)!)).toBe(true)
    expect(one.get('10-vk.xlsx')!.equals(other.get('10-vk.xlsx')!)).toBe(false)
    expect(one.get('02-deals.csv')!.equals(other.get('02-deals.csv')!)).toBe(false)
  })

  it('take at most 5 MB', () => {
    const size = languages
      .flatMap(language => [
        join(shipped, `truth.${language}.json`),
        ...filesOf(join(shipped, language)).map(name => join(shipped, language, name)),
      ])
      .reduce((sum, path) => sum + statSync(path).size, 0)
    expect(size).toBeLessThan(5_000_000)
  })

  it('are in the encodings that their makers use', () => {
    const head = (name: string) => readFileSync(join(shipped, name)).subarray(0, 200)
    expect(head('ru/02-deals.csv').subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(new TextDecoder('windows-1251').decode(head('ru/09-direct.csv'))).toMatch(/^Отчёт «Расход по дням/)
    expect(head('en/08-google-ads.csv').subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfe]))
    expect(head('ru/10-vk.xlsx').subarray(0, 2).toString()).toBe('PK')
  })

  it.each(languages)('have a truth that reads back and fits the rows (%s)', language => {
    const demo = generateDemo({ clients: 50, seed: 2, language })
    const truth = collectTruth(demo)
    expect(JSON.parse(printTruth(truth))).toEqual(truth)
    const texts = new Map(
      [...demo.clients()].flatMap(({ conversations }) =>
        conversations.map(row => [row.conversation_id, row.utterances.map(({ text }) => text)]),
      ),
    )
    let spans = 0
    for (const [id, said] of truth.personal) {
      for (const [n, from, to, , value] of said) {
        expect(texts.get(id)![n]!.slice(from, to)).toBe(value)
        spans++
      }
    }
    expect(spans).toBeGreaterThan(10)
  })
})
