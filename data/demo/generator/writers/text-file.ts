/** A text file written piece by piece, in the encodings that exports have. */
import { closeSync, openSync, writeSync } from 'node:fs'
import iconv from 'iconv-lite'

export type Encoding = 'utf8' | 'utf8-bom' | 'win1251' | 'utf16le-bom'

export interface TextFile {
  write(text: string): void
  close(): void
}

const FLUSH = 1 << 20

/** Opens a file for writing; what stood in it is gone. */
export function createTextFile(path: string, encoding: Encoding): TextFile {
  const file = openSync(path, 'w')
  let waiting = encoding.endsWith('-bom') ? '\ufeff' : ''
  const name = encoding.replace('-bom', '')
  const flush = () => {
    writeSync(
      file,
      name === 'win1251' ? iconv.encode(waiting, name) : Buffer.from(waiting, name as BufferEncoding),
    )
    waiting = ''
  }
  return {
    write: text => {
      waiting += text
      if (waiting.length >= FLUSH) flush()
    },
    close: () => {
      flush()
      closeSync(file)
    },
  }
}
