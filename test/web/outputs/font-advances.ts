/**
 * Advance widths out of a WOFF2 file, to hold the table of text-width.ts against the font itself. Reads the header, the
 * compressed tables and cmap format 4, as in the W3C recommendation "WOFF File Format 2.0", §4 and §5.
 */
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'

/** Tags by their number in the table directory, as far as a text font goes. */
const TAGS =
  'cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx kern'.match(
    /.{4} ?/g,
  )!

/** Code point -> advance in 1/1000 em, at the font's default weight. */
export function readAdvances(path: string): Map<number, number> {
  const tables = readTables(readFileSync(path))
  const unitsPerEm = tables.get('head')!.readUInt16BE(18)
  const long = tables.get('hhea')!.readUInt16BE(34)
  const { data: hmtx, stride } = { data: tables.get('hmtx')!, stride: tables.has('hmtx transformed') ? 2 : 4 }
  const start = stride === 2 ? 1 : 0
  const advance = (glyph: number) => hmtx.readUInt16BE(start + Math.min(glyph, long - 1) * stride)
  return new Map(
    [...readCmap(tables.get('cmap')!)].map(([code, glyph]) => [
      code,
      Math.round((advance(glyph) * 1000) / unitsPerEm),
    ]),
  )
}

function readTables(file: Buffer): Map<string, Buffer> {
  const count = file.readUInt16BE(12)
  let at = 48
  const number128 = () => {
    let value = 0
    for (;;) {
      const byte = file[at++]!
      value = value * 128 + (byte & 127)
      if (byte < 128) return value
    }
  }
  const entries: { tag: string; length: number; transformed: boolean }[] = []
  for (let i = 0; i < count; i++) {
    const flags = file[at++]!
    const known = flags & 63
    const tag =
      known === 63 ? file.toString('latin1', at, at + 4) : (TAGS[known]?.slice(0, 4).trim() ?? `#${known}`)
    if (known === 63) at += 4
    const original = number128()
    const version = flags >> 6
    // For glyf and loca version 3 is "as it is"; for the rest version 0.
    const transformed = tag === 'glyf' || tag === 'loca' ? version !== 3 : version !== 0
    entries.push({ tag, length: transformed ? number128() : original, transformed })
  }
  const data = brotliDecompressSync(file.subarray(at))
  const tables = new Map<string, Buffer>()
  let offset = 0
  for (const { tag, length, transformed } of entries) {
    tables.set(tag, data.subarray(offset, offset + length))
    if (transformed) tables.set(`${tag} transformed`, tables.get(tag)!)
    offset += length
  }
  return tables
}

function readCmap(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>()
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const table = cmap.subarray(cmap.readUInt32BE(8 + i * 8))
    if (table.readUInt16BE(0) !== 4) continue
    const size = table.readUInt16BE(6)
    const u16 = (part: number, at: number) => table.readUInt16BE(14 + part * size + (part > 0 ? 2 : 0) + at)
    for (let segment = 0; segment < size; segment += 2) {
      const [end, start, delta, range] = [0, 1, 2, 3].map(part => u16(part, segment)) as [
        number,
        number,
        number,
        number,
      ]
      for (let code = start; code <= end && code < 0xffff; code++) {
        const place = 16 + 3 * size + segment + range + (code - start) * 2
        const glyph = range === 0 ? (code + delta) & 0xffff : table.readUInt16BE(place)
        if (glyph !== 0) glyphs.set(code, glyph)
      }
    }
  }
  return glyphs
}
