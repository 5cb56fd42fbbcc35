/** To whom editions are sent, as people write it: addresses and `telegram:CHAT`, by lines or commas. */
import type { Language, ScheduleRecord } from '../../server/api/contract.ts'
import { ApiError } from '../api.ts'
import { editionsText } from '../text/editions.ts'

type Recipients = ScheduleRecord['recipients']

/** Throws ApiError that names what can't be one. */
export function parseRecipients(written: string, language: Language): Recipients {
  return written
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((word): Recipients[number] => {
      const chat = /^telegram:(-?\d{1,20}|@\w{4,40})$/i.exec(word)?.[1]
      if (chat !== undefined) return { channel: 'telegram', to: chat }
      if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(word)) return { channel: 'email', to: word }
      const { badRecipient, recipientsHint } = editionsText(language)
      throw new ApiError({ code: 'bad_input', message: badRecipient(word), hint: recipientsHint }, 422)
    })
}

export function writeRecipient({ channel, to }: Recipients[number]): string {
  return channel === 'telegram' ? `telegram:${to}` : to
}
