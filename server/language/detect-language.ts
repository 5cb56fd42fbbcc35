export type TextLanguage = 'ru' | 'en'

/** Which of the two languages a text is in: by its letters; `fallback` when it has none of either. */
export function detectLanguage(text: string, fallback: TextLanguage = 'ru'): TextLanguage {
  let cyrillic = 0
  let latin = 0
  const length = Math.min(text.length, 400)
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x400 && code <= 0x4ff) cyrillic++
    else if ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) latin++
  }
  if (cyrillic + latin === 0) return fallback
  // Russian speech holds Latin names of goods; English speech holds no Cyrillic.
  return cyrillic * 3 >= latin ? 'ru' : 'en'
}
