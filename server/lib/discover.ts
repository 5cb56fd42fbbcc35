import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Loads every `.ts` file of a folder and returns their default exports by file name (without `.ts`), sorted.
 * `check` narrows a default export to its contract; a module that fails it stops the start: it is a programmer's fault.
 */
export async function discover<T>(
  folder: string,
  check: (candidate: unknown, name: string) => candidate is T,
): Promise<Map<string, T>> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.ts')).sort()
  const modules = await Promise.all(
    names.map(async file => {
      const name = file.slice(0, -3)
      const loaded = (await import(pathToFileURL(join(folder, file)).href)) as { default?: unknown }
      if (!check(loaded.default, name))
        throw new TypeError(`${file}: its default export does not meet the contract`)
      return [name, loaded.default] as const
    }),
  )
  return new Map(modules)
}
