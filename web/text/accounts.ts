/** Texts of logging in and of accounts, which most visits never need: loaded with their pages. */
import type { Language } from '../../server/api/contract.ts'
import { type AccountText, accounts as en } from './en/accounts.ts'
import { accounts as ru } from './ru/accounts.ts'

const catalogues: Record<Language, AccountText> = { en, ru }

export function accountText(language: Language): AccountText {
  return catalogues[language]
}
