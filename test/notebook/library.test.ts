import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createLibrary } from '../../server/notebook/library.ts'

const roots: string[] = []
afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true })
})

async function make(files: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), 'verbatim-library-'))
  roots.push(root)
  const folders = { bundled: join(root, 'bundled'), own: join(root, 'own') }
  for (const folder of Object.values(folders)) await mkdir(folder)
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text)
  return { root, library: createLibrary(folders) }
}

describe('the library', () => {
  it('lists both folders by id; one’s own file stands in the bundled one’s place', async () => {
    const { library } = await make({
      'bundled/b.md': '# B',
      'bundled/a.md': '# A',
      'own/b.md': '# Моё',
      'own/Мой отчёт.md': '# Ещё',
      'own/notes.txt': 'x',
      'own/.hidden.md': '# x',
    })
    const list = await library.list()
    expect(list.map(({ id, bundled, notebook }) => [id, bundled, notebook.title])).toEqual([
      ['a', true, 'A'],
      ['b', false, 'Моё'],
      ['Мой отчёт', false, 'Ещё'],
    ])
  })

  it('reads a file again when it changed, and only then', async () => {
    const { root, library } = await make({ 'own/a.md': '# One' })
    const first = await library.get('a')
    expect(await library.get('a')).toBe(first)
    await writeFile(join(root, 'own/a.md'), '# Two')
    await utimes(join(root, 'own/a.md'), 1, 1)
    expect((await library.get('a')).notebook.title).toBe('Two')
    await rm(join(root, 'own/a.md'))
    await expect(library.get('a')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('an id never leads out of the folders', async () => {
    const { root, library } = await make({ 'bundled/a.md': '# A', 'secret.md': '# Secret' })
    for (const id of [
      '../secret',
      '..\\secret',
      `${root}/secret`,
      'a/../../secret',
      '.',
      '..',
      '',
      'a\0',
      'a.md/',
      '%2e%2e/secret',
      'x'.repeat(300),
    ])
      await expect(library.get(id), id).rejects.toMatchObject({ code: 'not_found', hint: 'Notebooks: a' })
  })

  it('folders that are not there hold nothing', async () => {
    const library = createLibrary({ bundled: '/nowhere/a', own: '/nowhere/b' })
    expect(await library.list()).toEqual([])
  })
})
