import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { sha256 } from '../lib/hash.ts'

/** Folders whose code decides what a cell shows. */
const FOLDERS = ['notebook', 'metrics', 'insight', 'language', 'lib', 'llm']
const root = resolve(import.meta.dirname, '..')

/**
 * Hash of the code that stands behind results. Part of every cached result's key: when the program changes, nothing
 * that an older one made is shown as its own. Read once a process.
 */
export function engineFingerprint(): Promise<string> {
  fingerprint ??= readFingerprint()
  return fingerprint
}
let fingerprint: Promise<string> | undefined

async function readFingerprint(): Promise<string> {
  const listed = await Promise.all(
    FOLDERS.map(folder =>
      readdir(join(root, folder), { recursive: true }).then(
        files => files.filter(file => file.endsWith('.ts')).map(file => join(folder, file)),
        () => [],
      ),
    ),
  )
  const files = listed.flat().sort()
  const texts = await Promise.all(files.map(file => readFile(join(root, file), 'utf8')))
  return sha256(files.map((file, i) => `${file}\0${texts[i]}`).join('\0'))
}
