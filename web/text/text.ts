/** The interface's texts in the reader's language. English defines the keys; a test compares the two. */
import type { Language } from '../../server/api/contract.ts'
import { en } from './en/app.ts'
import { ru } from './ru/app.ts'

/** What a catalogue must have: the keys of English; a text, or a function of what it mentions. */
export type AppText = Translated<typeof en>
type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Translated<T[K]>
}

const catalogues: Record<Language, AppText> = { en, ru }

export function appText(language: Language): AppText {
  return catalogues[language]
}
