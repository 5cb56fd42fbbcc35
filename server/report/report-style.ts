/** The style sheet of a single-file report: tokens, outputs and page, minified, with the faces inside it if wanted. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const web = new URL('../../web/', import.meta.url)

export interface FaceUse {
  /** All text of the page. */
  text: string
  /** What is set in the quotes' face. */
  speech: string
  /** What is set in the code face. */
  code: string
}

/** CSS without comments and needless spaces. */
export function minifyCss(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/;}/g, '}')
    .replace(/: (?=[^{}]*[;}])/g, ':')
    .trim()
}

/** Where the server gives font files to pages that link them. */
export const FACES_PATH = '/r/faces/'

/**
 * The report's CSS; with `faces`, also those font files of web/fonts.css whose characters the page holds: inside it, or
 * `linked` under FACES_PATH.
 */
export async function reportStyle(faces: FaceUse | null, linked = false): Promise<string> {
  const sheets = ['tokens.css', 'outputs/outputs.css', 'outputs/report.css']
  const [css, fonts] = await Promise.all([
    Promise.all(sheets.map(sheet => readFile(new URL(sheet, web), 'utf8'))),
    faces ? takeFaces(faces, linked) : '',
  ])
  return fonts + minifyCss(css.join('\n'))
}

/** Font files of web/fonts.css by their names. */
export async function faceFiles(): Promise<Map<string, string>> {
  const css = await readFile(new URL('fonts.css', web), 'utf8')
  return new Map(
    [...css.matchAll(/url\(["']([^"']+)["']\)/g)].map(([, path]) => [
      path!.split('/').at(-1)!,
      fileURLToPath(import.meta.resolve(path!)),
    ]),
  )
}

async function takeFaces(use: FaceUse, linked: boolean): Promise<string> {
  const css = await readFile(new URL('fonts.css', web), 'utf8')
  const texts: Record<string, string> = {
    'Golos Text': use.text,
    Literata: use.speech,
    'JetBrains Mono': use.code,
  }
  const rules = [...css.matchAll(/@font-face \{[^}]*\}/g)].map(match => match[0])
  const taken = await Promise.all(
    rules.map(async rule => {
      const family = /font-family: ["']?([^"';]+)/.exec(rule)![1]!
      if (!holdsAny(texts[family] ?? '', /unicode-range:([^;]*)/.exec(rule)![1]!)) return ''
      const path = /url\(["']([^"']+)["']\)/.exec(rule)![1]!
      if (linked)
        return minifyCss(rule).replace(/url\([^)]*\)/, `url(${FACES_PATH}${path.split('/').at(-1)})`)
      const font = await readFile(fileURLToPath(import.meta.resolve(path)), 'base64')
      return minifyCss(rule).replace(/url\([^)]*\)/, `url(data:font/woff2;base64,${font})`)
    }),
  )
  return taken.join('')
}

/** Whether a text has a character in a CSS unicode-range. */
function holdsAny(text: string, range: string): boolean {
  const spans = [...range.matchAll(/U\+([\dA-F]+)(?:-([\dA-F]+))?/gi)].map(([, from, to]) => {
    const low = Number.parseInt(from!, 16)
    return [low, to === undefined ? low : Number.parseInt(to, 16)] as const
  })
  for (const char of text) {
    const code = char.codePointAt(0)!
    if (spans.some(([low, high]) => code >= low && code <= high)) return true
  }
  return false
}
