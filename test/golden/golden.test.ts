/**
 * A notebook NAME.md beside its expected result NAME.json is a test, run on both databases over test/support/facts.ts.
 * A result that differs, or has nothing to be compared with, is left beside it as NAME-changed.json: look at it, and
 * rename it if it is right.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { noCache } from '../../server/notebook/cell-cache.ts'
import { eachDatabase } from '../support/databases.ts'
import { loadFacts } from '../support/facts.ts'
import { runFile } from '../support/notebooks.ts'

const folder = import.meta.dirname
const names = readdirSync(folder).flatMap(file => (file.endsWith('.md') ? file.slice(0, -3) : []))
const read = (path: string) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch {
    return null
  }
}

eachDatabase('golden notebooks', open => {
  it('give what is expected of them', async () => {
    const { database } = await open()
    await loadFacts(database)
    const changed: string[] = []
    for (const name of names) {
      const result = await runFile(join(folder, `${name}.md`), database, { cache: noCache })
      const beside = join(folder, `${name}-changed.json`)
      if (JSON.stringify(result) === JSON.stringify(read(join(folder, `${name}.json`)))) {
        rmSync(beside, { force: true })
        continue
      }
      writeFileSync(beside, `${JSON.stringify(result, null, 2)}\n`)
      changed.push(name)
    }
    expect(names.length).toBeGreaterThan(4)
    expect(changed, 'compare each with its NAME-changed.json').toEqual([])
  })
})
