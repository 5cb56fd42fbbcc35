import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { importRecording, type RecordingOptions } from '../../server/jobs/import-recording.ts'
import { isRecording, toChannels } from '../../server/sources/recording.ts'
import type { Database } from '../../server/store/database.ts'
import { sql } from '../../server/store/sql.ts'
import { freshDatabases } from '../support/databases.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A WAV of 16-bit PCM; frames are lists of a sample a channel. */
function wav(frames: number[][], kind = 1): Buffer {
  const channels = frames[0]!.length
  const bytes = Buffer.alloc(44 + frames.length * channels * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(kind, 20)
  bytes.writeUInt16LE(channels, 22)
  bytes.writeUInt32LE(8000, 24)
  bytes.writeUInt32LE(8000 * channels * 2, 28)
  bytes.writeUInt16LE(channels * 2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(bytes.length - 44, 40)
  frames.flat().forEach((sample, i) => void bytes.writeInt16LE(sample, 44 + 2 * i))
  return bytes
}
const samplesOf = (bytes: Uint8Array) => {
  const view = Buffer.from(bytes)
  return Array.from({ length: (view.length - 44) / 2 }, (_, i) => view.readInt16LE(44 + 2 * i))
}
const stereo = wav([
  [1, -1],
  [2, -2],
  [3, -3],
])
const mp3 = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(200, 7)])

type Say = (file: Buffer, n: number) => object | number

/** A strict endpoint for transcriptions over real HTTP. */
async function endpoint(say: Say) {
  const names: string[] = []
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    const form = await new Response(body, {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    })
      .formData()
      .catch(() => new FormData())
    const file = form.get('file')
    const diarises = String(form.get('model')).includes('diarize')
    const valid =
      request.url === '/v1/audio/transcriptions' &&
      request.headers.authorization === 'Bearer secret' &&
      form.get('response_format') === (diarises ? 'diarized_json' : 'verbose_json') &&
      file instanceof File &&
      file.size > 0
    if (!valid) return void response.writeHead(418).end('{}')
    const said = say(Buffer.from(await file.arrayBuffer()), names.push(file.name) - 1)
    if (typeof said === 'number') response.writeHead(said, { 'retry-after-ms': '1' }).end('{}')
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const transcription = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    apiKey: 'secret',
    model: 'whisper-1',
    timeoutMs: 5_000,
    maxBytes: 1_000,
  }
  return { transcription, names }
}

const segments = (...rows: [start: number, text: string, speaker?: string][]) => ({
  segments: rows.map(([start, text, speaker]) => ({
    start,
    end: start + 1,
    text,
    ...(speaker && { speaker }),
  })),
})
/** The left channel is ours, the right one the client's. */
const twoSides: Say = file =>
  file.readInt16LE(44) > 0
    ? segments([0, 'Компания окон, слушаю'], [4, 'От пяти тысяч'])
    : segments([2, 'Сколько стоит доставка?'])

