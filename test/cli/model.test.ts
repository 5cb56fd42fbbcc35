/** Commands that use a language model, over a fake endpoint. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dispatch } from '../../server/cli/dispatch.ts'
import { openDatabase } from '../../server/store/open.ts'
import { loadFacts } from '../support/facts.ts'
import { answer, answerText, fakeModels, refuse } from '../support/fake-model.ts'

let dataDir = ''
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'verbatim-cli-model-'))
  const database = await openDatabase({ dataDir })
  await loadFacts(database)
  await database.close()
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

async function run(args: string[], more: Record<string, string> = {}) {
  const [stdout, stderr, stdin] = [new PassThrough(), new PassThrough(), new PassThrough()]
  stdin.end()
  const said = Promise.all([readText(stdout), readText(stderr)])
  const code = await dispatch(args, {
    environment: { VERBATIM_DATA: dataDir, ...more },
    signal: new AbortController().signal,
    stdin,
    stdout,
    stderr,
  })
  stdout.end()
  stderr.end()
  const [out, err] = await said
  return { code, out, err }
}

describe('a language model on the command line', () => {
  const start = fakeModels()
  const environmentOf = (url: string) => ({
    VERBATIM_LLM_URL: url,
    VERBATIM_LLM_KEY: 'secret-key',
    VERBATIM_LLM_MODEL: 'fake',
    VERBATIM_LLM_PRICES: '150/600',
  })
  const ask = ['run', '09-ask', '--set', 'question=Сколько ждать доставку, спрашивал Геннадий Пустовойтов?']

  it('run says what it will use before, and what it used after', async () => {
    const fake = await start((_seen, response) => answer(response, []))
    const { code, out, err } = await run(ask, environmentOf(fake.settings.baseUrl))
    expect([code, fake.seen.length]).toEqual([0, 1])
    expect(err).toMatch(/answer: asking the model, at most \d+ tokens, up to \d+(\.\d+)? USD/)
    expect(out.replace(/\s/g, ' ')).toMatch(/Потрачено с начала запуска: 110 токенов ≈ 0,021\d* USD/)
  })

  it('run --dry-run prints what would be sent, masked, and sends nothing', async () => {
    const fake = await start((_seen, response) => answer(response, []))
    const { code, out, err } = await run([...ask, '--dry-run'], environmentOf(fake.settings.baseUrl))
    expect([code, fake.bodies]).toEqual([0, []])
    expect(out).toMatch(/=== ask: at most \d+ tokens, up to/)
    expect(out).toContain('доставку')
    expect(out).not.toMatch(/Геннади|Пустовойт/)
    expect(err).toMatch(/questions to the model \d+; nothing was sent/)
    expect((await run([...ask, '--dry-run'])).code).toBe(2)
  })

  it('doctor says whether it answers', async () => {
    expect((await run(['doctor'])).out).toContain('Language model: none is configured')
    const good = await start((_seen, response) => answerText(response, '{"ok": true}'))
    expect((await run(['doctor'], environmentOf(good.settings.baseUrl))).out).toContain('fake answers')
    const bad = await start((_seen, response) => refuse(response, 401))
    const { code, out } = await run(['doctor'], environmentOf(bad.settings.baseUrl))
    expect([code, out.includes('the key was refused'), out.includes('secret-key')]).toEqual([1, true, false])
  })

  const wrong: [name: string, settings: Record<string, string>][] = [
    ['no address', { VERBATIM_LLM_URL: 'x', VERBATIM_LLM_MODEL: 'fake' }],
    ['no model', { VERBATIM_LLM_URL: 'http://127.0.0.1:1/v1' }],
    [
      'prices that are none',
      { VERBATIM_LLM_URL: 'http://127.0.0.1:1/v1', VERBATIM_LLM_MODEL: 'm', VERBATIM_LLM_PRICES: '1' },
    ],
    [
      'a limit of money without prices',
      { VERBATIM_LLM_URL: 'http://127.0.0.1:1/v1', VERBATIM_LLM_MODEL: 'm', VERBATIM_LLM_COST: '5' },
    ],
  ]
  for (const [name, settings] of wrong)
    it(`settings with ${name} are refused`, async () => {
      expect(await run(['status'], settings)).toMatchObject({
        code: 2,
        err: expect.stringMatching(/Settings not understood: llm/),
      })
    })
})
