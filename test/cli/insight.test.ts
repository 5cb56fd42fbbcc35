/** The commands of drafts and personas, through the dispatcher. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dispatch } from '../../server/cli/dispatch.ts'
import { openDatabase } from '../../server/store/open.ts'
import { loadFacts, makeFacts } from '../support/facts.ts'

let dataDir = ''
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'verbatim-cli-insight-'))
  const database = await openDatabase({ dataDir })
  await loadFacts(database)
  await database.upsert(
    'utterances',
    ['client_id', 'conversation_id', 'n', 'speaker', 'text'],
    makeFacts()
      .mentions.filter(mention => mention.theme_id === 'q-1')
      .map(({ client_id, conversation_id }) => ({
        client_id: client_id!,
        conversation_id: conversation_id!,
        n: 2,
        speaker: 'agent',
        text: 'Да, монтаж входит в стоимость.',
      })),
  )
  const gap = { state: 'missing', clients: 16, asked_after: 0, faded: 0 }
  await database.upsert(
    'gaps',
    ['theme_id', 'state', 'clients', 'asked_after', 'faded'],
    [
      { ...gap, theme_id: 'q-1' },
      { ...gap, theme_id: 'q-2' },
    ],
  )
  const persona = (n: number) => ({
    persona_id: `p-${n}`,
    name: `П${n}`,
    machine_name: `П${n}`,
    hidden: 0,
    pinned: 0,
  })
  await database.upsert(
    'personas',
    ['persona_id', 'name', 'machine_name', 'hidden', 'pinned'],
    [persona(1), persona(2)],
  )
  await database.close()
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

async function run(...args: string[]) {
  const [stdout, stderr, stdin] = [new PassThrough(), new PassThrough(), new PassThrough()]
  stdin.end()
  const said = Promise.all([readText(stdout), readText(stderr)])
  const signal = new AbortController().signal
  const code = await dispatch(args, {
    environment: { VERBATIM_DATA: dataDir },
    signal,
    stdin,
    stdout,
    stderr,
  })
  stdout.end()
  stderr.end()
  const [out, err] = await said
  return { code, out, err }
}

describe('faq', () => {
  it('shows a gap, takes what agents said, publishes it and hands it over', async () => {
    const shown = await run('faq', 'show', 'q-1')
    expect(shown.out).toContain('draft: Монтаж входит в стоимость.')
    expect((await run('faq', 'accept', 'q-1')).out).toMatch(/^Edit 1 done/)
    expect(await run('faq', 'accept', 'q-2')).toMatchObject({ code: 1 })
    expect((await run('faq', 'status', 'q-1', 'published', '--day', '2026-05-01', '--json')).out).toBe(
      '{"edit":2}\n',
    )
    expect((await run('faq', 'list', 'missing')).out).toContain('missing, clients 16, published')
    expect((await run('faq', 'export', 'md')).out).toContain('Монтаж входит в стоимость.')
    expect(JSON.parse((await run('faq', 'export', 'jsonld', '--published')).out).mainEntity).toHaveLength(1)
    expect((await run('faq', 'undo', '2')).out).toBe('Edit 2 undone\n')
    expect(JSON.parse((await run('faq', 'export', 'jsonld', '--published')).out).mainEntity).toHaveLength(0)
    expect((await run('faq', 'log')).out.trim().split('\n')).toHaveLength(2)
  })

  it.each([
    [['faq']],
    [['faq', 'sing']],
    [['faq', 'list', 'lost']],
    [['faq', 'list', '--limit', '0']],
    [['faq', 'write', 'v-1', 'А?', 'Б']],
    [['faq', 'status', 'q-1', 'done']],
    [['faq', 'export', 'pdf']],
  ])('%j is wrong usage', async args => {
    expect(await run(...args)).toMatchObject({ code: 2, out: '' })
  })
})

describe('personas', () => {
  it('renames, pins, hides and merges, and takes it back', async () => {
    await run('personas', 'rename', 'p-2', 'Дачники', 'на лето')
    await run('personas', 'pin', 'p-2')
    expect((await run('personas', 'list')).out.split('\n')[0]).toMatch(/p-2 .* Дачники на лето \(pinned\)/)
    await run('personas', 'hide', 'p-1')
    expect((await run('personas', 'list')).out).not.toContain('p-1')
    expect((await run('personas', 'list', '--all')).out).toContain('(hidden)')
    expect((await run('personas', 'merge', 'p-1', 'p-2')).out).toMatch(/^Edit 4 done/)
    expect((await run('personas', 'list', '--all', '--json')).out).toContain('"alias_of":"p-1"')
    expect((await run('personas', 'undo', '4')).out).toBe('Edit 4 undone\n')
    expect((await run('personas', 'log')).out).toContain('4 (undone)  merge')
  })

  it('says what is wrong', async () => {
    expect(await run('personas')).toMatchObject({ code: 2 })
    expect(await run('personas', 'rename', 'p-1')).toMatchObject({ code: 2 })
    expect(await run('personas', 'pin', 'p-77')).toMatchObject({ code: 1, out: '' })
  })
})
