/** Texts of editions, apart from the others: pages that don't need them load without them. */
import type { Language } from '../../server/api/contract.ts'
import { type EditionText, editions as en } from './en/editions.ts'
import { editions as ru } from './ru/editions.ts'

const catalogues: Record<Language, EditionText> = { en, ru }

export function editionsText(language: Language): EditionText {
  return catalogues[language]
}
