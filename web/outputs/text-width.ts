/**
 * Width of text in Golos Text without a canvas, so that server and browser lay out one chart alike.
 *
 * Advance widths in 1/1000 em, rounded to 10, of the regular weight: from the hmtx table of
 * @fontsource-variable/golos-text 5.3 (a test reads the font and compares). Kerning is left out.
 */
const ADVANCES: readonly [number, string][] = [
  // Not in the font: shaped as half a space.
  [125, '\u202f'],
  [154, '\u2009'],
  [220, "'"],
  [250, ' \u00a0'],
  [260, '`'],
  [270, 'ij'],
  [300, '!,.:;’·'],
  [310, 'I'],
  [320, 'l'],
  [340, '|'],
  [370, 'f'],
  [380, '()-[]{}'],
  [390, '"r°'],
  [400, 't'],
  [450, '*'],
  [460, 'г'],
  [480, '/\\'],
  [490, '1т“”„'],
  [500, '_'],
  [510, '?z'],
  [530, '7sзь–'],
  [550, '+<=>^cx~схэ«»−×±'],
  [560, 'JvyГуч'],
  [570, 'Lakавя'],
  [580, '25eекё'],
  [590, '3л'],
  [600, 'FZoбоп'],
  [610, '4689EuЕдийнъЁ'],
  [620, '0TbdghnpqТрц'],
  [630, '£'],
  [640, '$SYЗ₽'],
  [660, 'PXРХЬ'],
  [670, '&ABVАБВУЧ€'],
  [680, '#CRСЭ'],
  [690, 'KЯ'],
  [700, 'DК'],
  [710, 'G'],
  [720, 'Лм'],
  [730, 'UДы—'],
  [740, 'OQОЪф'],
  [750, 'П↑↓'],
  [760, 'HNИЙН'],
  [770, 'Ц'],
  [780, 'ю'],
  [800, 'ж'],
  [810, 'wш'],
  [840, '%щ'],
  [860, 'MМФ'],
  [890, 'mЫ'],
  [940, '…'],
  [950, 'Ю'],
  [960, 'WЖ'],
  [970, 'Ш'],
  [1000, 'Щ'],
  [1020, '@'],
  [1100, '№'],
]
/** Characters of no entry: wide enough for most, a full em for ideographs and emoji. */
const OTHER = 620
const WIDE = 1000
/** Semibold is this much wider: measured over the Russian and English alphabets. */
const BOLD = 1.06

const advances = new Map(ADVANCES.flatMap(([width, chars]) => [...chars].map(char => [char, width] as const)))

/** Advance of one character in 1/1000 em. */
export function advanceOf(char: string): number {
  return advances.get(char) ?? (char.codePointAt(0)! >= 0x2e80 ? WIDE : OTHER)
}

/** Pixels that a line of text takes at a size. */
export function textWidth(text: string, size: number, bold = false): number {
  let sum = 0
  for (const char of text) sum += advanceOf(char)
  return (sum * size * (bold ? BOLD : 1)) / 1000
}

/** The text in at most `lines` lines no wider than `width`, broken at spaces and hyphens; a rest ends in «…». */
export function wrapText(text: string, size: number, width: number, lines: number): string[] {
  // Pieces keep what follows them: a space goes at the line's end, a hyphen stays.
  const pieces = text.trim().match(/[^ \n]+?-(?=[^ \n])|[^ \n]+[ \n]*/g) ?? []
  const wrapped: string[] = []
  let at = 0
  while (at < pieces.length && wrapped.length < lines) {
    let end = at + 1
    const line = () => pieces.slice(at, end).join('').trimEnd()
    while (
      end < pieces.length &&
      textWidth(
        pieces
          .slice(at, end + 1)
          .join('')
          .trimEnd(),
        size,
      ) <= width
    )
      end++
    const rest = wrapped.length === lines - 1 && end < pieces.length
    if (rest) wrapped.push(cutText(pieces.slice(at).join(''), size, width))
    else wrapped.push(textWidth(line(), size) > width ? cutText(line(), size, width) : line())
    at = end
  }
  return wrapped.length > 0 ? wrapped : ['']
}

/** As much of the text as fits with an ellipsis. */
function cutText(text: string, size: number, width: number): string {
  const chars = [...text]
  let length = chars.length
  while (length > 1 && textWidth(`${chars.slice(0, length).join('')}…`, size) > width) length--
  return `${chars.slice(0, length).join('').trimEnd()}…`
}
