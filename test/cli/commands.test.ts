/** The commands, each through the dispatcher, over the same facts. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isOutdated, loadDemo } from '../../server/cli/demo-data.ts'
import { dispatch } from '../../server/cli/dispatch.ts'
import type { NotebookResult } from '../../server/notebook/model.ts'
import { openDatabase } from '../../server/store/open.ts'
import { tables } from '../../server/store/schema.ts'
import { sql } from '../../server/store/sql.ts'
import { loadFacts, makeFacts } from '../support/facts.ts'

let dataDir = ''
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'verbatim-cli-'))
  const database = await openDatabase({ dataDir })
  await loadFacts(database)
  await database.close()
  await mkdir(join(dataDir, 'notebooks'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

async function run(args: string[], input = '', signal = new AbortController().signal) {
  const [stdout, stderr, stdin] = [new PassThrough(), new PassThrough(), new PassThrough()]
  stdin.end(input)
  const said = Promise.all([readText(stdout), readText(stderr)])
  const environment = { VERBATIM_DATA: dataDir }
  const code = await dispatch(args, { environment, signal, stdin, stdout, stderr })
  stdout.end()
  stderr.end()
  const [out, err] = await said
  return { code, out, err }
}

const notebook = (name: string) => join(dataDir, 'notebooks', `${name}.md`)
const fence = '```'

describe('query', () => {
  const ask = 'select city, count(*) as n, max(null) as none from clients group by city order by n desc, city'

  it('prints a table, CSV or JSON Lines', async () => {
    expect((await run(['query', ask])).out).toBe(
      'city     n  none\n------  --  ----\nКалуга  16\nОрёл    16\nТула    16\n',
    )
    expect((await run(['query', ask, '--csv'])).out).toBe(
      'city,n,none\r\nКалуга,16,\r\nОрёл,16,\r\nТула,16,\r\n',
    )
    expect((await run(['query', '-', '--json'], `${ask} limit 1`)).out).toBe(
      '{"city":"Калуга","n":16,"none":null}\n',
    )
  })

  it('says what was left out, and what is wrong', async () => {
    const few = await run(['query', 'select * from deals', '--limit', '2', '--json'])
    expect([few.out.trim().split('\n').length, few.err]).toEqual([
      2,
      'The first 2 rows; more with --limit N\n',
    ])
    expect(await run(['query', 'delete from deals'])).toMatchObject({ code: 1, out: '' })
    expect(await run(['query', 'select * from client_contacts'])).toMatchObject({ code: 1, out: '' })
    expect(await run(['query'])).toMatchObject({ code: 2 })
    expect(await run(['query', 'select 1', '--limit', 'x'])).toMatchObject({ code: 2 })
  })

  it('quotes what CSV needs quoted', async () => {
    expect((await run(['query', `select 'a"b' as "x,y", 'c\nd' as z`, '--csv'])).out).toBe(
      '"x,y",z\r\n"a""b","c\nd"\r\n',
    )
  })
})

describe('export', () => {
  it('prints every row of a table in the order of its key', async () => {
    const { out, code } = await run(['export', 'utterances', '--json'])
    const rows = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(code).toBe(0)
    expect(rows).toHaveLength(48 * 3)
    expect(Object.keys(rows[0])).toEqual(Object.keys(tables.utterances.columns))
    const sorted = [...makeFacts().utterances].sort((a, b) =>
      a.client_id < b.client_id ? -1 : a.client_id > b.client_id ? 1 : a.n - b.n,
    )
    expect(rows).toEqual(sorted)
    expect((await run(['export', 'themes'])).out.split('\r\n')[1]).toMatch(/^o-1,objection,дорого,/)
  })

  it('an empty table is its header', async () => {
    expect((await run(['export', 'rejects'])).out).toBe(
      `${Object.keys(tables.rejects.columns).join(',')}\r\n`,
    )
  })

  it.each(['client_contacts', 'nothing', 'settings'])('%s is no table of a notebook', async table => {
    const { code, err } = await run(['export', table])
    expect([code, err.includes('Tables: clients')]).toEqual([2, true])
  })
})

describe('run', () => {
  it('prints a report, or the whole result as JSON', async () => {
    const path = notebook('good')
    await writeFile(
      path,
      `# Города\n\nВсего {{ all.n }}.\n\n${fence}sql all\nselect count(*) as n from clients\n${fence}\n`,
    )
    for (const name of ['good', path]) {
      const { code, out, err } = await run(['run', name])
      expect([code, err]).toEqual([0, ''])
      expect(out).toContain('Всего 48.')
    }
    const result = JSON.parse((await run(['run', 'good', '--json'])).out) as NotebookResult
    expect([result.ok, result.title, result.today]).toEqual([true, 'Города', '2026-06-28'])
    expect(result.blocks.map(({ id, state }) => [id, state])).toEqual([
      ['text-1', 'cached'],
      ['all', 'cached'],
    ])
  })

  it('writes the form that the ending asks for', async () => {
    await writeFile(notebook('small'), '# Заголовок\n\nТекст\n')
    for (const [ending, start] of [
      ['md', '# Заголовок'],
      ['json', '{\n  "title"'],
      ['html', '<!doctype html>'],
    ] as const) {
      const out = join(dataDir, `out.${ending}`)
      expect(await run(['run', 'small', '--out', out])).toEqual({ code: 0, out: '', err: '' })
      expect((await readFile(out, 'utf8')).slice(0, start.length).toLowerCase()).toBe(start.toLowerCase())
    }
    expect(await run(['run', 'small', '--out', join(dataDir, 'out.docx')])).toMatchObject({ code: 2 })
    expect(await run(['run', 'small', '--out', join(dataDir, 'none/out.md')])).toMatchObject({ code: 1 })
  })

  it('takes inputs, and refuses those that are not there', async () => {
    const head = '---\ninputs: { city: { type: text } }\n---\n'
    await writeFile(
      notebook('inputs'),
      `${head}${fence}sql n\nselect count(*) as n from clients where city = :city\n${fence}\n`,
    )
    const result = JSON.parse(
      (await run(['run', 'inputs', '--set', 'city=Орёл', '--json'])).out,
    ) as NotebookResult
    expect(result.blocks[0]!.table!.rows).toEqual([[16]])
    expect((await run(['run', 'inputs', '--set', 'town=Орёл'])).err).toContain(
      'no input “town” — Inputs: city',
    )
    expect(await run(['run', 'inputs', '--set', 'town'])).toMatchObject({ code: 2 })
  })

  it('ends with 1 when a cell failed, and says where each failed', async () => {
    await writeFile(
      notebook('bad'),
      `${fence}sql a\nselect 1,\n  x from clients\n${fence}\n${fence}table\ndata: a\n${fence}\n${fence}table\ndata: b\n${fence}\n`,
    )
    const { code, out, err } = await run(['run', 'bad'])
    expect(code).toBe(1)
    expect(out).not.toBe('')
    expect(err.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^bad:3:3: no such column: x/),
      expect.stringMatching(/^bad:9:7: There is no cell “b”/),
      '2 of 3 blocks failed, 1 skipped',
    ])
  })

  it('names the notebooks that there are', async () => {
    const { code, err } = await run(['run', 'none'])
    expect(code).toBe(1)
    expect(err).toMatch(/There is no notebook “none” — Notebooks: 01-overview, /)
    expect(await run(['run', join(dataDir, 'none.md')])).toMatchObject({ code: 1 })
    expect(await run(['run'])).toMatchObject({ code: 2 })
  })

  it('when stopped says so', async () => {
    const stop = new AbortController()
    stop.abort()
    expect(await run(['run', '03-questions'], '', stop.signal)).toMatchObject({
      code: 1,
      err: 'The run was stopped\n',
    })
  })
})

describe('status and doctor', () => {
  it('status says what is loaded', async () => {
    const { out } = await run(['status'])
    expect(out).toContain('Last day known: 2026-06-28')
    expect(out).toMatch(/^deals +48 +2026-01-05 +2026-06-28$/m)
    expect(JSON.parse((await run(['status', '--json'])).out)).toMatchObject({
      empty: false,
      mining: { mentions: 48 },
    })
  })

  it('doctor says what is good, what is worth a look, and how to mend it', async () => {
    const { code, out } = await run(['doctor', '--json'])
    const findings = JSON.parse(out) as { what: string; state: string; hint?: string }[]
    expect(findings.map(({ what, state }) => [what, state])).toEqual([
      ['Node.js', 'good'],
      ['Data folder', 'good'],
      ['Database', 'good'],
      ['Facts', 'good'],
      ['Mining', 'worth a look'],
      ['Rejects', 'good'],
      ['Language model', 'good'],
      ['Notebooks', 'good'],
    ])
    expect(findings[4]!.hint).toBe('verbatim mine')
    expect(code).toBe(0)
  })

  it('doctor fails where something is wrong', async () => {
    const file = join(dataDir, 'a-file')
    await writeFile(file, '')
    const { code, out, err } = await run(['doctor', '--data', file])
    expect(code).toBe(1)
    expect(out).toMatch(/^XX {2}Database: /m)
    expect(err).toMatch(/checks failed/)
    await writeFile(notebook('odd'), `${fence}sql 1\n${fence}\n`)
    expect((await run(['doctor'])).out).toMatch(/^XX {2}Notebooks: odd:1:8: /m)
    await rm(notebook('odd'))
  })
})

describe('serve', () => {
  it('says where, answers, and ends in order when told', async () => {
    const stop = new AbortController()
    const stdout = new PassThrough()
    const serving = dispatch(['serve', '--port', '0'], {
      environment: { VERBATIM_DATA: dataDir },
      signal: stop.signal,
      stdin: new PassThrough(),
      stdout,
      stderr: new PassThrough().resume(),
    })
    const address = String(await new Promise(resolve => stdout.once('data', resolve))).trim()
    expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ status: 'ok' })
    const taken = await run(['serve', '--port', new URL(address).port])
    expect(taken).toMatchObject({ code: 1, out: '' })
    expect(taken.err).toMatch(/^Port \d+ is taken — .*--port/)
    const events = await fetch(`${address}/api/jobs/events`)
    stop.abort()
    expect(await serving).toBe(0)
    expect(await events.text()).toBe('')
  })

  it.each(['x', '-1', '70000', ''])('--port %s is wrong usage', async port => {
    expect(await run(['serve', `--port=${port}`])).toMatchObject({ code: 2 })
  })

  it('does not open itself to a network without a name of its own', async () => {
    const stderr = new PassThrough()
    const said = readText(stderr)
    const code = await dispatch(['serve', '--port', '0'], {
      environment: { VERBATIM_DATA: dataDir, VERBATIM_HOST: '0.0.0.0' },
      signal: new AbortController().signal,
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr,
    })
    stderr.end()
    expect([code, await said]).toEqual([2, expect.stringContaining('VERBATIM_ALLOWED_HOSTS')])
  })
})

describe('the demo’s data', () => {
  it('is loaded once, again when a file changed, and mined', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'verbatim-demo-'))
    const own = await mkdtemp(join(tmpdir(), 'verbatim-demo-'))
    const deals = 'deal_id,client_id,amount,created_at,status\n'
    await writeFile(join(folder, '1-deals.csv'), `${deals}1,a,100,2026-02-01,open\n`)
    const talks = ['a', 'b', 'c'].map(client =>
      JSON.stringify({
        conversation_id: client,
        client_id: client,
        kind: 'chat',
        started_at: '2026-02-01 10:00:00',
        speaker: 'client',
        text: 'а монтаж входит в цену?',
      }),
    )
    await writeFile(join(folder, '2-talks.jsonl'), talks.join('\n'))
    await writeFile(join(folder, 'truth.json'), '{}')
    const database = await openDatabase({ dataDir: own })
    const load = async () => {
      const notes: string[] = []
      await loadDemo({
        database,
        config: { timeZone: 'UTC', currency: 'RUB', language: 'ru' },
        folder,
        io: { note: text => void notes.push(text), progress: () => {} },
        signal: new AbortController().signal,
      })
      return notes
    }
    expect(await load()).toEqual([
      '1-deals.csv: deals, rows 1',
      '2-talks.jsonl: conversations, rows 3',
      'Mined: mentions 3, in themes 3; personas 0',
    ])
    expect(await load()).toEqual([])
    expect(await isOutdated(database, folder)).toBe(false)
    await writeFile(join(folder, '1-deals.csv'), `${deals}1,a,200,2026-02-01,open\n`)
    expect(await isOutdated(database, folder)).toBe(true)
    expect(await load()).toEqual(['1-deals.csv: deals, rows 1', 'Mined: mentions 3, in themes 3; personas 0'])
    // Stopped before mining came to its end: it is done again.
    await database.run(sql`delete from app.settings where name = 'demo_mined'`)
    expect(await load()).toEqual(['Mined: mentions 3, in themes 3; personas 0'])
    expect(await database.query(sql`select amount from deals`)).toEqual([{ amount: 200 }])
    await database.close()
    await rm(folder, { recursive: true })
    await rm(own, { recursive: true })
  })
})
