import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VerbatimError } from '../../../server/errors.ts'
import { discover } from '../../../server/lib/discover.ts'
import type { FileFormat, FormatInput, SourceItem } from '../../../server/sources/source.ts'

const names = [
  'assemblyai',
  'comagic-transcript',
  'deepgram',
  'openai-diarized',
  'plain',
  'speechkit-v2',
  'speechkit-v3',
  'srt',
  'vtt',
  'whisper',
]
const isFormat = (candidate: unknown): candidate is FileFormat =>
  typeof (candidate as FileFormat | undefined)?.recognise === 'function'
const formats = await discover(join(import.meta.dirname, '../../../server/sources/formats'), isFormat)
const fixtures = join(import.meta.dirname, '../../fixtures/import/transcripts')
const fixture = (name: string) => readFileSync(join(fixtures, name))

function inputOf(name: string, bytes: Uint8Array): FormatInput {
  // Small chunks cut characters and lines wherever they fall.
  const chunks = function* () {
    for (let i = 0; i < bytes.length; i += 97) yield bytes.subarray(i, i + 97)
  }
  return { name, head: bytes.subarray(0, 65536), size: bytes.length, open: () => Readable.from(chunks()) }
}

async function read(format: string, name: string, bytes: Uint8Array = fixture(name)): Promise<SourceItem[]> {
  return Array.fromAsync(formats.get(format)!.read(inputOf(name, bytes)))
}

/** «speaker @start: text» of each turn, which reads well in a failure. */
async function turns(format: string, name: string, bytes?: Uint8Array): Promise<string[]> {
  const items = await read(format, name, bytes)
  return items.flatMap(item =>
    item.type === 'transcript'
      ? item.transcript.turns.map(turn => `${turn.speaker} @${turn.start_ms}: ${turn.text}`)
      : [],
  )
}

const files: [format: string, file: string, turns: string[]][] = [
  [
    'plain',
    'call.txt',
    [
      'Оператор @2000: Компания «Светлый дом», меня зовут Вера, здравствуйте.',
      'Клиент @6000: здравствуйте а подскажите монтаж входит в цену или это отдельно',
      'Оператор @12000: Входит, и доставка по городу тоже.',
      'Клиент @63000: а рассрочка у вас есть? и на какой срок она',
      'Оператор @75000: До двенадцати месяцев, без переплаты.',
    ],
  ],
  [
    'srt',
    'call.srt',
    [
      'Оператор @1200: Отдел продаж, добрый день.',
      'Клиент @4100: добрый день сколько стоит остеклить балкон',
      'Оператор @9500: Балкон какой длины?',
    ],
  ],
  [
    'vtt',
    'call.vtt',
    [
      'Agent Mary @1000: Thank you for calling, how can I help?',
      'Customer @4000: How long does the fitting take & is it noisy?',
      'Agent Mary @3609000: One day as a rule.',
    ],
  ],
  ['whisper', 'whisper.json', ['null @0: Здравствуйте, а гарантия сколько лет?', 'null @4320: Пять лет.']],
  [
    'openai-diarized',
    'diarized.json',
    [
      'A @0: Thank you for calling, how can I help you today?',
      'B @3400: Hi, do you do triple glazing and what does it cost?',
    ],
  ],
  [
    'speechkit-v2',
    'speechkit-v2.json',
    [
      'channel 2 @880: компания слушаю вас чем могу помочь',
      'channel 1 @2900: а вывоз мусора входит в цену',
      'channel 2 @6000: да входит',
    ],
  ],
  [
    'speechkit-v3',
    'speechkit-v3.jsonl',
    ['channel 0 @300: добрый день компания свет', 'channel 1 @2500: Подскажите, сколько ждать замер?'],
  ],
  [
    'deepgram',
    'deepgram.json',
    [
      'channel 0 @400: thank you for calling how can i help',
      'channel 1 @2900: hello is scaffolding included in the price',
    ],
  ],
  ['assemblyai', 'assemblyai.json', ['A @240: Sales, how may I help?', 'B @2300: Can I pay by instalments?']],
  [
    'comagic-transcript',
    'comagic-transcript.json',
    ['operator @0: компания слушаю', 'client @11000: здравствуйте а замер платный'],
  ],
]

