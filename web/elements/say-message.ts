import type { Message } from '../../server/api/contract.ts'
import type { AppText } from '../text/text.ts'

/** What an import has to say, in the reader's language; rows of an earlier version have English alone. */
export function sayMessage(message: Message | null, english: string, { care }: AppText): string {
  const say = message === null ? undefined : care.messages[message.code]
  return say === undefined ? english : say(message!.values)
}
