/** A multipart form with one file, streamed to disk. */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { InputError, LimitError, UsageError, VerbatimError } from '../errors.ts'

export interface Upload {
  /** Where it lies now. */
  path: string
  /** What the person called it, without folders. */
  name: string
  fields: Map<string, string>
  /** Takes it off the disk. */
  remove(): Promise<void>
}

export interface UploadLimits {
  folder: string
  maxBytes: number
}

/** Reads a form whose file part is `file`. Throws UsageError, InputError, LimitError; then nothing stays on the disk. */
export async function receiveUpload(request: Request, { folder, maxBytes }: UploadLimits): Promise<Upload> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type) || !request.body)
    throw new UsageError('Send the file as multipart/form-data, in a part called “file”')
  const tooLarge = () =>
    new LimitError(`The file is larger than ${Math.round(maxBytes / 1024 ** 2)} MB`, {
      hint: 'Import it on the command line: npm run -s verbatim -- import FILE',
    })
  // Said by honest senders: no need to read all of it first.
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes + 1024 * 1024) throw tooLarge()
  const { Busboy } = await import('@fastify/busboy')
  await mkdir(folder, { recursive: true })
  const path = join(folder, randomUUID())
  const fields = new Map<string, string>()
  let name: string | undefined
  let written: Promise<void> = Promise.resolve()
  try {
    const form = new Busboy({
      headers: { 'content-type': type },
      limits: { files: 1, fields: 20, fieldSize: 1024 * 1024, fileSize: maxBytes, parts: 30 },
    })
    form.on('field', (field, value) => void fields.set(field, value))
    form.on('file', (field, stream, filename) => {
      if (field !== 'file' || name !== undefined) return void stream.resume()
      name = basename((filename ?? '').replaceAll('\\', '/'))
        .replace(/[\u0000-\u001f\u007f]/g, '')
        .slice(0, 200)
      written = pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 })).then(() => {
        if (stream.truncated) throw tooLarge()
      })
      // Heard below; until then it is nobody's.
      written.catch(() => {})
    })
    await pipeline(Readable.fromWeb(request.body as ReadableStream), form)
    await written
  } catch (error) {
    await rm(path, { force: true })
    if (error instanceof VerbatimError) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new LimitError('The disk is full', { hint: 'Free some space and repeat.', cause: error })
    throw new InputError(`The upload can't be read: ${(error as Error).message}`, { cause: error })
  }
  const remove = () => rm(path, { force: true })
  if (name === undefined) throw new InputError('The form has no file', { hint: 'Its part is called “file”.' })
  return { path, name: name || 'file', fields, remove }
}
