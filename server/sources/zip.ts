/** A look into a ZIP before anything trusts it: how large its parts really are, and which they are. */
import { inflateRawSync } from 'node:zlib'
import { InputError } from '../errors.ts'

const END = 0x06054b50
const ENTRY = 0x02014b50

/**
 * Names of a ZIP's parts, after every part was really unpacked within `maxBytes` altogether: a declared size is no
 * proof. Throws InputError for a damaged archive or one that grows beyond the limit (a zip bomb).
 */
export function checkZip(bytes: Buffer, name: string, maxBytes: number): string[] {
  const damaged = (cause?: unknown) =>
    new InputError(`${name} is not a whole XLSX file: its archive is damaged or cut off`, {
      hint: 'Export or download it again.',
      cause,
    })
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end === -1 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END) throw damaged()
  const names: string[] = []
  let left = maxBytes
  let at = bytes.readUInt32LE(end + 16)
  try {
    for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
      if (bytes.readUInt32LE(at) !== ENTRY) throw damaged()
      const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)]
      const [nameSize, extraSize, commentSize] = [28, 30, 32].map(offset =>
        bytes.readUInt16LE(at + offset),
      ) as [number, number, number]
      const local = bytes.readUInt32LE(at + 42)
      names.push(bytes.toString('utf8', at + 46, at + 46 + nameSize))
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
      const part = bytes.subarray(start, start + packed)
      if (part.length < packed) throw damaged()
      left -= method === 0 ? packed : inflateRawSync(part, { maxOutputLength: Math.max(1, left) }).length
      if (left <= 0) throw tooLarge(name, maxBytes)
      at += 46 + nameSize + extraSize + commentSize
    }
  } catch (error) {
    if (error instanceof InputError) throw error
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name, maxBytes)
    throw damaged(error)
  }
  return names
}

const tooLarge = (name: string, maxBytes: number) =>
  new InputError(`${name} unpacks to more than ${Math.round(maxBytes / 2 ** 20)} MB`, {
    hint: 'Export the table as CSV: that is read as a stream, of any size.',
  })
