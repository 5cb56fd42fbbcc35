import { detectLanguage } from './detect-language.ts'
import { stem } from './stems.ts'
import { tokenize } from './tokens.ts'

/** Stems of a text's words, each once, in their order; of those alone whose norm is to be kept. */
export function stemWords(text: string, keep: (norm: string) => boolean): string[] {
  const language = detectLanguage(text)
  const words = tokenize(text).filter(({ kind, norm }) => kind === 'word' && keep(norm))
  return [...new Set(words.map(({ norm }) => stem(norm, language)))]
}
