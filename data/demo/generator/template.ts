/**
 * Templates of speech. `(a|b|)` says one of its parts, `{slot}` puts a word of the conversation in; groups nest. Spaces
 * around what came out empty are mended, so that «(а |)рассрочка есть?» needs no care.
 */
import type { Random } from '../../../server/lib/random.ts'

type Part = string | { slot: string } | { any: Template[] }
export interface Template {
  parts: Part[]
}
/** What stands for a template's slots; undefined for a name that is none. */
export type Slots = (slot: string) => string | undefined
/** Slots that are plain words. */
export type Words = Record<string, string>

const SPECIAL = /[(){}|]/

/** Parses one template. Throws on brackets that don't match. */
export function parseTemplate(source: string): Template {
  let at = 0
  const sequence = (inside: boolean): Template => {
    const parts: Part[] = []
    while (at < source.length) {
      const char = source[at]!
      if (char === '(') {
        at++
        const any = [sequence(true)]
        while (source[at] === '|') {
          at++
          any.push(sequence(true))
        }
        if (source[at] !== ')') throw new Error(`Unclosed ( in template: ${source}`)
        at++
        parts.push({ any })
      } else if (char === '{') {
        const end = source.indexOf('}', at)
        if (end === -1) throw new Error(`Unclosed { in template: ${source}`)
        parts.push({ slot: source.slice(at + 1, end) })
        at = end + 1
      } else if (char === '|' || char === ')') {
        if (!inside) throw new Error(`${char} out of place in template: ${source}`)
        break
      } else {
        let end = at + 1
        while (end < source.length && !SPECIAL.test(source[end]!)) end++
        parts.push(source.slice(at, end))
        at = end
      }
    }
    return { parts }
  }
  return sequence(false)
}

/** Parses a list of templates. */
export function parseTemplates(sources: readonly string[]): Template[] {
  return sources.map(parseTemplate)
}

/** One wording of a template. Throws when a slot is unknown: a gap in a text would pass unseen. */
export function render(template: Template, random: Random, slots: Slots): string {
  return renderInto('', template, random, slots).trimEnd()
}

function renderInto(out: string, { parts }: Template, random: Random, slots: Slots): string {
  let text = out
  for (const part of parts) {
    if (typeof part === 'string') text = append(text, part)
    else if ('any' in part) text = renderInto(text, random.pick(part.any), random, slots)
    else {
      const value = slots(part.slot)
      if (value === undefined) throw new Error(`No word for the slot {${part.slot}}`)
      text = append(text, value)
    }
  }
  return text
}

function append(text: string, next: string): string {
  const blank = text === '' || text.endsWith(' ')
  if (blank && next.startsWith(' ')) return text + next.trimStart()
  if (/^[,.?!]/.test(next)) return text.trimEnd() + next
  return text + next
}

/** In how many ways a template can be said; a slot counts as one. */
export function countWordings({ parts }: Template): number {
  return parts.reduce(
    (product, part) =>
      typeof part === 'object' && 'any' in part
        ? product * part.any.reduce((sum, option) => sum + countWordings(option), 0)
        : product,
    1,
  )
}
