import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { ErrorResponse, FaqDraft, LoggedFaqEdit, TableTheme } from '../../server/api/contract.ts'
import { createService } from '../../server/api/service.ts'
import { readConfig } from '../../server/config.ts'
import { sql } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'
import { loadFacts, makeFacts } from '../support/facts.ts'

const ANSWERS = [
  'Да, монтаж входит в стоимость. Отдельно считаем откосы.',
  'да монтаж входит в стоимость отдельно считаем откосы',
  'Меня зовут Дмитрий. Да, монтаж входит в стоимость. Какой у вас этаж?',
]

eachDatabase('drafts of answers', open => {
  const closers: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })

  /** 16 clients ask q-1, each third of them bought; agents answer in one of three ways. */
  async function serve() {
    const { database } = await open()
    await loadFacts(database)
    const facts = makeFacts()
    const asked = facts.mentions.filter(mention => mention.theme_id === 'q-1')
    await database.upsert(
      'utterances',
      ['client_id', 'conversation_id', 'n', 'speaker', 'text'],
      asked.map(({ client_id, conversation_id }, i) => ({
        client_id: client_id!,
        conversation_id: conversation_id!,
        n: 2,
        speaker: 'agent',
        text: ANSWERS[i % 3]!,
      })),
    )
    await database.upsert(
      'pages',
      ['page_id', 'url', 'kind', 'position', 'heading', 'text'],
      [
        {
          page_id: 'f1',
          url: '/faq',
          kind: 'faq',
          position: 1,
          heading: 'Сколько ждать?',
          text: 'Две недели.',
        },
        { page_id: 'f2', url: '/faq', kind: 'faq', position: 2, heading: 'Как оплатить?', text: 'Картой.' },
      ],
    )
    await database.upsert(
      'gaps',
      ['theme_id', 'state', 'page_id', 'score', 'clients', 'asked_after', 'faded'],
      [
        {
          theme_id: 'q-1',
          state: 'missing',
          page_id: 'f1',
          score: 0.1,
          clients: 16,
          asked_after: 0,
          faded: 0,
        },
        { theme_id: 'q-3', state: 'poor', page_id: 'f1', score: 0.9, clients: 8, asked_after: 8, faded: 0 },
        {
          theme_id: 'q-2',
          state: 'answered',
          page_id: 'f2',
          score: 0.9,
          clients: 8,
          asked_after: 0,
          faded: 0,
        },
      ],
    )
    const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-faq-'))
    closers.push(() => rm(dataDir, { recursive: true, force: true }))
    const service = createService(readConfig({ VERBATIM_DATA: dataDir }), database)
    closers.push(service.close)
    const ask = async (path: string, init?: RequestInit) => service.app.request(`/api${path}`, init)
    const read = async <T>(path: string) => (await (await ask(path)).json()) as T
    const edit = (body: unknown) =>
      ask('/faq/edits', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
    return { database, ask, read, edit }
  }

  it('propose what agents of won deals agree on, cut from the talks, with the place', async () => {
    const { database, read } = await serve()
    const [first, second, ...rest] = await read<FaqDraft[]>('/faq')
    expect([first!.theme, second!.theme, rest.length]).toEqual(['q-1', 'q-3', 0])
    expect(first).toMatchObject({
      clients: 16,
      place: { heading: 'Как оплатить?', url: '/faq', near: false },
      saved: null,
      effect: null,
      suggestion: 'Монтаж входит в стоимость. Отдельно считаем откосы.',
      answer: { differs: false },
    })
    expect(second).toMatchObject({ place: { heading: 'Сколько ждать?', near: true } })
    const [variant] = first!.answer!.variants
    expect(variant!.clients).toBeGreaterThanOrEqual(3)
    const won = await database.query<{ client_id: string }>(
      sql`select client_id from deals where status = 'won'`,
    )
    for (const { ref, text, speaker } of first!.answer!.variants.flatMap(({ quotes }) => quotes)) {
      const [{ text: said } = { text: '' }] = await database.query<{ text: string }>(
        sql`select text from utterances where conversation_id = ${ref.conversation_id} and n = ${ref.n}`,
      )
      expect(said.slice(ref.from, ref.to)).toBe(text)
      expect([speaker, won.some(row => row.client_id === ref.client_id)]).toEqual(['agent', true])
    }
  })

  it('go through to published, keep who and when, and the theme follows', async () => {
    const { read, edit, ask } = await serve()
    const themeStatus = async () => (await read<TableTheme>('/themes/q-1')).status
    expect((await edit({ action: 'status', theme: 'q-1', status: 'published' })).status).toBe(409)
    expect((await edit({ action: 'status', theme: 'q-1', status: 'in_work' })).status).toBe(201)
    expect(await themeStatus()).toBe('in_work')
    await edit({ action: 'write', theme: 'q-1', question: 'Входит ли монтаж?', answer: 'Да, входит.' })
    expect((await read<FaqDraft>('/faq/q-1')).saved).toMatchObject({ status: 'draft', answer: 'Да, входит.' })
    await edit({ action: 'status', theme: 'q-1', status: 'published', day: '2026-04-01' })
    expect(await themeStatus()).toBe('answered')
    const { saved, effect } = await read<FaqDraft>('/faq/q-1')
    expect(saved).toMatchObject({ status: 'published', publishedAt: '2026-04-01' })
    expect(effect!.before.of).toBeGreaterThan(0)
    expect(effect!.before.clients + effect!.after.clients).toBeLessThanOrEqual(16)
    const log = await read<LoggedFaqEdit[]>('/faq/edits')
    expect(log.map(({ id, edit: { action } }) => [id, action])).toEqual([
      [3, 'status'],
      [2, 'write'],
      [1, 'status'],
    ])
    expect(log[0]!.madeAt).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    expect((await ask('/faq/edits/3', { method: 'DELETE' })).status).toBe(204)
    expect((await read<FaqDraft>('/faq/q-1')).saved).toMatchObject({ status: 'draft', publishedAt: null })
    expect(await themeStatus()).toBe('in_work')
    expect((await ask('/faq/edits/3', { method: 'DELETE' })).status).toBe(409)
    expect((await ask('/faq/edits/99', { method: 'DELETE' })).status).toBe(404)
  })

  it('leave as Markdown and JSON-LD, drafts and published ones apart', async () => {
    const { edit, ask } = await serve()
    await edit({
      action: 'write',
      theme: 'q-1',
      question: 'Входит ли монтаж?',
      answer: 'Да, звоните 8 912 345-67-89.',
    })
    const page = await ask('/faq/faq.json')
    expect(page.headers.get('content-type')).toContain('application/ld+json')
    expect(await page.json()).toMatchObject({ mainEntity: [{ name: 'Входит ли монтаж?' }] })
    const markdown = await (await ask('/faq/faq.md')).text()
    expect(markdown).toContain('## Входит ли монтаж?')
    expect(markdown).not.toContain('345')
    expect(await (await ask('/faq/faq.json?which=published')).json()).toMatchObject({ mainEntity: [] })
  })

  it('have none where a theme is hidden', async () => {
    const { ask, database } = await serve()
    await database.run(sql`update themes set hidden = 1 where theme_id = 'q-1'`)
    const none = await ask('/faq/q-1')
    expect([none.status, await none.json()]).toEqual([200, null])
    expect((await ask('/faq/q-99')).status).toBe(404)
  })

  it('refuse what is wrong in the one shape of errors', async () => {
    const { ask, edit } = await serve()
    const wrong = [
      await edit({ action: 'write', theme: 'q-99', question: 'А?', answer: 'Б' }),
      await edit({ action: 'write', theme: 'q-1', question: '', answer: 'Б' }),
      await ask('/faq?states=nothing'),
      await ask('/faq/faq.md?which=all'),
    ]
    expect(wrong.map(({ status }) => status)).toEqual([404, 422, 422, 422])
    for (const response of wrong)
      expect(((await response.json()) as ErrorResponse).error).toMatchObject({
        code: expect.any(String),
        message: expect.any(String),
      })
  })
})
