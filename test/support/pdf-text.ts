/**
 * The text of each page of a PDF that Chromium wrote: its objects stand in the open, streams are deflated, and each font has
 * a ToUnicode map (ISO 32000-1, 9.10.3). No more of the format than that.
 */
import { inflateSync } from 'node:zlib'

export interface PdfPage {
  text: string
  /** Whether anything is drawn besides text: lines, fills, pictures. */
  paths: number
}

export function readPdf(pdf: Buffer): PdfPage[] {
  const objects = readObjects(pdf)
  const follow = (reference: string | undefined) => objects.get(Number(reference?.split(' ')[0]))
  const fonts = new Map<number, Unicode>()
  const unicodeOf = (font: number) => {
    const known = fonts.get(font)
    if (known) return known
    const map = readToUnicode(
      follow(/\/ToUnicode (\d+ 0 R)/.exec(objects.get(font)?.head ?? '')?.[1])?.body ?? '',
    )
    fonts.set(font, map)
    return map
  }
  return [...objects.values()]
    .filter(({ head }) => /\/Type\s*\/Page\b(?!s)/.test(head))
    .map(({ head }) => {
      const resources = /\/Resources (\d+ 0 R)/.exec(head)
      const dictionary = resources ? follow(resources[1])!.head : head
      const names = new Map(
        [...dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [name!, Number(id)]),
      )
      const content = follow(/\/Contents (\d+ 0 R)/.exec(head)?.[1])?.body ?? ''
      return readContent(content, name => unicodeOf(names.get(name) ?? -1))
    })
}

interface PdfObject {
  head: string
  body: string
}

function readObjects(pdf: Buffer): Map<number, PdfObject> {
  const text = pdf.toString('latin1')
  const objects = new Map<number, PdfObject>()
  for (const found of text.matchAll(/(?:^|\n)(\d+) 0 obj\s*([\s\S]*?)\s*(?:stream\r?\n|endobj)/g)) {
    const [whole, id, head] = found
    let body = ''
    if (whole.endsWith('stream\n') || whole.endsWith('stream\r\n')) {
      const start = found.index + whole.length
      const raw = pdf.subarray(start, text.indexOf('endstream', start))
      if (/\/FlateDecode/.test(head!) && !/\/Subtype\s*\/Image/.test(head!))
        body = inflateSync(raw).toString('latin1')
      else body = raw.toString('latin1')
    }
    objects.set(Number(id), { head: head!, body })
  }
  return objects
}

/** Texts of a font's codes, and how many hex digits a code has. */
interface Unicode {
  map: ReadonlyMap<number, string>
  digits: number
}

function readToUnicode(cmap: string): Unicode {
  const digits = (/begincodespacerange\s*<([\dA-F]+)>/i.exec(cmap)?.[1] ?? '0000').length
  const map = new Map<number, string>()
  const toText = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')
  for (const [, block] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code, text] of block!.matchAll(/<([\dA-F]+)>\s*<([\dA-F]+)>/gi))
      map.set(Number.parseInt(code!, 16), toText(text!))
  for (const [, block] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from, to, text] of block!.matchAll(/<([\dA-F]+)>\s*<([\dA-F]+)>\s*<([\dA-F]+)>/gi)) {
      const first = Number.parseInt(from!, 16)
      for (let code = first; code <= Number.parseInt(to!, 16); code++)
        map.set(code, String.fromCodePoint(toText(text!).codePointAt(0)! + code - first))
    }
  return { map, digits }
}

function readContent(content: string, unicodeOf: (font: string) => Unicode): PdfPage {
  let { map, digits } = readToUnicode('')
  let text = ''
  const show = (hex: string) => {
    for (let i = 0; i + digits <= hex.length; i += digits)
      text += map.get(Number.parseInt(hex.slice(i, i + digits), 16)) ?? '\ufffd'
  }
  for (const [, font, shown, array, end] of content.matchAll(
    /\/(F\d+) [\d.]+ Tf|<([\dA-F]+)>\s*Tj|\[([^\]]*)\]\s*TJ|\b(ET)\b/gi,
  )) {
    if (font) ({ map, digits } = unicodeOf(font))
    else if (shown) show(shown)
    else if (array) for (const [, hex] of array.matchAll(/<([\dA-F]+)>/gi)) show(hex!)
    else if (end) text += ' '
  }
  return { text, paths: (content.match(/\b(?:re|l|c|Do)\b/g) ?? []).length }
}
