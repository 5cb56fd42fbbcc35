/** Which encoding a file is in, and its text. UTF-8 and UTF-16 with or without a mark; else windows-1251. */
import type { Readable } from 'node:stream'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251'

/**
 * Whether bytes are UTF-8: whole characters beyond ASCII outnumber bytes that fit nothing, so that a few damaged bytes
 * do not turn the whole file into another alphabet. Text in windows-1251 holds hardly a pair that UTF-8 would take.
 * A character cut off at the very end is forgiven, since a head is a cut.
 */
function isUtf8(bytes: Uint8Array): boolean {
  let whole = 0
  let odd = 0
  for (let i = 0; i < bytes.length; i++) {
    const first = bytes[i]!
    if (first < 0x80) continue
    const more =
      first >= 0xc2 && first < 0xe0 ? 1 : (first & 0xf0) === 0xe0 ? 2 : (first & 0xf8) === 0xf0 ? 3 : 0
    let taken = 0
    while (taken < more && (bytes[i + taken + 1]! & 0xc0) === 0x80) taken++
    if (i + taken + 1 >= bytes.length && taken < more) break
    if (more > 0 && taken === more) {
      whole++
      i += more
    } else odd++
  }
  return odd === 0 || whole > odd
}

/** The encoding that a file's head (64 KiB will do) speaks for: by its mark, by zero bytes, by strict UTF-8. */
export function sniffEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  // Text in UTF-16 has a zero beside every ASCII character, Cyrillic one 0x04.
  let even = 0
  let odd = 0
  const size = Math.min(head.length, 4096) & ~1
  for (let i = 0; i < size; i += 2) {
    if (head[i]! === 0 || head[i]! === 4) even++
    if (head[i + 1]! === 0 || head[i + 1]! === 4) odd++
  }
  if (size >= 8 && odd > size * 0.35 && even < size * 0.1) return 'utf-16le'
  if (size >= 8 && even > size * 0.35 && odd < size * 0.1) return 'utf-16be'
  return isUtf8(head) ? 'utf-8' : 'windows-1251'
}

/** All of the bytes as text, without a byte order mark. Bytes that fit nothing become U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding: Encoding = sniffEncoding(bytes)): string {
  return new TextDecoder(encoding).decode(bytes)
}

/**
 * A stream's text, chunk by chunk; characters that a chunk cuts stay whole. A head of nothing but ASCII speaks for
 * UTF-8 and windows-1251 alike: then the first chunk that holds more decides.
 */
export async function* decodeStream(stream: Readable, encoding: Encoding): AsyncIterable<string> {
  let decoder = new TextDecoder(encoding)
  let decided = encoding !== 'utf-8'
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    if (!decided && chunk.some(byte => byte >= 0x80)) {
      decided = true
      if (!isUtf8(chunk)) decoder = new TextDecoder('windows-1251')
    }
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

/** Whether a head is no text at all: more than one character in a hundred is a control. */
export function isBinary(head: string): boolean {
  const controls = head.match(/[\0-\x08\x0b\x0c\x0e-\x1f]/g)?.length ?? 0
  return controls * 100 > head.length
}
