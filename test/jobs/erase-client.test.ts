/** A client who was erased is nowhere: not in tables, results, links, notebooks, files of the database; and stays away. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import {
  type ErasureParts,
  eraseClient,
  finishErasures,
  previewErasure,
} from '../../server/jobs/erase-client.ts'
import { findClient } from '../../server/jobs/find-client.ts'
import { pack } from '../../server/report/publish.ts'
import { packSnapshot, type Snapshot, unpackSnapshot } from '../../server/report/snapshot.ts'
import { importFile } from '../../server/sources/ingest.ts'
import { openInput } from '../../server/sources/recognise.ts'
import type { Database } from '../../server/store/database.ts'
import { qualified } from '../../server/store/rows.ts'
import { type TableName, tables } from '../../server/store/schema.ts'
import { readShare, readSharePage } from '../../server/store/shares.ts'
import { raw, sql } from '../../server/store/sql.ts'
import { recordWritten } from '../../server/store/written-files.ts'
import { eachDatabase, type Fresh } from '../support/databases.ts'

const NAME = 'Аглая Тестова'
const PHONE = '+79161234567'
const EMAIL = 'aglaya@example.com'
const WORDS = 'нам важно чтобы зелёный подоконник держал кактус'
const zone = { timeZone: 'Europe/Moscow', currency: 'RUB' }

const HEADER = 'ID;Название;Этап;Дата создания;ID контакта;Контакт;Телефон;Email;Примечание'
const ROW = `7001;Окна;Замер;01.03.2026;501;${NAME};8 (916) 123-45-67;${EMAIL};${WORDS}`
const OTHER =
  '7002;Двери;Замер;02.03.2026;502;Борис Живой;8 916 765-43-21;boris@example.com;нужна дверь с окошком'

async function importText(database: Database, folder: string, text: string) {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'deals.csv')
  await writeFile(path, text)
  return importFile(database, await openInput(path), { ...zone, system: 'crm' })
}

/** Two clients with deals and comments; the first is quoted in a theme, a link, a notebook, exports and rejects. */
async function prepare({ database, settings }: Fresh): Promise<ErasureParts & { folder: string }> {
  const folder = settings.dataDir
  const broken = `7003;Окна;Замер;нет даты;501;${NAME};8 (916) 123-45-67;${EMAIL};`
  await importText(database, join(folder, 'in'), [HEADER, ROW, OTHER, broken].join('\n'))
  const [said] = await database.query<{
    client_id: string
    conversation_id: string
    n: number
    text: string
  }>(sql`select client_id, conversation_id, n, text from utterances where text like '%кактус%'`)
  const { client_id, conversation_id, n, text } = said!
  const theme = {
    theme_id: 'v-1',
    kind: 'value',
    label: WORDS,
    machine_label: WORDS,
    topic: 'product',
    machine_topic: 'product',
  }
  await database.upsert(
    'themes',
    ['theme_id', 'kind', 'label', 'machine_label', 'topic', 'machine_topic', 'status', 'hidden'],
    [{ ...theme, status: 'new', hidden: 0 }],
  )
  const from = text.indexOf(WORDS)
  const span = { client_id, conversation_id, n, span_from: from, span_to: from + WORDS.length }
  await database.upsert(
    'mentions',
    ['client_id', 'conversation_id', 'n', 'span_from', 'span_to', 'kind', 'theme_id'],
    [{ ...span, kind: 'value', theme_id: 'v-1' }],
  )
  const edit = { action: 'move', mention: { client_id, conversation_id, n, from }, from: null, to: 'v-1' }
  await database.upsert(
    'theme_edits',
    ['edit_id', 'action', 'body', 'made_at', 'undone'],
    [{ edit_id: 1, action: 'move', body: JSON.stringify(edit), made_at: '2026-03-01 10:00:00', undone: 0 }],
  )
  await database.upsert('page_phrasings', ['page_id', 'text'], [{ page_id: 'p1', text: WORDS }])
  await database.upsert(
    'cell_cache',
    ['cache_key', 'notebook', 'cell', 'made_at', 'used_at', 'bytes', 'result'],
    [
      {
        cache_key: 'k',
        notebook: 'n',
        cell: 'c',
        made_at: '',
        used_at: '',
        bytes: 1,
        result: `{"x":"${WORDS}"}`,
      },
    ],
  )
  await freeze(database, (await findClient(database, PHONE)).alias)
  const notebooks = join(folder, 'notebooks')
  await mkdir(join(notebooks, '.history', 'own'), { recursive: true })
  await writeFile(join(notebooks, 'own.md'), `# Отчёт\n\n> ${WORDS}\n\nЗвонить ${PHONE}.\n`)
  await writeFile(join(notebooks, '.history', 'own', 'a.md'), `было: ${WORDS}`)
  const out = join(folder, 'report.html')
  await writeFile(out, `<p>${WORDS}</p>`)
  await recordWritten(database, out, [], '2026-03-01 10:00:00')
  await writeFile(join(folder, 'other.html'), '<p>нужна дверь с окошком</p>')
  await recordWritten(database, join(folder, 'other.html'), [], '2026-03-01 10:00:00')
  return { database, notebooks, moment: () => '2026-03-05 12:00:00', folder }
}

