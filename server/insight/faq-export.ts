/**
 * Drafts to hand over: Markdown for an editor, schema.org FAQPage as JSON-LD for a page. Personal data is masked whatever
 * was written. Pure. Format: https://schema.org/FAQPage and Google's structured data documentation, read 2026-06.
 */
import type { Language } from '../lib/locale.ts'
import { maskText } from '../privacy/mask.ts'
import type { FaqDraft } from './faq-drafts.ts'

export interface FaqEntry {
  theme: string
  question: string
  answer: string
  status: string
  place: FaqDraft['place']
}

/** Those that have an answer: an editor's text, or with `suggested` also what agents said. */
export function toEntries(drafts: readonly FaqDraft[], { suggested }: { suggested: boolean }): FaqEntry[] {
  return drafts.flatMap(({ theme, question, suggestion, saved, place }) => {
    const answer = saved?.answer ?? (suggested ? suggestion : '')
    return answer === ''
      ? []
      : [
          {
            theme,
            question: maskText(saved?.question ?? question).text,
            answer: maskText(answer).text,
            status: saved?.status ?? 'new',
            place,
          },
        ]
  })
}

/** What Markdown or HTML would take for its own. */
const plain = (text: string) => text.replace(/[\\`*_[\]<>#|]/g, '\\$&')

export function faqMarkdown(entries: readonly FaqEntry[], language: Language): string {
  const ru = language === 'ru'
  const where = ({ place }: FaqEntry) =>
    place === null
      ? ''
      : `_${[
          ru ? 'Место' : 'Place',
          [place.url, place.heading]
            .filter(part => part !== null)
            .map(plain)
            .join(' → '),
        ].join(': ')}_\n\n`
  const parts = entries.map(entry => `## ${plain(entry.question)}\n\n${where(entry)}${plain(entry.answer)}`)
  return `${[`# ${ru ? 'Вопросы и ответы' : 'Questions and answers'}`, ...parts].join('\n\n')}\n`
}

/** The element to paste into the page; each question once. `</` can't end the script early. */
export function faqJsonLd(entries: readonly FaqEntry[]): string {
  const seen = new Set<string>()
  const once = entries.filter(({ question }) => {
    const key = question.toLowerCase()
    return seen.has(key) ? false : seen.add(key)
  })
  const page = {
    '@context': 'https://schema.org',
    '@type': 'FAQPage',
    mainEntity: once.map(({ question, answer }) => ({
      '@type': 'Question',
      name: question,
      acceptedAnswer: { '@type': 'Answer', text: answer },
    })),
  }
  return JSON.stringify(page, null, 2).replaceAll('</', '<\\/').replaceAll('<!--', '\\u003c!--')
}
