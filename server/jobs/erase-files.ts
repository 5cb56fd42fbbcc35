/** What lies on disk of an erased client: notebooks with their history and bin, and files that the program wrote. */
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Scrub } from '../privacy/client-words.ts'
import type { Database } from '../store/database.ts'
import { forgetWritten, readWritten } from '../store/written-files.ts'

/** Forms in which words stand as they are. */
const PLAIN = new Set(['.csv', '.html', '.json', '.jsonl', '.md', '.svg', '.tsv', '.txt'])

export interface EraseFilesOptions {
  /** The folder of the person's notebooks. */
  notebooks: string
  alias: number
  scrub: Scrub
  /** Counts only. */
  dryRun: boolean
}

/**
 * Takes the client's words out of notebooks and removes exports that hold them: an export can be made again, without
 * the client. Returns how many files of each sort. Doing it twice changes nothing more.
 */
export async function eraseFiles(
  database: Database,
  { notebooks, alias, scrub, dryRun }: EraseFilesOptions,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = { notebooks: 0, notebook_versions: 0, exports: 0 }
  for (const path of await textsIn(notebooks)) {
    const { text, found } = scrub(await readFile(join(notebooks, path), 'utf8'))
    if (found === 0) continue
    counts[/^\.(?:history|bin)\b/.test(path) ? 'notebook_versions' : 'notebooks']! += 1
    if (!dryRun) await replaceFile(join(notebooks, path), text)
  }
  for (const { path, clients } of await readWritten(database)) {
    const content = await readFile(path).catch(() => null)
    const isPlain = PLAIN.has(extname(path).toLowerCase())
    const named = clients === 'all' ? !isPlain : (JSON.parse(clients) as number[]).includes(alias)
    const holds = content !== null && (named || (isPlain && scrub(content.toString('utf8')).found > 0))
    if (holds) counts.exports! += 1
    if (dryRun) continue
    if (holds) await rm(path, { force: true })
    if (holds || content === null) await forgetWritten(database, path)
  }
  return counts
}

async function textsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => [])
  return entries.filter(name => name.endsWith('.md')).sort()
}

/** Whole or not at all: a kill leaves the old text or the new. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.erasing`
  await writeFile(draft, text, 'utf8')
  await rename(draft, path)
}
