/**
 * Colours by the names of tokens.css: a spec says `color: question`, and each place turns the name into what it can
 * draw with: `var(--question)` in an SVG that serves both themes, a computed value on a canvas.
 */
import { asNode, type Node } from './chart-spec.ts'

/** Names that a spec may use wherever a colour stands. */
export const COLOUR_NAMES: ReadonlySet<string> = new Set([
  'ink',
  'muted',
  'line',
  'edge',
  'paper',
  'surface',
  'accent',
  'question',
  'value',
  'objection',
  'danger',
  'good',
  ...Array.from({ length: 8 }, (_, i) => `series-${i + 1}`),
])

/** A token's name -> a colour for this place. */
export type Colours = (token: string) => string

/** Properties of marks and channels whose text is a colour. */
const PAINTS = new Set(['color', 'fill', 'stroke', 'background'])

/** Turns names of tokens into colours, in place: in marks, `value`s and ranges of colour channels. */
export function paint(node: Node, colours: Colours, inside = false): void {
  for (const [key, child] of Object.entries(node)) {
    if (key === 'data') continue
    const colour = PAINTS.has(key)
    if (typeof child === 'string') {
      if ((colour || (inside && key === 'value')) && COLOUR_NAMES.has(child)) node[key] = colours(child)
    } else if (Array.isArray(child)) {
      for (const [i, item] of child.entries()) {
        if (inside && key === 'range' && typeof item === 'string') {
          if (COLOUR_NAMES.has(item)) child[i] = colours(item)
        } else if (asNode(item)) paint(item as Node, colours, inside || colour)
      }
    } else if (asNode(child)) paint(child as Node, colours, inside || colour)
  }
}
