/** Files that are not what they seem: one clear sentence and exit code 1, soon. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabases } from '../support/databases.ts'
import { dump, runImport } from './run-import.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verbatim-wrong-'))
})
afterAll(() => rm(folder, { recursive: true }))

const workbook = readFileSync(join(import.meta.dirname, '../fixtures/import/tables/amocrm.xlsx'))
const noise = (size: number) => Uint8Array.from({ length: size }, (_, i) => (i * 7919 + (i >> 3) * 31) & 255)
/** An archive whose hundred parts are one and the same packed piece: small itself, 1.6 GB unpacked. */
function bomb(): Uint8Array {
  const parts = 100
  const packed = deflateRawSync(new Uint8Array(16 * 2 ** 20))
  const name = Buffer.from('xl/workbook.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts, 10)
  end.writeUInt32LE(local.length + name.length + packed.length, 16)
  const entries = Array.from({ length: parts }, () => [entry, name]).flat()
  return Buffer.concat([local, name, packed, ...entries, end])
}

const files: [name: string, content: () => Uint8Array | string, said: RegExp][] = [
  ['empty.csv', () => '', /^empty\.csv is empty/],
  ['blank.csv', () => '\ufeff \n\n\t\n', /^blank\.csv is empty/],
  ['header.csv', () => 'ID;Этап;Бюджет\n', /^header\.csv holds no rows/],
  ['noise.csv', () => noise(50_000), /^noise\.csv: not text and not a workbook/],
  [
    'photo.csv',
    () => Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...noise(5000)]),
    /not text and not a workbook/,
  ],
  [
    'old.xls',
    () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, ...noise(5000)]),
    /is a workbook of old Excel/,
  ],
  ['act.pdf', () => '%PDF-1.7\n%\xe2\xe3\n1 0 obj\n', /^act\.pdf is a PDF/],
  [
    'page.csv',
    () => '<!DOCTYPE html><html><body>Войдите; пожалуйста, в систему</body></html>',
    /^page\.csv is a web page, not a table/,
  ],
  ['table.xlsx', () => '<html><table><tr><td>ID</td></tr></table></html>', /^table\.xlsx is a web page/],
  ['half.xlsx', () => workbook.subarray(0, 2000), /^half\.xlsx is not a whole XLSX file/],
  ['head.xlsx', () => workbook.subarray(0, 20), /^head\.xlsx is not a whole XLSX file/],
  [
    'files.xlsx',
    () => zipSync({ 'a.txt': new Uint8Array(10) }),
    /is a ZIP archive, but not an XLSX workbook/,
  ],
  ['bomb.xlsx', bomb, /^bomb\.xlsx unpacks to more than 400 MB/],
  ['line.csv', () => 'x'.repeat(10_000_000), /^line\.csv is not a table/],
  [
    'line2.csv',
    () => `ID;Этап\n1;${'x'.repeat(10_000_000)}\n`,
    /could not take its only row; line 2: the line is longer than 1,000,000 characters/,
  ],
  [
    'quote.csv',
    () => `ID;Этап\n1;"${'x\n'.repeat(100)}`,
    /^quote\.csv: could not take any of its 100 rows; line 2: a quote is opened/,
  ],
  ['prose.csv', () => 'Уважаемые коллеги!\nВысылаю вам отчёт.\nС уважением\n', /^prose\.csv is not a table/],
  ['other.csv', () => 'яблоки;груши\n1;2\n', /the columns don't look like anything known: яблоки, груши/],
  [
    'dates.csv',
    () => 'ID;Этап;Дата создания\n1;Замер;40.40.2026\n2;Замер;вчера\n',
    /could not take any of its 2 rows; line 2: “40\.40\.2026” is not a date/,
  ],
  ['cut.json', () => '[{"id": 1, "stage": "За', /^cut\.json is not whole JSON/],
  [
    'deep.json',
    () => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
    /could not take its only row; line 1: nested too deeply/,
  ],
  ['deep.jsonl', () => `${'['.repeat(200_000)}${']'.repeat(200_000)}\n`, /deep\.jsonl/],
  [
    'scalars.json',
    () => '[1, 2, 3]',
    /could not take any of its 3 rows; line 1: not an object with named fields/,
  ],
  ['nothing.json', () => '[]', /^nothing\.json holds no rows/],
  ['nulls.csv', () => new Uint8Array(10_000), /not text and not a workbook/],
  ['silent.json', () => '{"segments": [], "language": "ru"}', /holds no speech/],
  ['nul.srt', () => '1\n99:99:99,999 --> 00:00:01,000\nда\n', /could not take/],
]

describe('a wrong file', () => {
  const open = freshDatabases('sqlite')

  it.each(files)('%s', async (name, content, said) => {
    const { database, settings } = await open()
    const path = join(folder, name)
    await writeFile(path, content())
    const { code, out, err } = await runImport(settings, path)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(said)
    // One line, of a length that is read.
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(err.length).toBeLessThan(700)
    const { rejects, ...facts } = await dump(database)
    expect(facts).toEqual({})
    if (/could not take/.test(said.source)) expect(rejects!.length).toBeGreaterThan(0)
  })

  // Quadratic work would take minutes, and the test its time limit.
  it('hostile patterns are read in linear time', async () => {
    const { settings } = await open()
    const million = 400_000
    const hostile: [string, string][] = [
      ['a.vtt', `WEBVTT\n\n00:01.000 --> 00:02.000\n${'<'.repeat(million)}\n`],
      ['b.vtt', `WEBVTT\n\n00:01.000 --> 00:02.000\n<v${'.'.repeat(million)}\n`],
      ['c.html', `<h1>a</h1>${'<'.repeat(million)}`],
      ['d.html', '<h1>'.repeat(million / 4)],
      ['e.html', '<script>'.repeat(million / 8)],
      ['f.html', '<!--'.repeat(million / 4)],
      ['g.md', `# a\n${'# '.repeat(million / 2)}`],
      ['h.csv', `ID;Этап;${'('.repeat(million / 2)}\n1;2;3\n`],
      ['i.csv', `ID;Этап;Бюджет;Дата создания\n1;2;1${' '.repeat(million / 2)}x;3\n`],
      ['j.csv', `ID;Этап;Email\n1;2;a@${'.'.repeat(million / 2)}@\n`],
      ['k.csv', `ID;Этап\n${'1;"'.repeat(million / 2)}\n`],
      ['l.csv', `ID;Этап\n${'1;""\n2;"x\n'.repeat(million / 80)}`],
      ['m.txt', `Клиент: ${'а:'.repeat(million / 2)}\nКлиент: ${'[1:'.repeat(million / 3)}\n`],
    ]
    for (const [name, text] of hostile) {
      const path = join(folder, name)
      await writeFile(path, text)
      const { code } = await runImport(settings, path)
      expect([name, code === 0 || code === 1]).toEqual([name, true])
    }
  })
})