async function freeze(database: Database, alias: number): Promise<void> {
  const quote = (text: string, who: string) =>
    `<figure class="vb-quote vb-kind--value"><blockquote>«${text}»</blockquote><figcaption><span class="vb-quote__who">${who}</span></figcaption></figure>`
  const page = await pack(
    `<html lang="ru"><meta http-equiv="Content-Security-Policy" content="default-src 'none'">${quote('и кактус', `Клиент ${alias}`)}${quote('нужна дверь', 'Клиент 999')}<td>${WORDS}</td></html>`,
  )
  const share = {
    notebook: 'n',
    title: 't',
    language: 'ru',
    mode: 'frozen',
    inputs: '{}',
    exposed: '{}',
    views: 0,
  }
  await database.upsert(
    'shares',
    [
      'share_id',
      'token_hash',
      'notebook',
      'title',
      'language',
      'mode',
      'inputs',
      'exposed',
      'created_at',
      'views',
    ],
    [
      { share_id: 's', token_hash: 'h', created_at: '2026-03-01 10:00:00', ...share },
      {
        share_id: 'about',
        token_hash: 'i',
        created_at: '2026-03-01 10:00:00',
        ...share,
        inputs: '{"deal":"crm:7001"}',
      },
    ],
  )
  const words = { text: 'и кактус', ref: { client_id: '', conversation_id: '', n: 0, from: 0, to: 8 }, alias }
  const others = { ...words, text: 'нужна дверь', alias: 999 }
  const snapshot = await packSnapshot({
    notebook: { language: 'ru', title: 't', blocks: [], inputs: [] },
    outcomes: [['b', { state: 'done', result: { outputs: [{ quotes: [words, others] }] } }]],
  } as unknown as Snapshot)
  const packed = { gzip: page.gzip.toString('base64'), brotli: page.brotli.toString('base64'), snapshot }
  await database.upsert(
    'share_pages',
    ['share_id', 'made_at', 'etag', 'policy', 'gzip', 'brotli', 'snapshot'],
    [{ share_id: 's', made_at: '', etag: page.etag, policy: page.policy, ...packed }],
  )
  const edition = {
    ...{ edition_id: 'e', notebook: 'n', number: 1, title: 't', language: 'ru', inputs: '{}', cause: 'hand' },
    ...{
      made_at: '',
      made_ms: 0,
      exposed: '{}',
      figures: `{"x":"${WORDS}"}`,
      changes: '{}',
      etag: page.etag,
    },
    ...{ policy: page.policy, bytes: 1, made_by: null, data_to: null, approved_at: null, approved_by: null },
  }
  const columns = Object.keys(edition) as (keyof typeof edition)[]
  const about = { ...edition, edition_id: 'about', number: 2, inputs: '{"deal":"crm:7001"}' }
  await database.upsert('editions', columns, [edition, about])
  await database.upsert(
    'edition_pages',
    ['edition_id', 'gzip', 'brotli', 'snapshot'],
    [{ edition_id: 'e', ...packed }],
  )
  await database.upsert(
    'model_answers',
    ['answer_key', 'task', 'model', 'made_at', 'answer'],
    [
      { answer_key: 'a', task: 't', model: 'm', made_at: '', answer: `«${WORDS}»` },
      { answer_key: 'b', task: 't', model: 'm', made_at: '', answer: 'про двери' },
    ],
  )
}

