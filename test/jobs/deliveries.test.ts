/** Messages about editions, to a mail server and a bot API server that are strict, over real connections. */
import { afterEach, expect, it } from 'vitest'
import { type ChannelSettings, createChannels } from '../../server/jobs/channels.ts'
import { createDeliveries } from '../../server/jobs/deliveries.ts'
import { createEditions } from '../../server/report/editions.ts'
import { createShares, type SharesParts } from '../../server/report/shares.ts'
import type { Database } from '../../server/store/database.ts'
import { readDeliveries } from '../../server/store/deliveries.ts'
import { insertEdition } from '../../server/store/editions.ts'
import { writeSchedule } from '../../server/store/schedules.ts'
import { readShares } from '../../server/store/shares.ts'
import { eachDatabase } from '../support/databases.ts'
import { startFakeSmtp } from '../support/fake-smtp.ts'
import { startFakeTelegram } from '../support/fake-telegram.ts'
import { sampleEdition } from '../support/sample-edition.ts'

const PASSWORD = 'п@роль:/?'
const TOKEN = '123456:secret-of-the-bot'
const MINUTE = 60_000

eachDatabase('messages about editions', open => {
  const closers: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0)) await close()
  })

  async function start(more: Partial<ChannelSettings> = {}) {
    const { database } = await open()
    const [smtp, telegram] = [await startFakeSmtp('reports', PASSWORD), await startFakeTelegram(TOKEN)]
    closers.push(smtp.close, telegram.close)
    const clock = { now: Date.parse('2026-06-29T09:00:00Z') }
    const parts = {
      database,
      moment: () => new Date(clock.now).toISOString().slice(0, 19).replace('T', ' '),
      now: () => clock.now,
    } as SharesParts
    const shares = createShares(parts)
    const reported: unknown[] = []
    const channels = createChannels({
      smtp: {
        url: `smtp://reports:${encodeURIComponent(PASSWORD)}@127.0.0.1:${smtp.port}`,
        from: 'Verbatim <reports@example.org>',
      },
      telegram: { token: TOKEN, url: telegram.url },
      ...more,
    })
    const deliveries = createDeliveries({
      ...parts,
      shares,
      channels,
      publicUrl: 'https://reports.example.org',
      report: error => void reported.push(error),
    })
    closers.push(deliveries.close)
    return { database, smtp, telegram, clock, deliveries, reported, editions: createEditions(parts) }
  }
  async function addEdition(database: Database, number = 1) {
    const changes = JSON.stringify({ since: 3, appeared: [{}, {}], faded: [{}], rose: [] })
    const { edition, page } = sampleEdition(number, {
      title: 'Отчёт для Петра Петровича, +7 916 123-45-67',
      changes,
      exposed: '{"raw":{}}',
    })
    await insertEdition(database, edition, page, async () => {})
    return edition
  }
  const plan = (database: Database, recipients: object[]) =>
    writeSchedule(database, {
      schedule_id: 's',
      notebook: 'n',
      inputs: '{}',
      cron: '0 9 * * 1',
      active: 1,
      approve: 0,
      keep_last: null,
      keep_days: null,
      exposed: '{}',
      recipients: JSON.stringify(recipients),
      made_at: 'x',
      made_by: null,
      next_ms: null,
      lease_ms: null,
      last_at: null,
      last_state: null,
      last_error: null,
    })

  it('go to whom the schedule names once an edition is approved, with a link for each and no personal data', async () => {
    const { database, smtp, telegram, deliveries, editions } = await start()
    await plan(database, [
      { channel: 'email', to: 'head@example.org' },
      { channel: 'telegram', to: '-100200300' },
    ])
    await addEdition(database)
    await deliveries.tick()
    expect([smtp.mails, telegram.messages]).toEqual([[], []])
    await editions.approve('n:1', true, 'Анна')
    // Approved twice, told once.
    await editions.approve('n:1', true, 'Анна')
    await deliveries.tick()
    await deliveries.tick()
    expect([smtp.faults, telegram.faults]).toEqual([[], []])
    expect(smtp.mails).toMatchObject([{ from: 'reports@example.org', to: ['head@example.org'] }])
    expect(telegram.messages).toMatchObject([{ chat_id: '-100200300' }])
    const { text } = telegram.messages[0]!
    expect(text).toMatch(/^Готов выпуск 1 отчёта «Отчёт для .*»\.\nДанные по 28\sиюн\s2026/)
    expect(text).toContain('новых вопросов — 2, стали спрашивать реже — 1')
    expect(text).toMatch(/https:\/\/reports\.example\.org\/r\/[\w-]{32}\n/)
    const mail = decode(smtp.mails[0]!.data)
    expect(mail).toContain('Готов выпуск 1')
    expect(mail + text).not.toMatch(/Петр|916/)
    const links = [mail, text].map(body => /\/r\/([\w-]{32})/.exec(body)![1])
    expect(new Set(links).size).toBe(2)
    const stored = JSON.stringify([await readDeliveries(database, 'n', 10), await readShares(database)])
    for (const secret of [...links, TOKEN, PASSWORD]) expect(stored).not.toContain(secret)
    expect(await readDeliveries(database, 'n', 10)).toMatchObject([
      { state: 'sent', tries: 1, error: null },
      { state: 'sent', tries: 1, error: null },
    ])
  })

  it('that fail are tried again, ever later, with another link; then given up, and the link ended', async () => {
    const { database, telegram, clock, deliveries, editions } = await start()
    const edition = await addEdition(database)
    await editions.approve('n:1', true, null)
    await deliveries.send(edition, { channel: 'telegram', to: '7' })
    telegram.refusals.push('hang up', { status: 502, body: {} })
    await deliveries.tick()
    const state = async () => (await readDeliveries(database, 'n', 10))[0]!
    expect(await state()).toMatchObject({ state: 'waiting', tries: 1, next_ms: clock.now + MINUTE })
    expect((await state()).error).toMatch(/^Telegram can’t be reached \([A-Z_]+\)$/)
    await deliveries.tick()
    expect((await state()).tries).toBe(1)
    clock.now += MINUTE
    await deliveries.tick()
    expect(await state()).toMatchObject({
      tries: 2,
      error: 'Telegram answered 502: ',
      next_ms: clock.now + 5 * MINUTE,
    })
    clock.now += 5 * MINUTE
    telegram.refusals.push({
      status: 429,
      body: { ok: false, description: `Too Many Requests ${TOKEN}`, parameters: { retry_after: 4000 } },
    })
    await deliveries.tick()
    expect(await state()).toMatchObject({
      error: 'Telegram answered 429: Too Many Requests …',
      next_ms: clock.now + 4_000_000,
    })
    for (let i = 0; i < 3; i++) {
      clock.now += 400 * MINUTE
      telegram.refusals.push('hang up')
      await deliveries.tick()
    }
    expect(await state()).toMatchObject({ state: 'failed', tries: 6, next_ms: null })
    expect(await readShares(database)).toMatchObject([{ mode: 'edition', edition_id: 'e1' }])
    expect((await readShares(database))[0]!.revoked_at).not.toBeNull()
    await deliveries.retry((await state()).delivery_id)
    await deliveries.tick()
    expect(await state()).toMatchObject({ state: 'sent', error: null })
    expect(telegram.messages).toHaveLength(1)
    expect((await readShares(database)).filter(share => share.revoked_at === null)).toHaveLength(1)
  })

  it('that can’t succeed are not tried again: a wrong address, password or chat, no approval, nothing set up', async () => {
    const { database, smtp, telegram, deliveries, editions, reported } = await start()
    const edition = await addEdition(database)
    smtp.refusals.push('550 5.1.1 no such user head@example.org')
    telegram.refusals.push({
      status: 403,
      body: { ok: false, description: 'Forbidden: bot was blocked by the user' },
    })
    await editions.approve('n:1', true, null)
    await deliveries.send(edition, { channel: 'email', to: 'head@example.org' })
    await deliveries.send(edition, { channel: 'telegram', to: '7' })
    await deliveries.tick()
    const errors = async () =>
      (await readDeliveries(database, 'n', 10)).map(({ state, error }) => `${state}: ${error}`).sort()
    expect(await errors()).toEqual([
      'failed: Telegram answered 403: Forbidden: bot was blocked by the user',
      'failed: The mail server refused the message (550)',
    ])
    await editions.approve('n:1', false, null)
    await deliveries.send(edition, { channel: 'telegram', to: '8' })
    await deliveries.tick()
    expect(await errors()).toContain('failed: The edition is deleted or not approved any more')
    expect(reported).toEqual([])

    const bare = await start({
      telegram: undefined,
      smtp: { url: `smtp://reports:wrong@127.0.0.1:${smtp.port}`, from: 'a@example.org' },
    })
    const other = await addEdition(bare.database)
    await bare.editions.approve('n:1', true, null)
    await bare.deliveries.send(other, { channel: 'telegram', to: '7' })
    await bare.deliveries.send(other, { channel: 'email', to: 'b@example.org' })
    await bare.deliveries.tick()
    expect((await readDeliveries(bare.database, 'n', 10)).map(({ error }) => error).sort()).toEqual([
      'Telegram is not set up here',
      'The mail server refused the user name or password',
    ])
  })
})

/** The text of a mail whose body is quoted-printable or base64. */
function decode(data: string): string {
  const [head, body] = data.split(/\r\n\r\n([\s\S]*)/) as [string, string]
  if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString()
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
