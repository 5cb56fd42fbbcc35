/**
 * Saving notebooks into the person's own folder. A save names the revision that it was made from: where the file has
 * changed since, nothing is written and both texts are told. Files are put in place whole or not at all, and what a save
 * takes the place of stays in the history.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ConflictError, InputError, NotFoundError } from '../errors.ts'
import { sha256 } from '../lib/hash.ts'
import { type Parsed, parseNotebook } from './format.ts'
import { kindNames } from './kinds.ts'
import type { Library } from './library.ts'
import { createBin, type NotebookBin } from './store-bin.ts'
import { createHistory, type NotebookHistory } from './store-history.ts'

/** A notebook's text as it stands, parsed. */
export interface NotebookSource extends Parsed {
  id: string
  text: string
  /** Names this text: a save must tell from which one it was made. */
  revision: string
  bundled: boolean
}

export interface NotebookStore {
  /** Throws NotFoundError. */
  read(id: string): Promise<NotebookSource>
  /**
   * Writes a text that was made from `revision`. Throws ConflictError with details `mine`, `theirs` and `revision` (of
   * theirs) when the file says something else by now, NotFoundError when it is gone, InputError for what is no text.
   */
  save(id: string, text: string, revision: string): Promise<NotebookSource>
  /** Makes a notebook whose id is made of `name`. */
  create(name: string, text: string): Promise<NotebookSource>
  /** Puts the person's file into the bin; answers the name under which it lies there. A bundled one stays. */
  remove(id: string): Promise<string>
  /** Takes a file out of the bin; where its id is taken by now, under another one. */
  restore(entry: string): Promise<NotebookSource>
  history: NotebookHistory
  bin: NotebookBin
}

/** Characters of a text at most; as much as a request may carry. */
const MAX_TEXT = 900_000

export function createNotebookStore(library: Library, folder: string): NotebookStore {
  const history = createHistory(join(folder, '.history'))
  const bin = createBin(join(folder, '.bin'))
  const pathOf = (id: string) => join(folder, `${id}.md`)
  const inTurn = queueById()

  const read = async (id: string): Promise<NotebookSource> => {
    const { path, bundled } = await library.get(id)
    const text = await readFile(path, 'utf8')
    return { ...parseNotebook(text, await kindNames()), id, text, revision: revisionOf(text), bundled }
  }
  const put = async (id: string, text: string): Promise<NotebookSource> => {
    await writeWhole(folder, pathOf(id), text)
    await history.keep(id, text)
    return { ...parseNotebook(text, await kindNames()), id, text, revision: revisionOf(text), bundled: false }
  }
  const freeId = async (name: string): Promise<string> => {
    const taken = new Set((await library.list()).map(({ id }) => id.toLowerCase()))
    const stem = toId(name)
    for (let n = 1; ; n++) {
      const id = n === 1 ? stem : `${stem}-${n}`
      if (!taken.has(id.toLowerCase())) return id
    }
  }

  return {
    read,
    history,
    bin,
    save: (id, text, revision) =>
      inTurn(id, async () => {
        checkText(text)
        const now = await read(id)
        if (now.text === text) return now
        if (now.revision !== revision)
          throw new ConflictError(`The notebook “${id}” was changed elsewhere in the meantime`, {
            hint: 'Choose one of the two versions, or keep both.',
            details: { mine: text, theirs: now.text, revision: now.revision },
          })
        await history.keep(id, now.text)
        return put(id, text)
      }),
    create: (name, text) =>
      // One at a time, so that two never find the same id free.
      inTurn('', async () => {
        checkText(text)
        return put(await freeId(name), text)
      }),
    remove: id =>
      inTurn(id, async () => {
        const { path, bundled } = await library.get(id)
        if (bundled)
          throw new InputError(`“${id}” comes with Verbatim and can't be deleted`, {
            hint: 'Only notebooks of your own can be deleted.',
          })
        await history.keep(id, await readFile(path, 'utf8'))
        return bin.take(id, path)
      }),
    restore: entry =>
      inTurn('', async () => {
        const { id, text } = await bin.read(entry)
        const known = await library.get(id).catch((error: unknown) => {
          if (error instanceof NotFoundError) return null
          throw error
        })
        const back = await put(known === null || known.bundled ? id : await freeId(id), text)
        await bin.forget(entry)
        return back
      }),
  }
}

/** Names a text: equal texts have equal revisions. */
export function revisionOf(text: string): string {
  return sha256(text).slice(0, 32)
}

/** «Вопросы клиентов» -> `вопросы-клиентов`: letters and digits of any script, at most 60 characters. */
export function toId(name: string): string {
  const words =
    name
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return [...words.join('-')].slice(0, 60).join('').replace(/-+$/, '') || 'notebook'
}

function checkText(text: string): void {
  if (text.length > MAX_TEXT)
    throw new InputError('The notebook is too long', { hint: `At most ${MAX_TEXT} characters fit.` })
  if (!text.isWellFormed() || text.includes('\0'))
    throw new InputError('The text holds characters that can’t be written into a file', {
      hint: 'Paste it again as plain text.',
    })
}

/** Either the old file is there or the new one, whatever happens in between. */
async function writeWhole(folder: string, path: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const temporary = join(folder, `.${randomUUID()}.tmp`)
  try {
    const file = await open(temporary, 'wx')
    try {
      await file.writeFile(text, 'utf8')
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Runs what concerns one id one after another. */
function queueById(): <T>(id: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return async (id, work) => {
    const mine = (last.get(id) ?? Promise.resolve()).then(work, work)
    last.set(id, mine)
    try {
      return await mine
    } finally {
      if (last.get(id) === mine) last.delete(id)
    }
  }
}
