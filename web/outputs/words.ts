/** The texts of results in the reader's language. */
import type { Language, Quote } from '../../server/api/contract.ts'
import { en } from '../text/en/outputs.ts'
import { ru } from '../text/ru/outputs.ts'

const catalogues = { en, ru }

/** Whose words a quote is, without a name: «Клиент 14». */
export function speakerOf({ speaker, alias }: Pick<Quote, 'speaker' | 'alias'>, language: Language): string {
  const { quote: words } = wordsOf(language)
  return speaker === 'client' ? words.client(alias) : speaker === 'agent' ? words.agent : words.note
}

export function wordsOf(language: Language): typeof en {
  return catalogues[language]
}