describe('transcript formats', () => {
  it('each has a fixture', () => {
    expect(files.map(([format]) => format).sort()).toEqual(names)
  })

  it.each(files)('%s reads its turns', async (format, file, expected) => {
    expect(await turns(format, file)).toEqual(expected)
  })

  it.each(files)('%s knows its own file best', (format, file) => {
    const input = inputOf(basename(file), fixture(file))
    const scores = [...formats].map(([name, candidate]) => [name, candidate.recognise(input)] as const)
    const best = scores.reduce((a, b) => (b[1] > a[1] ? b : a))
    expect(best[0]).toBe(format)
  })

  it('the service’s own id of the conversation is kept', async () => {
    const ids = await Promise.all(
      ['deepgram', 'assemblyai', 'comagic-transcript'].map(async format => {
        const [first] = await read(format, files.find(([name]) => name === format)![1])
        return first?.type === 'transcript' ? first.transcript.id : undefined
      }),
    )
    expect(ids).toEqual(['11111111-2222-4333-8444-555555555555', '6a1b', '700100200'])
  })

  it.each(['call.txt', 'call.srt'])('%s reads the same in windows-1251 and UTF-16', async file => {
    const [format, , expected] = files.find(([, name]) => name === file)!
    const text = fixture(file).toString('utf8')
    const { encode } = (await import('iconv-lite')).default
    for (const bytes of [
      encode(text, 'win1251'),
      encode(text, 'utf16le', { addBOM: true }),
      encode(text, 'utf16be', { addBOM: true }),
    ]) {
      expect(await turns(format, file, bytes)).toEqual(expected)
    }
  })

  it('a turn without a time of a recording is unread, with its reason, and the rest stays', async () => {
    const bytes = Buffer.from(fixture('diarized.json').toString().replace('"start":3.4', '"start":-3.4'))
    const items = await read('openai-diarized', 'diarized.json', bytes)
    expect(items.map(item => item.type)).toEqual(['transcript', 'unread'])
    expect(items[1]).toMatchObject({ row: { line: 2, why: { code: 'turn_time' } } })
  })

  it('a block without timing in subtitles is unread with its line', async () => {
    const items = await read(
      'srt',
      'a.srt',
      Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nда\n\nстрока без времени\n'),
    )
    expect(items.at(-1)).toEqual({
      type: 'unread',
      row: { line: 5, why: { code: 'no_timing', values: {} }, raw: 'строка без времени' },
    })
  })

  it('cut JSON is one clear error', async () => {
    await expect(read('whisper', 'whisper.json', fixture('whisper.json').subarray(0, 300))).rejects.toThrow(
      /whisper\.json is not whole JSON/,
    )
  })

  it('damaged files end in items or one clear error, never in a crash or a lost turn in silence', async () => {
    const damage = fc.record({
      file: fc.constantFrom(...files),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      flips: fc.array(
        fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 255 })),
        { maxLength: 8 },
      ),
    })
    await fc.assert(
      fc.asyncProperty(damage, async ({ file: [format, name], cut, flips }) => {
        const bytes = Uint8Array.from(fixture(name))
        for (const [where, mask] of flips) bytes[Math.floor(where * bytes.length)]! ^= mask
        const part = bytes.subarray(0, Math.ceil(cut * bytes.length))
        for (const candidate of formats.values())
          expect(candidate.recognise(inputOf(name, part))).toBeLessThanOrEqual(1)
        try {
          for (const item of await read(format, name, part)) {
            if (item.type !== 'transcript') continue
            for (const turn of item.transcript.turns) {
              expect(turn.text.trim()).not.toBe('')
              expect(turn.start_ms ?? 0).toBeGreaterThanOrEqual(0)
            }
          }
        } catch (error) {
          expect(error).toBeInstanceOf(VerbatimError)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('a hostile long line is read in linear time', async () => {
    const line = `${'а'.repeat(30)} `.repeat(60_000)
    expect(await turns('plain', 'long.txt', Buffer.from(`Клиент: ${line}\n`))).toHaveLength(1)
    expect(
      await turns(
        'srt',
        'long.srt',
        Buffer.from(`1\n00:00:01,000 --> 00:00:02,000\n${'<i'.repeat(200_000)}\n`),
      ),
    ).toHaveLength(1)
  })
})