describe('importing a recording', () => {
  const open = freshDatabases('sqlite')
  const save = async (name: string, bytes: Uint8Array) => {
    const folder = await mkdtemp(join(tmpdir(), 'verbatim-sound-'))
    closing.push(() => rm(folder, { recursive: true, force: true }))
    await writeFile(join(folder, name), bytes)
    return join(folder, name)
  }
  const take = (database: Database, path: string, options: Partial<RecordingOptions>) =>
    importRecording(database, path, path.split('/').at(-1)!, {
      timeZone: 'Europe/Moscow',
      currency: 'RUB',
      retries: 0,
      ...options,
    })
  const said = (database: Database) =>
    database.query<{ speaker: string; text: string }>(
      sql`select speaker, text from utterances order by conversation_id, n`,
    )

  it('gives each channel of a stereo WAV its speaker, in order of time, by the person’s mapping', async () => {
    const { database } = await open()
    const { transcription, names } = await endpoint(twoSides)
    const { summary } = await take(database, await save('call.wav', stereo), {
      transcription,
      speakers: new Map([
        ['channel 1', 'agent'],
        ['channel 2', 'client'],
      ]),
    })
    expect(summary).toMatchObject({ rowsNew: 1, rowsRejected: 0 })
    expect(names).toEqual(['call.1.wav', 'call.2.wav'])
    expect(await said(database)).toEqual([
      { speaker: 'agent', text: 'Компания окон, слушаю' },
      { speaker: 'client', text: 'Сколько стоит доставка?' },
      { speaker: 'agent', text: 'От пяти тысяч' },
    ])
  })

  it('sends nothing twice: neither what is imported nor what was transcribed before it was stopped', async () => {
    const { database } = await open()
    let fails = true
    const { transcription, names } = await endpoint((file, n) => (fails && n === 1 ? 500 : twoSides(file, n)))
    const path = await save('call.wav', stereo)
    await expect(take(database, path, { transcription })).rejects.toMatchObject({ code: 'unavailable' })
    fails = false
    expect((await take(database, path, { transcription })).summary).toMatchObject({ rowsNew: 1 })
    expect(names).toEqual(['call.1.wav', 'call.2.wav', 'call.2.wav'])
    const again = await take(database, await save('renamed.wav', stereo), { transcription })
    expect([again.summary, again.notes.join(), names.length]).toEqual([
      null,
      expect.stringContaining('--again'),
      3,
    ])
    expect(
      await database.query(sql`select transcript from app.recordings where transcript is not null`),
    ).toEqual([])
    expect((await take(database, path, { transcription, again: true })).summary).toMatchObject({
      rowsUnchanged: 1,
    })
  })

  it('never passes unknown voices off as a client’s', async () => {
    const { database } = await open()
    const { transcription } = await endpoint(() => segments([0, 'Мы гарантируем качество']))
    const { notes } = await take(database, await save('call.mp3', mp3), { transcription })
    expect(await said(database)).toEqual([{ speaker: 'note', text: 'Мы гарантируем качество' }])
    expect(notes.join()).toContain('not told apart')
  })

  it('takes speakers that a model tells apart', async () => {
    const { database } = await open()
    const { transcription } = await endpoint(() =>
      segments([0, 'Чем могу помочь?', 'A'], [2, 'Нужна доставка', 'B']),
    )
    const options = { transcription: { ...transcription, model: 'gpt-4o-transcribe-diarize' } }
    await take(database, await save('call.ogg', Buffer.from('OggS, and so on')), options)
    expect((await said(database)).map(row => row.speaker)).toEqual(['agent', 'client'])
  })

  it('says how to turn it on, and in a dry run what would be sent', async () => {
    const { database } = await open()
    const path = await save('call.mp3', mp3)
    await expect(take(database, path, {})).rejects.toThrow(/nothing is set that transcribes/)
    const { transcription, names } = await endpoint(twoSides)
    const { summary, notes } = await take(database, path, { transcription, dryRun: true })
    expect([summary, notes.join(), names]).toEqual([null, expect.stringContaining('nothing was sent'), []])
  })

  it('refuses what is too large, before it is sent', async () => {
    const { database } = await open()
    const { transcription, names } = await endpoint(twoSides)
    for (const size of [1_500, 5_000])
      await expect(
        take(database, await save('call.mp3', Buffer.concat([Buffer.from('ID3'), Buffer.alloc(size)])), {
          transcription,
        }),
      ).rejects.toMatchObject({ code: 'bad_input' })
    expect(names).toEqual([])
  })

  const broken: [name: string, say: Say][] = [
    ['no segments', () => ({ text: 'Сколько стоит?' })],
    ['segments of another shape', () => ({ segments: [{ start: 'a', end: 1, text: 'x' }] })],
    ['a refusal', () => 403],
  ]
  for (const [name, say] of broken)
    it(`takes nothing of an answer with ${name}`, async () => {
      const { database } = await open()
      const { transcription } = await endpoint(say)
      await expect(take(database, await save('call.mp3', mp3), { transcription })).rejects.toMatchObject({
        code: 'unavailable',
      })
      expect(await said(database)).toEqual([])
    })
})

describe('channels', () => {
  it('of a stereo WAV are two WAVs', () => {
    expect(toChannels('a.wav', stereo).map(({ bytes }) => samplesOf(bytes))).toEqual([
      [1, 2, 3],
      [-1, -2, -3],
    ])
  })

  it('of all else are the file as it is', () => {
    const others = [mp3, wav([[1], [2]]), wav([[1, 2, 3]]), wav([[1, 2]], 6)]
    for (const bytes of others) expect(toChannels('a', bytes)).toEqual([{ number: 0, name: 'a', bytes }])
  })

  it('of a WAV that breaks off are what is there, and a WAV without sound is refused', () => {
    expect(toChannels('a.wav', stereo.subarray(0, 53)).map(({ bytes }) => samplesOf(bytes))).toEqual([
      [1, 2],
      [-1, -2],
    ])
    expect(() => toChannels('a.wav', stereo.subarray(0, 36))).toThrow(/broken WAV/)
    expect(() => toChannels('a.wav', Buffer.from('RIFF____WAVE____'))).toThrow(/broken WAV/)
  })

  it('are looked for in files that sound, not in those that are called so', () => {
    expect(isRecording({ name: 'a.mp3', head: mp3 })).toBe(true)
    expect(isRecording({ name: 'a.M4A', head: Buffer.from('\0\0\0\x20ftypM4A ') })).toBe(true)
    expect(isRecording({ name: 'a.mp3', head: Buffer.from('id,text') })).toBe(false)
    expect(isRecording({ name: 'a.csv', head: mp3 })).toBe(false)
  })
})
