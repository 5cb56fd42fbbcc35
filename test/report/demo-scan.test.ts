/** Everything that leaves the house for a share of the demo, byte by byte: none of the personal data planted in it. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDemo } from '../../data/demo/generator/main.ts'
import type { Truth } from '../../data/demo/generator/truth.ts'
import type { NotebookSummary, ShareMade } from '../../server/api/contract.ts'
import { createService, type Service } from '../../server/api/service.ts'
import { dispatch } from '../../server/cli/dispatch.ts'
import { readConfig } from '../../server/config.ts'
import { refresh } from '../../server/jobs/refresh.ts'
import type { Quote } from '../../server/notebook/output.ts'
import { importFile } from '../../server/sources/ingest.ts'
import { openInput } from '../../server/sources/recognise.ts'
import type { Database } from '../../server/store/database.ts'
import { openDatabase } from '../../server/store/open.ts'
import type { Row } from '../../server/store/schema.ts'
import { raw } from '../../server/store/sql.ts'

const CLIENTS = 150
const FORMS = ['report.html', 'report.md', 'report.xlsx', 'tables.zip']
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }

/** What a person would read in a file: text with entities decoded; of an archive all its files. */
function textOf(bytes: Uint8Array): string {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const texts = isZip ? Object.values(unzipSync(bytes)).map(textOf) : [strFromU8(bytes)]
  return texts
    .join('\n')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name]!)
}

describe.each(['ru', 'en'] as const)('a share of the demo (%s)', language => {
  let folder: string
  let database: Database
  let service: Service
  /** Planted texts and contacts of clients, with where they stand. */
  const planted = new Set<string>()

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verbatim-scan-'))
    await writeDemo({ clients: CLIENTS, seed: 5, language }, folder)
    const truth = JSON.parse(await readFile(join(folder, `truth.${language}.json`), 'utf8')) as Truth
    // A name such as Will is an ordinary word as well, and then nobody's.
    for (const [, spans] of truth.personal)
      for (const [, , , , text] of spans) if (text.length > 4 || /\d/.test(text)) planted.add(text)
    database = await openDatabase({ dataDir: join(folder, 'data') })
    const zone = { timeZone: 'Europe/Moscow', currency: 'RUB' }
    // So few clients may leave a kind of file without a row.
    for (const file of (await readdir(join(folder, language))).sort())
      if ((await stat(join(folder, language, file))).size > 3)
        await importFile(database, await openInput(join(folder, language, file)), zone)
    await refresh(database, { now: '2026-06-30 12:00:00', language })
    const contacts = await database.query<Record<string, string | null>>(
      raw('select name, phone, email from app.client_contacts'),
    )
    for (const { name, phone, email } of contacts) {
      if (name && /\S\s\S/.test(name)) planted.add(name)
      if (email) planted.add(email)
      if (phone) for (const form of [phone, phone.slice(-10), phone.slice(-7)]) planted.add(form)
    }
    const config = readConfig({ VERBATIM_DATA: join(folder, 'data'), VERBATIM_LANGUAGE: language })
    service = createService(config, database, { report: error => expect.fail(String(error)) })
  }, 180_000)
  afterAll(async () => {
    await service?.close()
    await database?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('holds nothing of what was planted: page, data, and every file', async () => {
    expect(planted.size).toBeGreaterThan(200)
    const said = await database.query<{ text: string }>(raw('select text from utterances'))
    const spoken = said.map(({ text }) => text).join('\n')
    expect([...planted].filter(datum => spoken.includes(datum)).length).toBeGreaterThan(50)
    const ask = (path: string, body?: unknown) =>
      service.app.request(
        path,
        body === undefined
          ? {}
          : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
      )
    const all = (await (await ask('/api/notebooks')).json()) as NotebookSummary[]
    const notebooks = all.filter(notebook => notebook.language === language)
    expect(notebooks.length).toBeGreaterThan(3)
    const leaks: string[] = []
    let bytes = 0
    const scan = async (what: string, response: Response) => {
      expect([what, response.status]).toEqual([what, 200])
      const content = new Uint8Array(await response.arrayBuffer())
      bytes += content.length
      const text = textOf(content)
      const lower = text.toLowerCase()
      for (const datum of planted) {
        for (let at = lower.indexOf(datum.toLowerCase()); at !== -1; at = -1) {
          const around =
            text.slice(Math.max(0, at - 1), at) + text.slice(at + datum.length, at + datum.length + 1)
          // A part of a longer word or number is something else.
          if (!/[\p{L}\p{N}]/u.test(around)) leaks.push(`${what}: ${datum}`)
        }
      }
    }
    for (const { id } of notebooks) {
      const made = await ask('/api/shares', { notebook: id, confirmed: true })
      expect([id, made.status]).toEqual([id, 201])
      const { path } = (await made.json()) as ShareMade
      await scan(`share of ${id}`, await ask(path))
      for (const form of FORMS) await scan(`${id}/${form}`, await ask(`/api/notebooks/${id}/${form}`))
    }
    expect(bytes).toBeGreaterThan(100_000)
    expect(leaks).toEqual([])
  }, 180_000)

  it('shows quotes that are cut from what was said, to the byte', async () => {
    const notebook = language === 'ru' ? '03-questions' : '03-questions.en'
    let out = ''
    const stdout = new PassThrough().on('data', chunk => {
      out += chunk
    })
    const around = {
      signal: new AbortController().signal,
      stdin: new PassThrough(),
      stderr: new PassThrough(),
    }
    const environment = { VERBATIM_DATA: join(folder, 'data') }
    const code = await dispatch(['run', notebook, '--json'], { ...around, environment, stdout })
    expect(code).toBe(0)
    const quotes: Quote[] = []
    JSON.parse(out, (_key, value) => {
      if (value?.ref && typeof value.text === 'string') quotes.push(value)
      return value
    })
    expect(quotes.length).toBeGreaterThan(20)
    const rows = await database.query<Row<'utterances'>>(raw('select * from utterances'))
    const said = new Map(rows.map(row => [`${row.client_id} ${row.conversation_id} ${row.n}`, row.text]))
    for (const { ref, text } of quotes)
      expect(text).toBe(said.get(`${ref.client_id} ${ref.conversation_id} ${ref.n}`)?.slice(ref.from, ref.to))
  })
})
