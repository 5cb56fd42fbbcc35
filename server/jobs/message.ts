/** What a message about an edition says: which report, which edition, how much changed, and the link. No words of clients. */
import { formatDay, type Language } from '../lib/locale.ts'
import { maskText } from '../privacy/mask.ts'
import type { EditionChanges } from '../report/edition-figures.ts'
import type { Exposure } from '../report/exposure.ts'
import type { EditionRow } from '../store/editions.ts'

export interface Message {
  subject: string
  text: string
}

const words = {
  ru: {
    subject: (title: string, number: number) => `${title}: выпуск ${number}`,
    ready: (title: string, number: number) => `Готов выпуск ${number} отчёта «${title}».`,
    dataTo: (day: string) => `Данные по ${day}.`,
    changes: ({ since, appeared, faded, rose }: EditionChanges) =>
      `С выпуска ${since}: новых вопросов — ${appeared.length}, стали спрашивать реже — ${faded.length}, стали говорить чаще — ${rose.length}.`,
    open: 'Открыть отчёт:',
    until: 'Ссылка только для вас, действует 30 дней.',
    masked: 'Личные данные клиентов в отчёте скрыты.',
  },
  en: {
    subject: (title: string, number: number) => `${title}: edition ${number}`,
    ready: (title: string, number: number) => `Edition ${number} of “${title}” is ready.`,
    dataTo: (day: string) => `Data up to ${day}.`,
    changes: ({ since, appeared, faded, rose }: EditionChanges) =>
      `Since edition ${since}: new questions: ${appeared.length}, fading: ${faded.length}, said more often: ${rose.length}.`,
    open: 'Open the report:',
    until: 'The link is for you alone and works for 30 days.',
    masked: 'Clients’ personal data are hidden in the report.',
  },
} as const

export function toMessage(edition: EditionRow, address: string): Message {
  const own = words[edition.language as Language]
  const title = maskText(edition.title, { language: edition.language as Language }).text.replace(/\s+/g, ' ')
  const changes = JSON.parse(edition.changes) as EditionChanges | null
  const facts = [
    own.ready(title, edition.number),
    ...(edition.data_to ? [own.dataTo(formatDay(edition.data_to, edition.language as Language))] : []),
    ...(changes ? [own.changes(changes)] : []),
  ]
  const { raw } = JSON.parse(edition.exposed) as Exposure
  // What its author left in the open on purpose must not be called hidden.
  const masked = Object.keys(raw).length === 0 ? ` ${own.masked}` : ''
  return {
    subject: own.subject(title, edition.number),
    text: `${facts.join('\n')}\n\n${own.open}\n${address}\n\n${own.until}${masked}\n`,
  }
}
