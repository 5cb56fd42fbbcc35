/** Damaged files: never a crash, never a hang, and no row that is neither stored nor in the rejects. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { VerbatimError } from '../../server/errors.ts'
import { importFile } from '../../server/sources/ingest.ts'
import type { ImportSummary } from '../../server/sources/session.ts'
import type { FormatInput } from '../../server/sources/source.ts'
import type { Database } from '../../server/store/database.ts'
import { raw } from '../../server/store/sql.ts'
import { freshDatabases } from '../support/databases.ts'

const fixtures = join(import.meta.dirname, '../fixtures/import')
const names = ['tables', 'transcripts'].flatMap(folder =>
  readdirSync(join(fixtures, folder)).map(name => `${folder}/${name}`),
)
const options = { timeZone: 'Europe/Moscow', currency: 'RUB' }

function inputOf(name: string, bytes: Uint8Array): FormatInput {
  // Odd chunks cut characters and lines wherever they fall.
  const chunks = function* () {
    for (let i = 0; i < bytes.length; i += 211) yield bytes.subarray(i, i + 211)
  }
  return { name, head: bytes.subarray(0, 65536), size: bytes.length, open: () => Readable.from(chunks()) }
}

/** The summary, or null when the file as a whole was refused in words. */
async function importBytes(
  database: Database,
  name: string,
  bytes: Uint8Array,
): Promise<ImportSummary | null> {
  try {
    const summary = await importFile(database, inputOf(name, bytes), options)
    const { rowsRead, rowsNew, rowsChanged, rowsUnchanged, rowsRejected } = summary
    expect(rowsNew + rowsChanged + rowsUnchanged + rowsRejected).toBe(rowsRead)
    expect(Math.min(rowsNew, rowsChanged, rowsUnchanged, rowsRejected)).toBeGreaterThanOrEqual(0)
    return summary
  } catch (error) {
    expect(error).toBeInstanceOf(VerbatimError)
    expect((error as Error).message).not.toMatch(/\n|undefined|\[object/)
    return null
  }
}

type Damage = (bytes: Buffer) => Buffer
const place = fc.double({ min: 0, max: 0.9999, noNaN: true })
const at = (bytes: Buffer, where: number) => Math.floor(where * bytes.length)

const cut = place.map(
  (where): Damage =>
    bytes =>
      bytes.subarray(0, at(bytes, where)),
)
const flip = fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(
  ([where, mask]): Damage =>
    bytes => {
      const copy = Buffer.from(bytes)
      if (copy.length > 0) copy[at(copy, where)]! ^= mask
      return copy
    },
)
/** Something is put in that means something in a file: quotes, delimiters, line ends, zeros, half characters. */
const insert = fc
  .tuple(place, fc.constantFrom('"', ';', ',', '\t', '\n', '\r', '\0', '""', '";', '"\n', '\u2028', '{', ']'))
  .map(
    ([where, text]): Damage =>
      bytes =>
        Buffer.concat([
          bytes.subarray(0, at(bytes, where)),
          Buffer.from(text),
          bytes.subarray(at(bytes, where)),
        ]),
  )
const half = place.map(
  (where): Damage =>
    bytes =>
      Buffer.concat([
        bytes.subarray(0, at(bytes, where)),
        // Half of a surrogate pair, in UTF-16 and as somebody's UTF-8; a start of a character without its end.
        Buffer.from([0x3d, 0xd8, 0xed, 0xa0, 0xbd, 0xf0, 0x9f]),
        bytes.subarray(at(bytes, where)),
      ]),
)
const recode = fc.constantFrom('win1251', 'utf16le', 'utf16be', 'cp866', 'koi8-r').map(
  (encoding): Damage =>
    bytes =>
      iconv.encode(bytes.toString('utf8'), encoding),
)
const swap = fc
  .constantFrom([';', ','], [',', ';'], ['\t', ';'], ['\n', '\r'], ['\n', ''], [' ', '\u00a0'])
  .map(
    ([from, to]): Damage =>
      bytes =>
        Buffer.from(bytes.toString('utf8').replaceAll(from!, to!)),
  )
const damages = fc.array(fc.oneof(cut, flip, flip, insert, insert, half, recode, swap), {
  minLength: 1,
  maxLength: 5,
})
const apply = (bytes: Buffer, list: Damage[]) => list.reduce((left, damage) => damage(left), bytes)

describe('damaged files', () => {
  const open = freshDatabases('sqlite')

  it('of every format end in counts that add up or in one clear error', async () => {
    const { database } = await open()
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), damages, async (name, list) => {
        await importBytes(database, name.split('/')[1]!, apply(readFileSync(join(fixtures, name)), list))
      }),
      { numRuns: 250 },
    )
  })

  it('every row whose id is still whole is stored or refused with its text', async () => {
    const { database } = await open()
    const lines = Array.from({ length: 60 }, (_, i) => {
      const id = `m${String(i).padStart(4, '0')}m`
      const title = i % 7 === 0 ? `"Окно; ""${i}""\nи балкон"` : `Окно ${i}`
      return `${id};Замер;${title};${i} 000,5;0${1 + (i % 9)}.03.2026`
    })
    // The header stays: a file without one is refused as a whole.
    const header = Buffer.from('ID;Этап;Название;Бюджет;Дата создания\n')
    const body = Buffer.from(`${lines.join('\n')}\n`)
    const some = fc.array(fc.oneof(cut, flip, insert, insert, half, swap), { minLength: 1, maxLength: 8 })
    let taken = 0
    await fc.assert(
      fc.asyncProperty(some, async list => {
        const bytes = Buffer.concat([header, apply(body, list)])
        await database.run(raw('delete from deals'))
        await database.run(raw('delete from rejects'))
        const summary = await importBytes(database, 'deals.csv', bytes)
        if (!summary) return
        taken++
        const kept = [
          ...(await database.query(raw('select deal_id, stage, title from deals'))),
          ...(await database.query(raw('select raw, reason from rejects'))),
        ]
        const text = JSON.stringify(kept)
        // Ids are plain ASCII: found in the bytes of any encoding once the zeros of UTF-16 are out.
        const ids =
          bytes
            .toString('latin1')
            .replaceAll('\0', '')
            .match(/m\d{4}m/g) ?? []
        for (const id of ids) expect(text).toContain(id)
      }),
      { numRuns: 200 },
    )
    // Some damage leaves nothing to take; enough files are left that say something.
    expect(taken).toBeGreaterThan(20)
  })

  it('a quote never closed costs its own line alone', async () => {
    const { database } = await open()
    const rows = ['1;a;x', '2;"b;x', '3;"c";x', '4;"d\ne";x', '5;"f;""g"";x', '6;h;x', '7;"i"j;x']
    const summary = await importBytes(
      database,
      'q.csv',
      Buffer.from(`ID;Этап;Название\n${rows.join('\n')}\n`),
    )
    expect(summary).toMatchObject({ rowsRead: 7, rowsNew: 5, rowsRejected: 2 })
    expect(await database.query(raw('select deal_id, stage from deals order by deal_id'))).toEqual([
      { deal_id: 'crm:1', stage: 'a' },
      { deal_id: 'crm:3', stage: 'c' },
      { deal_id: 'crm:4', stage: 'd\ne' },
      { deal_id: 'crm:6', stage: 'h' },
      { deal_id: 'crm:7', stage: 'ij' },
    ])
    expect(await database.query(raw('select line, raw from rejects order by line'))).toEqual([
      { line: 3, raw: '2;"b;x' },
      { line: 7, raw: '5;"f;""g"";x' },
    ])
  })

  it('one bad byte does not turn a file into another alphabet, nor does an English head', async () => {
    const { database } = await open()
    const text = `id,stage,title\n1,won,Окно\n2,won,Дверь\n`
    const bytes = Buffer.from(text)
    bytes[bytes.indexOf('Д') + 1] = 0xff
    const summary = await importBytes(database, 'bad.csv', bytes)
    expect(summary!.notes).toEqual([
      'Lines with characters that could not be read, kept as �: 1, the first is 3',
    ])
    const ascii = `id,stage,title\n${Array.from({ length: 5000 }, (_, i) => `a${i},won,window ${i}\n`).join('')}`
    expect(ascii.length).toBeGreaterThan(65536)
    await importBytes(database, 'late.csv', iconv.encode(`${ascii}b1,won,Балкон\n`, 'win1251'))
    await importBytes(database, 'late8.csv', Buffer.from(`${ascii}b2,won,Лоджия\n`))
    const found = await database.query(
      raw("select title from deals where deal_id in ('crm:1', 'crm:b1', 'crm:b2') order by deal_id"),
    )
    expect(found).toEqual([{ title: 'Окно' }, { title: 'Балкон' }, { title: 'Лоджия' }])
  })
})
