/** The texts of results in the reader's language. */
import type { Language } from '../../server/api/contract.ts'
import { en } from '../text/en/outputs.ts'
import { ru } from '../text/ru/outputs.ts'

const catalogues = { en, ru }

export function wordsOf(language: Language): typeof en {
  return catalogues[language]
}
