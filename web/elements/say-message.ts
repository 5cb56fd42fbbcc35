import type { Language, Message } from '../../server/api/contract.ts'
import { careText } from '../text/care.ts'

/** What an import has to say, in the reader's language; rows of an earlier version have English alone. */
export function sayMessage(message: Message | null, english: string, language: Language): string {
  const say = message === null ? undefined : careText(language).messages[message.code]
  return say === undefined ? english : say(message!.values)
}
