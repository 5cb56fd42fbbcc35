import { isMap, isScalar, parseDocument, stringify } from 'yaml'
import { InputError } from '../errors.ts'

/**
 * A notebook's text under another title; all else, comments and spaces among it, stays as it was written. `language` is
 * for a text without front matter, which gets one. Throws InputError when the front matter can't be read.
 */
export function retitle(text: string, title: string, language?: 'ru' | 'en'): string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const end =
    lines[0]?.trimEnd() === '---' ? lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---') : -1
  if (end === -1)
    return `---\n${stringify({ title, ...(language && { language }) }, { lineWidth: 0, blockQuote: false })}---\n\n${lines.join('\n')}`
  const front = `${lines.slice(1, end).join('\n')}\n`
  const document = parseDocument(front)
  if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents)))
    throw new InputError('The front matter of this notebook can’t be read', {
      hint: 'Mend it in the file, then rename the notebook.',
    })
  const rest = lines.slice(end).join('\n')
  const scalar = stringify(title, { lineWidth: 0, blockQuote: false })
  const before = document.get('title', true)
  if (!isScalar(before) || !before.range) return `---\ntitle: ${scalar}${front.trimStart()}${rest}`
  const [from, to] = before.range
  // A folded text ends with its line, a plain one before it.
  const written = front.slice(from, to).endsWith('\n') ? scalar : scalar.trimEnd()
  return `---\n${front.slice(0, from)}${written}${front.slice(to)}${rest}`
}
