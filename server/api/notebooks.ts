/** The notebooks that are there, one of them as it is before it is run, and all that changes them. */
import { Hono } from 'hono'
import { z } from 'zod'
import { toCellError } from '../notebook/cell-error.ts'
import { readChoices } from '../notebook/choices.ts'
import { parseNotebook } from '../notebook/format.ts'
import { kindNames } from '../notebook/kinds.ts'
import type { LibraryEntry } from '../notebook/library.ts'
import type { NotebookSource as StoredSource } from '../notebook/store.ts'
import { retitle } from '../notebook/store-title.ts'
import type { NotebookDocument, NotebookSource, NotebookSummary } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId } from './reading.ts'

const titleSchema = z.string().trim().min(1).max(200)
const saveSchema = z.strictObject({ text: z.string(), revision: z.string().max(100) })
const renameSchema = z.strictObject({ title: titleSchema })
const newSchema = z.strictObject({
  title: titleSchema,
  language: z.enum(['ru', 'en']),
  /** Another notebook, whose text is taken. */
  from: z.string().max(500).optional(),
  /** A text of one's own, such as an uploaded file's; keeps the title that it has. */
  text: z.string().optional(),
})

/** What was deleted, and taking it back. */
export function binRoutes({ notebooks: store }: AppParts): Hono {
  return new Hono()
    .get('/', async c => c.json(await store.bin.list()))
    .post('/:entry', async c => c.json(toSource(await store.restore(readId(c, 'entry')))))
}

export function notebookRoutes(parts: AppParts): Hono {
  const store = parts.notebooks
  const routes = new Hono()
  routes.get('/:id/source', async c => c.json(toSource(await store.read(readId(c, 'id')))))
  routes.get('/:id/versions', async c => {
    const { id } = await parts.library.get(readId(c, 'id'))
    return c.json(await store.history.list(id))
  })
  routes.get('/:id/versions/:version', async c => {
    const { id } = await parts.library.get(readId(c, 'id'))
    const text = await store.history.read(id, readId(c, 'version'))
    return c.json({ text, blocks: parseNotebook(text, await kindNames()).notebook.blocks })
  })
  routes.put('/:id', async c => {
    const { text, revision } = await readBody(c, saveSchema)
    return c.json(toSource(await store.save(readId(c, 'id'), text, revision)))
  })
  routes.patch('/:id', async c => {
    const { title } = await readBody(c, renameSchema)
    const { id, text, revision } = await store.read(readId(c, 'id'))
    return c.json(toSource(await store.save(id, retitle(text, title), revision)))
  })
  routes.post('/', async c => {
    const { title, language, from, text } = await readBody(c, newSchema)
    const source = from === undefined ? null : await store.read(from)
    const content = text ?? retitle(source?.text ?? '', title, source ? undefined : language)
    return c.json(toSource(await store.create(title, content)), 201)
  })
  routes.delete('/:id', async c => c.json({ entry: await store.remove(readId(c, 'id')) }))
  routes.get('/', async c => c.json((await parts.library.list()).map(toSummary)))
  routes.get('/:id', async c => {
    const entry = await parts.library.get(readId(c, 'id'))
    const { notebook, errors, id, bundled } = entry
    const choices = await readChoices(notebook.inputs, {
      reader: parts.database.reader,
      versions: await parts.database.versions(),
      cache: parts.cells,
      signal: c.req.raw.signal,
    })
    const unread = choices.failures.map(({ error }) => toCellError(error, { body: '', line: 1 }))
    const document: NotebookDocument = {
      id,
      title: notebook.title || id,
      description: notebook.description,
      language: notebook.language,
      bundled,
      inputs: notebook.inputs,
      choices: Object.fromEntries(choices.known),
      blocks: notebook.blocks,
      errors: [...errors, ...unread],
    }
    return c.json(document)
  })
  return routes
}

function toSummary({ id, notebook, bundled }: LibraryEntry): NotebookSummary {
  return {
    id,
    title: notebook.title || id,
    description: notebook.description,
    language: notebook.language,
    cells: notebook.blocks.filter(block => block.kind !== 'markdown').length,
    bundled,
  }
}

function toSource({ id, text, revision, bundled, notebook, errors }: StoredSource): NotebookSource {
  return { id, text, revision, bundled, blocks: notebook.blocks, errors }
}
