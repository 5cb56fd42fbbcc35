/**
 * The backup's file: a gzipped tar that any program opens.
 *
 * - `manifest.json`: version of the program, moment, size and SHA-256 of the two databases
 * - `facts.db`, `app.db`: SQLite, whatever database they were copied from
 * - `notebooks/`: the person's own, with history and bin
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { cp, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { create, extract } from 'tar'
import { z } from 'zod'
import { InputError } from '../errors.ts'

export const DATABASES = ['facts.db', 'app.db'] as const

const manifestSchema = z.object({
  format: z.literal('verbatim backup 1'),
  version: z.string(),
  madeAt: z.string(),
  files: z.record(z.enum(DATABASES), z.object({ bytes: z.number(), sha256: z.string() })),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Nothing else is taken out of an archive. */
const KNOWN = /^(?:\.\/)?(?:manifest\.json|facts\.db|app\.db|notebooks(?:\/.*)?)$/

/** Packs a folder with the two databases, and the notebooks, into a file that is there whole or not at all. */
export async function writeArchive(
  folder: string,
  notebooks: string,
  file: string,
  about: { version: string; madeAt: string },
): Promise<Manifest> {
  const entries = await Promise.all(
    DATABASES.map(async name => [name, await measure(join(folder, name))] as const),
  )
  const files = Object.fromEntries(entries) as Manifest['files']
  const manifest: Manifest = { format: 'verbatim backup 1', ...about, files }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2))
  const hasNotebooks = await cp(notebooks, join(folder, 'notebooks'), { recursive: true }).then(
    () => true,
    () => false,
  )
  const parts = ['manifest.json', ...DATABASES, ...(hasNotebooks ? ['notebooks'] : [])]
  const draft = join(folder, 'archive')
  // It holds contacts and secrets: for its owner's eyes.
  await create({ cwd: folder, file: draft, gzip: { level: 5 }, portable: true, mode: 0o600 }, parts)
  await rename(draft, file)
  return manifest
}

/** Unpacks an archive into a folder and checks that it is whole. Throws InputError. */
export async function readArchive(file: string, folder: string): Promise<Manifest> {
  await mkdir(folder, { recursive: true })
  const refuse = (cause: unknown): never => {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOENT') throw new InputError(`${file}: there is no such file`, { cause })
    throw new InputError(`${file} is no whole backup: ${(cause as Error).message}`, {
      hint: 'Take another copy of it; one made by “backup” ends in .tar.gz.',
      cause,
    })
  }
  await stat(file).catch(refuse)
  await extract({
    cwd: folder,
    file,
    strict: true,
    filter: (path, entry) =>
      KNOWN.test(path) &&
      !path.split('/').includes('..') &&
      'type' in entry &&
      (entry.type === 'File' || entry.type === 'Directory' || entry.type === 'OldFile'),
  }).catch(refuse)
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(refuse)
  const parsed = manifestSchema.safeParse(parse(text))
  if (!parsed.success)
    throw new InputError(`${file} is no backup of a version that is known here`, {
      hint: 'Update Verbatim, then restore it.',
    })
  for (const name of DATABASES) {
    const found = await measure(join(folder, name)).catch(refuse)
    if (found.sha256 !== parsed.data.files[name]?.sha256)
      throw new InputError(`${file}: ${name} in it is damaged`, { hint: 'Take another copy of the backup.' })
  }
  return parsed.data
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function measure(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') }
}
