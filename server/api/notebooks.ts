/** The notebooks that are there, and one of them as it is before it is run. */
import { Hono } from 'hono'
import { toCellError } from '../notebook/cell-error.ts'
import { readChoices } from '../notebook/choices.ts'
import type { LibraryEntry } from '../notebook/library.ts'
import type { NotebookDocument, NotebookSummary } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readId } from './reading.ts'

export function notebookRoutes(parts: AppParts): Hono {
  const routes = new Hono()
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
