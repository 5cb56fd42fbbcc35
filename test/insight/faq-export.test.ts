import { describe, expect, it } from 'vitest'
import type { FaqDraft } from '../../server/insight/faq-drafts.ts'
import { faqJsonLd, faqMarkdown, toEntries } from '../../server/insight/faq-export.ts'

const draft = (more: Partial<FaqDraft> = {}): FaqDraft => ({
  theme: 'q-1',
  label: 'монтаж',
  topic: 'price',
  state: 'missing',
  clients: 12,
  question: 'Входит ли монтаж?',
  answer: null,
  suggestion: 'Да, входит.',
  place: { heading: 'Цены', url: 'https://okna.example/faq', kind: 'faq', near: true },
  saved: null,
  effect: null,
  ...more,
})
const saved = (question: string, answer: string): FaqDraft['saved'] => ({
  status: 'draft',
  question,
  answer,
  author: null,
  changedAt: '2026-06-01 10:00:00',
  publishedAt: null,
})

describe('drafts to hand over', () => {
  it('are those of editors; what agents said comes only when asked for', () => {
    expect(toEntries([draft()], { suggested: false })).toEqual([])
    expect(toEntries([draft()], { suggested: true })).toMatchObject([{ answer: 'Да, входит.' }])
  })

  it('hold no personal data, whatever was written', () => {
    const [entry] = toEntries(
      [
        draft({
          saved: saved('Кому звонить?', 'Звоните Ивану Петрову, +7 912 345-67-89, ivan@example.com.'),
        }),
      ],
      { suggested: false },
    )
    expect(entry!.answer).not.toMatch(/345|Петров|ivan@/)
  })

  it('as JSON-LD are a FAQPage that can’t end its script early, each question once', () => {
    const entries = toEntries(
      [
        draft({ saved: saved('А <b>если</b>?', 'Нет </script><script>alert(1)</script> <!-- так') }),
        draft({ theme: 'q-2', saved: saved('а <b>если</b>?', 'Другое') }),
      ],
      { suggested: false },
    )
    const text = faqJsonLd(entries)
    expect(text).not.toMatch(/<\/|<!--/)
    expect(JSON.parse(text)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'FAQPage',
      mainEntity: [
        {
          '@type': 'Question',
          name: 'А <b>если</b>?',
          acceptedAnswer: { '@type': 'Answer', text: 'Нет </script><script>alert(1)</script> <!-- так' },
        },
      ],
    })
  })

  it('as Markdown keep their signs for text, with the place', () => {
    const entries = toEntries([draft({ saved: saved('Сколько стоит *всё*?', '# 100 <b>₽</b>') })], {
      suggested: false,
    })
    expect(faqMarkdown(entries, 'ru')).toBe(
      [
        '# Вопросы и ответы',
        '## Сколько стоит \\*всё\\*?',
        '_Место: https://okna.example/faq → Цены_',
        '\\# 100 \\<b\\>₽\\</b\\>\n',
      ].join('\n\n'),
    )
  })
})
