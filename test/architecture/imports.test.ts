import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

interface ImportLine {
  from: string
  to: string
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.[mc]?ts$/.test(entry.name))
    .map(entry => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

/** Specifiers of static imports, re-exports and dynamic imports with a literal. */
function specifiers(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g)].map(match => match[1]!)
}

const files = [...sourceFiles('server'), ...sourceFiles('web')]
const imports: ImportLine[] = files.flatMap(from =>
  specifiers(readFileSync(join(root, from), 'utf8')).map(specifier => ({
    from,
    to: specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(from), specifier))
          .split(sep)
          .join('/')
      : specifier,
  })),
)
const area = (path: string) => /^server\/([^/]+)\//.exec(path)?.[1]
const broken = (rule: (line: ImportLine) => boolean) =>
  imports.filter(rule).map(line => `${line.from} -> ${line.to}`)

/** What each server folder may import besides itself and `errors`; the data flows one way. */
const allowed: Record<string, readonly string[]> = {
  lib: [],
  language: ['lib'],
  store: ['lib'],
  accounts: ['lib', 'store'],
  privacy: ['lib', 'language', 'store', 'notebook'],
  sources: ['lib', 'language', 'store'],
  mining: ['lib', 'language', 'store', 'llm', 'privacy'],
  metrics: ['lib', 'store'],
  llm: ['lib', 'language', 'privacy'],
  insight: ['lib', 'language', 'store', 'metrics', 'llm', 'notebook', 'privacy'],
  notebook: ['lib', 'language', 'store', 'metrics', 'insight', 'llm'],
  report: ['lib', 'store', 'metrics', 'notebook', 'privacy', 'api', 'web'],
  jobs: ['lib', 'store', 'notebook', 'report', 'mining', 'insight', 'sources', 'llm', 'privacy'],
}

describe('import rules', () => {
  it('reads the import lines', () => {
    expect(imports.length).toBeGreaterThan(20)
  })

  for (const [folder, reach] of Object.entries(allowed)) {
    it(`server/${folder} imports only ${['errors', ...reach].join(', ')}`, () => {
      expect(
        broken(({ from, to }) => {
          if (area(from) !== folder || !/^(server|web)\//.test(to)) return false
          if (to === 'server/errors.ts' || area(to) === folder) return false
          return !reach.includes(to.startsWith('web/') ? 'web' : (area(to) ?? ''))
        }),
      ).toEqual([])
    })
  }

  it('stages import nothing of the web, except the report that shares its templates', () => {
    expect(
      broken(
        ({ from, to }) => to.startsWith('web/') && from.startsWith('server/') && area(from) !== 'report',
      ),
    ).toEqual([])
  })

  it('the web imports only the contract of the server', () => {
    expect(
      broken(
        ({ from, to }) =>
          from.startsWith('web/') && to.startsWith('server/') && to !== 'server/api/contract.ts',
      ),
    ).toEqual([])
  })

  it('one file per kind, format, connector, step: no sibling imports', () => {
    const folders = [
      'server/sources/formats',
      'server/sources/connectors',
      'server/mining/steps',
      'server/notebook/cells',
    ]
    expect(
      broken(({ from, to }) => folders.some(folder => dirname(from) === folder && dirname(to) === folder)),
    ).toEqual([])
  })

  it('kernels import only lib', () => {
    expect(
      broken(
        ({ from, to }) =>
          from.startsWith('server/mining/kernels/') &&
          !to.startsWith('server/lib/') &&
          dirname(to) !== 'server/mining/kernels',
      ),
    ).toEqual([])
  })

  it('cells import the store for its types and its sql tag only', () => {
    expect(
      broken(
        ({ from, to }) =>
          from.startsWith('server/notebook/cells/') &&
          area(to) === 'store' &&
          !['server/store/sql.ts', 'server/store/database.ts', 'server/store/schema.ts'].includes(to),
      ),
    ).toEqual([])
  })

  it('a driver is imported by its own file alone', () => {
    const owners: Record<string, string> = {
      sqlite3: 'server/store/sqlite.ts',
      pg: 'server/store/postgres.ts',
    }
    expect(broken(({ from, to }) => owners[to] !== undefined && owners[to] !== from)).toEqual([])
  })

  it('natural is imported by file and by language alone', () => {
    expect(
      broken(({ from, to }) => /^natural(\/|$)/.test(to) && (to === 'natural' || area(from) !== 'language')),
    ).toEqual([])
  })

  it('only main.ts reads the environment or ends the process', () => {
    const guilty = files.filter(
      file =>
        file !== 'server/main.ts' && /process\.(env|exit\()/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(guilty).toEqual([])
  })

  it('no cycles', () => {
    const edges = new Map<string, string[]>()
    for (const { from, to } of imports) edges.set(from, [...(edges.get(from) ?? []), to])
    const cycles: string[] = []
    const done = new Set<string>()
    const walk = (file: string, path: string[]): void => {
      if (path.includes(file)) {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
        return
      }
      if (done.has(file)) return
      for (const next of edges.get(file) ?? []) walk(next, [...path, file])
      done.add(file)
    }
    for (const file of files) walk(file, [])
    expect(cycles).toEqual([])
  })
})
