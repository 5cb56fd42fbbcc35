import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type {
  BinnedNotebook,
  ConflictDetails,
  ErrorResponse,
  KindSummary,
  NotebookDocument,
  NotebookSource,
  NotebookVersion,
} from '../../server/api/contract.ts'
import { type Client, freshServices } from '../support/service.ts'
import { fixtures } from '../support/workbench.ts'

describe('editing notebooks', () => {
  const fresh = freshServices()
  const open = () => fresh({ facts: false, notebookFolder: join(fixtures, 'notebooks') })
  const ask = async <T>(response: Promise<Response>, status = 200): Promise<T> => {
    const answer = await response
    const body = (await answer.json()) as T
    expect([answer.status, body]).toEqual([status, body])
    return body
  }
  const source = (service: Client, id: string) =>
    ask<NotebookSource>(service.get(`/api/notebooks/${id}/source`))
  const save = (service: Client, id: string, text: string, revision: string) =>
    service.send('PUT', `/api/notebooks/${id}`, { text, revision })

  it('saves a bundled notebook as the person’s own copy, whole, and leaves the bundled file as it is', async () => {
    const service = await open()
    const bundled = join(fixtures, 'notebooks', '03-broken.md')
    const before = await source(service, '03-broken')
    expect(before.text).toBe(await readFile(bundled, 'utf8'))
    expect([before.bundled, before.blocks.map(({ id }) => id)]).toEqual([true, ['good', 'bad', 'after']])

    const text = before.text.replace('deels', 'deals')
    const saved = await ask<NotebookSource>(save(service, '03-broken', text, before.revision))
    expect([saved.bundled, saved.text, saved.revision === before.revision]).toEqual([false, text, false])
    expect(await readFile(join(service.dataDir, 'notebooks/03-broken.md'), 'utf8')).toBe(text)
    expect(await readFile(bundled, 'utf8')).toBe(before.text)
    const document = await ask<NotebookDocument>(service.get('/api/notebooks/03-broken'))
    expect(document.blocks.find(({ id }) => id === 'bad')!.body).toContain('from deals')
    const files = await readdir(join(service.dataDir, 'notebooks'))
    expect(files.sort()).toEqual(['.history', '03-broken.md'])
  })

  it('refuses a save made from an older revision and tells both texts', async () => {
    const service = await open()
    const before = await source(service, '01-deals')
    const theirs = await ask<NotebookSource>(save(service, '01-deals', 'Первый', before.revision))
    const refused = await ask<ErrorResponse>(save(service, '01-deals', 'Второй', before.revision), 409)
    expect(refused.error.code).toBe('conflict')
    const details = refused.error.details as unknown as ConflictDetails
    expect(details).toEqual({ mine: 'Второй', theirs: 'Первый', revision: theirs.revision })
    expect((await source(service, '01-deals')).text).toBe('Первый')
    // Having seen it, one may put one's own in its place.
    await ask(save(service, '01-deals', 'Второй', details.revision))
    expect((await source(service, '01-deals')).text).toBe('Второй')
  })

  it('notices a file changed by another program', async () => {
    const service = await open()
    const { revision } = await ask<NotebookSource>(
      service.send('POST', '/api/notebooks', { title: 'Мой', language: 'ru' }),
      201,
    )
    await writeFile(join(service.dataDir, 'notebooks/мой.md'), 'Снаружи')
    const { error } = await ask<ErrorResponse>(save(service, 'мой', 'Здесь', revision), 409)
    expect(error.details!.theirs).toBe('Снаружи')
  })

  it('lets exactly one of many simultaneous saves win', async () => {
    const service = await open()
    const { revision } = await source(service, '01-deals')
    const texts = Array.from({ length: 12 }, (_, i) => `Текст ${i}`)
    const answers = await Promise.all(texts.map(text => save(service, '01-deals', text, revision)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(11).fill(409)])
    const winner = texts[answers.findIndex(({ status }) => status === 200)]
    expect((await source(service, '01-deals')).text).toBe(winner)
  })

  it('keeps every version, the text from before the first save among them', async () => {
    const service = await open()
    const first = await source(service, '03-broken')
    const versions = () => ask<NotebookVersion[]>(service.get('/api/notebooks/03-broken/versions'))
    expect(await versions()).toEqual([])
    const second = await ask<NotebookSource>(save(service, '03-broken', 'Второй', first.revision))
    await ask(save(service, '03-broken', 'Третий', second.revision))
    await ask(save(service, '03-broken', 'Третий', second.revision))
    const texts = await Promise.all(
      (await versions()).map(async ({ id }) => {
        const { text } = await ask<{ text: string }>(service.get(`/api/notebooks/03-broken/versions/${id}`))
        return text
      }),
    )
    expect(texts).toEqual(['Третий', 'Второй', first.text])
    const moments = (await versions()).map(({ savedAt }) => savedAt)
    expect(moments).toEqual([...moments].sort().reverse())
  })

  it('makes notebooks: empty, a copy, of a text; each with an id of its own', async () => {
    const service = await open()
    const make = (body: object) =>
      ask<NotebookSource>(service.send('POST', '/api/notebooks', { language: 'ru', ...body }), 201)
    const empty = await make({ title: 'Что спрашивают? Март' })
    expect([empty.id, empty.text]).toEqual([
      'что-спрашивают-март',
      '---\ntitle: Что спрашивают? Март\nlanguage: ru\n---\n\n',
    ])
    expect((await make({ title: 'Что спрашивают: март' })).id).toBe('что-спрашивают-март-2')
    const copy = await make({ title: 'Копия', from: '02-english' })
    const original = await source(service, '02-english')
    expect(copy.text).toBe(original.text.replace('title: Deals in English', 'title: Копия'))
    expect(copy.blocks.map(({ body }) => body)).toEqual(original.blocks.map(({ body }) => body))
    expect((await make({ title: '../../etc/passwd', text: '# Свой' })).id).toBe('etc-passwd')
    expect((await make({ title: '???', text: '' })).id).toBe('notebook')
    await ask(service.send('POST', '/api/notebooks', { title: 'x', language: 'ru', from: 'none' }), 404)
  })

  it('renames without touching anything else', async () => {
    const service = await open()
    const before = await source(service, '01-deals')
    const renamed = await ask<NotebookSource>(
      service.send('PATCH', '/api/notebooks/01-deals', { title: 'Сделки: «всё»' }),
    )
    expect(renamed.blocks.map(({ body }) => body)).toEqual(before.blocks.map(({ body }) => body))
    const { title, inputs } = await ask<NotebookDocument>(service.get('/api/notebooks/01-deals'))
    expect([title, inputs.map(({ name }) => name)]).toEqual([
      'Сделки: «всё»',
      ['period', 'source', 'smallest'],
    ])
  })

  it('deletes into a bin and takes back, also when the name is taken by then', async () => {
    const service = await open()
    const make = (title: string) =>
      ask<NotebookSource>(
        service.send('POST', '/api/notebooks', { title, language: 'ru', text: `# ${title}` }),
        201,
      )
    await make('Мой')
    const { entry } = await ask<{ entry: string }>(
      service.send('DELETE', `/api/notebooks/${encodeURIComponent('мой')}`),
    )
    await ask(service.get(`/api/notebooks/${encodeURIComponent('мой')}/source`), 404)
    const bin = await ask<BinnedNotebook[]>(service.get('/api/bin'))
    expect(bin.map(({ id, entry }) => [id, entry])).toEqual([['мой', entry]])
    await make('Мой')
    const back = await ask<NotebookSource>(service.send('POST', `/api/bin/${encodeURIComponent(entry)}`))
    expect([back.id, back.text]).toEqual(['мой-2', '# Мой'])
    expect(await ask(service.get('/api/bin'))).toEqual([])
    await ask(service.send('POST', `/api/bin/${encodeURIComponent(entry)}`), 404)
    // What comes with Verbatim stays.
    const { error } = await ask<ErrorResponse>(service.send('DELETE', '/api/notebooks/01-deals'), 422)
    expect(error.code).toBe('bad_input')
  })

  it.each(['..%2f..%2fpasswd', '..%5c..%5cpasswd', '.history', '.bin', 'a%2fb', 'x'.repeat(300)])(
    'writes nothing for the id %s',
    async id => {
      const service = await open()
      for (const response of [
        save(service, id, 'x', 'x'),
        service.send('PATCH', `/api/notebooks/${id}`, { title: 'x' }),
        service.send('DELETE', `/api/notebooks/${id}`),
        service.get(`/api/notebooks/${id}/versions/..%2f..%2fx`),
        service.get(`/api/notebooks/01-deals/versions/${id}`),
        service.send('POST', `/api/bin/${id}`),
      ])
        expect((await ask<ErrorResponse>(response, 404)).error.code).toBe('not_found')
      expect(await readdir(service.dataDir)).not.toContain('notebooks')
    },
  )

  it('refuses what is no text, and says why', async () => {
    const service = await open()
    const { revision } = await source(service, '01-deals')
    const refuse = async (body: unknown) =>
      (await ask<ErrorResponse>(service.send('PUT', '/api/notebooks/01-deals', body), 422)).error.code
    expect(await refuse({ text: 'a\0b', revision })).toBe('bad_input')
    expect(await refuse({ text: 'a\ud800', revision })).toBe('bad_input')
    expect(await refuse({ text: 'x'.repeat(900_001), revision })).toBe('bad_input')
    expect(await refuse({ text: 7, revision })).toBe('bad_input')
    expect(await refuse({ text: 'x' })).toBe('bad_input')
    expect((await service.send('POST', '/api/notebooks', { title: ' ', language: 'ru' })).status).toBe(422)
    const foreign = await service.app.request('/api/notebooks/01-deals', {
      method: 'PUT',
      headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'x', revision }),
    })
    expect(foreign.status).toBe(403)
    expect(service.faults).toEqual([])
  })

  it('tells the kinds with an example and the form of their options', async () => {
    const service = await open()
    const kinds = await ask<KindSummary[]>(service.get('/api/kinds'))
    const byName = new Map(kinds.map(kind => [kind.kind, kind]))
    expect(byName.get('sql')).toMatchObject({ body: 'sql', schema: null })
    expect(byName.get('questions')).toMatchObject({
      body: 'yaml',
      schema: { type: 'object', properties: { limit: expect.anything() } },
    })
  })
})
