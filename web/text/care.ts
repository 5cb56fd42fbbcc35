/** Texts of looking after the data, apart from the others: pages that don't need them load without them. */
import type { Language } from '../../server/api/contract.ts'
import { type CareText, care as en } from './en/care.ts'
import { care as ru } from './ru/care.ts'

const catalogues: Record<Language, CareText> = { en, ru }

export function careText(language: Language): CareText {
  return catalogues[language]
}
