/** The interface's texts in the reader's language. English defines the keys; a test compares the two. */
import type { Language } from '../../server/api/contract.ts'
import { type AppText, en } from './en/app.ts'
import { ru } from './ru/app.ts'

export type { AppText } from './en/app.ts'

const catalogues: Record<Language, AppText> = { en, ru }

export function appText(language: Language): AppText {
  return catalogues[language]
}
