import type { Conversation } from '../../server/api/contract.ts'
import type { AppText } from '../text/text.ts'

/** «Звонок, входящий · Клиент 14»; just «Разговор» until it is known. */
export function conversationTitle(found: Conversation | null, { conversation: text }: AppText): string {
  if (found === null) return text.title
  const { kinds, directions } = text
  const kind = kinds[found.kind as keyof typeof kinds] ?? found.kind
  const direction =
    found.kind === 'call' && found.direction
      ? directions[found.direction as keyof typeof directions]
      : undefined
  return `${[kind, direction].filter(Boolean).join(', ')} · ${text.client(found.alias)}`
}
