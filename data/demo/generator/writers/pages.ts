/** Pages as a site's editor exports them: one list of sections a file. */
import { writeFileSync } from 'node:fs'
import type { Demo } from '../generate.ts'

/** Writes landing pages and the FAQ. */
export function writePages(demo: Demo, landing: string, faq: string): void {
  for (const [kind, path] of [
    ['landing', landing],
    ['faq', faq],
  ]) {
    const rows = demo.pages
      .filter(page => page.kind === kind)
      .map(({ url, position, heading, text, published_at }) => ({
        url,
        type: kind,
        position,
        heading,
        text,
        published_at,
      }))
    writeFileSync(path!, `${JSON.stringify(rows, null, 1)}\n`)
  }
}
