/** What may follow a number and belongs to it: money, shares and measures, in their many spellings -> one. */
const rows: Record<string, string> = {
  '₽': '₽ руб р рубль рубля рублей рублям рублях rub',
  $: '$ доллар доллара долларов баксов usd dollar dollars bucks',
  '€': '€ евро eur euro euros',
  '£': '£ gbp pound pounds quid',
  '%': '% процент процента процентов процентам процентах percent',
  '°': '° градус градуса градусов degrees',
  м2: 'м2 м² квм m2 sqm',
  м: 'м',
  см: 'см cm',
  мм: 'мм mm',
  км: 'км km',
  кг: 'кг kg',
  л: 'л',
  шт: 'шт штук штуки pcs',
  гб: 'гб gb',
  мб: 'мб mb',
  ч: 'ч',
  мин: 'мин min mins',
  сек: 'сек sec secs',
  мес: 'мес',
}
/** Words that multiply a number and say nothing else. */
const multipliers = new Set(
  'тыс тысяч тысячи тысяча тысячу млн миллион миллиона миллионов thousand million'.split(' '),
)
const units = new Map(
  Object.entries(rows).flatMap(([unit, spellings]) =>
    spellings.split(' ').map(word => [word, unit] as const),
  ),
)
/** `15 000,50`, `10-15`, `12.05.2026`, `9:30`, `3/4`; a hyphenated ordinal ending (`5-й`) goes with it. */
const NUMBER =
  /\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d-])(?:[.,]\d+)?|\d+(?:[.,:/–-]\d+)*(?:-(?:й|я|е|го|му|х|ти|м|ми|ую|ый|ая|ой|ое|ые|ые|th|st|nd|rd)(?![\p{L}\d]))?/uy
const AFTER = /[ \u00a0\u202f]{0,2}(₽|[%°]|[$€£](?!\d)|кв\.? ?м(?:етров|етра)?(?!\p{L})|\p{L}+[²2]?)/uy

/** The number that begins at `from`: where it ends, its unit included, and its norm: `<n>` or `<n>₽`, `<n>%`, `<n>м2`. */
export function readNumber(text: string, from: number): { to: number; norm: string } {
  NUMBER.lastIndex = from
  let to = NUMBER.test(text) ? NUMBER.lastIndex : from + 1
  for (let words = 0; words < 2; words++) {
    AFTER.lastIndex = to
    const match = AFTER.exec(text)
    if (!match) break
    const word = match[1]!.toLowerCase()
    const unit = word.startsWith('кв') && word.length < 12 && /^кв\.? ?м/.test(word) ? 'м2' : units.get(word)
    if (unit) return { to: AFTER.lastIndex, norm: `<n>${unit}` }
    if (!multipliers.has(word)) break
    to = AFTER.lastIndex
    // «тыс. руб.»: the point ends nothing.
    if (text[to] === '.' && /^\. ?руб/.test(text.slice(to, to + 5))) to++
  }
  return { to, norm: '<n>' }
}
