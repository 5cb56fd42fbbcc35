/** Dictionaries of `data/`: plain words, `#` begins a remark, `[name]` a section. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

function readLines(file: string): string[] {
  return readFileSync(join(import.meta.dirname, 'data', file), 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#'))
}

/** Rows of words, one a line. */
export function readRows(file: string): string[][] {
  return readLines(file).map(line => line.trim().split(/\s+/))
}

/** Sections of words; words before the first section are that of ''. */
export function readSections(file: string): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>()
  let words: string[] = []
  sections.set('', words)
  for (const line of readLines(file)) {
    const name = /^\[(.+)\]$/.exec(line.trim())?.[1]
    if (name === undefined) words.push(...line.trim().split(/\s+/))
    else {
      words = []
      sections.set(name, words)
    }
  }
  return sections
}