/** A row's texts, with what was packed unpacked. */
function readable(row: Record<string, unknown>): string {
  const packed = ['gzip', 'snapshot'].flatMap(name =>
    row[name] ? [gunzipSync(Buffer.from(String(row[name]), 'base64')).toString()] : [],
  )
  return [JSON.stringify(row), ...packed].join('\n')
}

const NEEDLES = [NAME, 'Тестова', 'aglaya', '9161234567', '123-45-67', 'кактус', '7001']

/** Every value of every table that holds one of the needles. */
async function findTraces(database: Database): Promise<string[]> {
  const traces: string[] = []
  for (const name of Object.keys(tables) as TableName[]) {
    const rows = await database.query(raw(`select * from ${qualified(name)}`))
    for (const row of rows) {
      const text = readable(row)
      for (const needle of NEEDLES) if (text.includes(needle)) traces.push(`${name}: ${needle}`)
    }
  }
  return traces
}

eachDatabase('erasing a client', (open, dialect) => {
  it('leaves no trace in any table, link, notebook or export, and keeps what is others’', async () => {
    const fresh = await open()
    const { database } = fresh
    const parts = await prepare(fresh)
    expect(await findTraces(database)).not.toEqual([])
    const client = await findClient(database, 'AGLAYA@example.com')
    expect(await findClient(database, `клиент ${client.alias}`)).toEqual(client)
    const preview = await previewErasure(parts, client)
    expect(await findTraces(database)).not.toEqual([])
    expect(await readFile(join(parts.notebooks, 'own.md'), 'utf8')).toContain('кактус')

    const certificate = await eraseClient(parts, client, 'Анна')
    expect(certificate).toMatchObject({
      alias: client.alias,
      author: 'Анна',
      finishedAt: '2026-03-05 12:00:00',
    })
    expect(certificate.counts).toEqual(preview.counts)
    expect(certificate.counts).toMatchObject({
      ...{
        clients: 1,
        client_contacts: 1,
        deals: 1,
        conversations: 1,
        utterances: 1,
        mentions: 1,
        rejects: 1,
      },
      ...{ themes: 1, theme_edits: 1, page_phrasings: 1, cell_cache: 1, share_pages: 4, shares: 1 },
      ...{ edition_pages: 5, editions: 1, model_answers: 1 },
      ...{ notebooks: 1, notebook_versions: 1, exports: 1 },
    })
    expect(await findTraces(database)).toEqual([])
    const shown = gunzipSync(Buffer.from((await readSharePage(database, 's'))!.gzip, 'base64')).toString()
    expect(shown).not.toContain('кактус')
    expect(shown).toContain('[удалено по просьбе клиента]')
    expect(shown).toContain('нужна дверь')
    const [edition] = await database.query<{ snapshot: string }>(
      raw('select snapshot from app.edition_pages'),
    )
    const frozen = JSON.stringify(await unpackSnapshot(edition!.snapshot))
    expect(frozen).toContain('нужна дверь')
    expect(frozen).toContain('[удалено по просьбе клиента]')
    expect((await readShare(database, 'about'))!.revoked_at).not.toBeNull()
    expect(await readFile(join(parts.notebooks, 'own.md'), 'utf8')).toBe(
      '# Отчёт\n\n> [удалено по просьбе клиента]\n\nЗвонить [удалено по просьбе клиента].\n',
    )
    expect(await readdir(parts.folder)).toContain('other.html')
    expect(await readdir(parts.folder)).not.toContain('report.html')
    expect(await database.query(raw('select client_id from clients'))).toHaveLength(1)
    await expect(findClient(database, PHONE)).rejects.toThrow('no such client')
    expect(await finishErasures(parts)).toEqual([])
  })

  it('keeps the client away when files are imported again, whatever order, id or kind', async () => {
    const fresh = await open()
    const { database } = fresh
    const parts = await prepare(fresh)
    const client = await findClient(database, PHONE)
    await eraseClient(parts, client, null)
    const folder = join(parts.folder, 'in')
    const again = await importText(database, folder, [HEADER, ROW, OTHER].join('\n'))
    expect(again).toMatchObject({ rowsRead: 2, rowsErased: 1, rowsUnchanged: 1, rowsNew: 0 })
    expect(again.notes.join()).toContain('erased')
    // The same person under a new number of the CRM, and then that number alone.
    const renamed = ROW.replace('7001', '7009').replace(';501;', ';599;')
    expect(await importText(database, folder, [HEADER, renamed, OTHER].join('\n'))).toMatchObject({
      rowsErased: 1,
    })
    const bare = `7010;Окна;Замер;05.03.2026;599;;;;снова про ${WORDS}`
    expect(await importText(database, folder, [HEADER, bare, OTHER].join('\n'))).toMatchObject({
      rowsErased: 1,
    })
    // A living client's row is taken; the erased phone beside their own is not.
    const shared = OTHER.replace('8 916 765-43-21', '"8 916 765-43-21; 8 916 123-45-67"').replace(
      'Замер',
      'Оплата',
    )
    expect(await importText(database, folder, [HEADER, shared].join('\n'))).toMatchObject({
      rowsErased: 0,
      rowsChanged: 1,
    })
    expect(await findTraces(database)).toEqual([])
    const newcomer = '7011;Окна;Замер;06.03.2026;600;Вера Новая;8 916 000-00-01;;'
    await importText(database, folder, [HEADER, newcomer].join('\n'))
    const aliases = await database.query<{ alias: number }>(raw('select alias from clients order by alias'))
    expect(aliases.map(({ alias }) => alias)).not.toContain(client.alias)
  })

  it('is finished at the next start when it was broken off', async () => {
    const fresh = await open()
    const { database } = fresh
    const parts = await prepare(fresh)
    const client = await findClient(database, PHONE)
    const broken = { ...database, transaction: () => Promise.reject(new Error('killed')) } as Database
    await expect(eraseClient({ ...parts, database: broken }, client, null)).rejects.toThrow('killed')
    expect(await findTraces(database)).not.toEqual([])
    const [certificate] = await finishErasures(parts)
    expect(certificate!.counts).toMatchObject({ clients: 1, deals: 1, notebooks: 1 })
    expect(await findTraces(database)).toEqual([])
  })

  if (dialect === 'sqlite') {
    it('leaves no byte of it in the files of the database, logs included', async () => {
      const fresh = await open()
      const { database } = fresh
      const parts = await prepare(fresh)
      const bytes = async () => {
        const files = (await readdir(parts.folder)).filter(file => /\.db/.test(file))
        return (await Promise.all(files.map(file => readFile(join(parts.folder, file)))))
          .map(String)
          .join('\n')
      }
      expect(await bytes()).toContain('кактус')
      await eraseClient(parts, await findClient(database, PHONE), null)
      const left = await bytes()
      expect(NEEDLES.filter(needle => left.includes(needle))).toEqual([])
    })
  }
})
