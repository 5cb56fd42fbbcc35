import { describe, expect, it } from 'vitest'
import {
  type FaqEdit,
  faqEditSchema,
  type LoggedFaqEdit,
  replayFaqEdits,
} from '../../server/mining/faq-edits.ts'

const log = (...edits: [FaqEdit, undone?: boolean][]): LoggedFaqEdit[] =>
  edits.map(([edit, undone = false], i) => ({
    id: i + 1,
    edit,
    author: `editor ${i + 1}`,
    madeAt: `2026-06-0${i + 1} 10:00:00`,
    undone,
  }))
const write = (answer: string): FaqEdit => ({
  action: 'write',
  theme: 'q-1',
  question: 'Входит ли монтаж?',
  answer,
})
const status = (to: 'new' | 'in_work' | 'draft' | 'published', day?: string): FaqEdit => ({
  action: 'status',
  theme: 'q-1',
  status: to,
  ...(day !== undefined && { day }),
})

describe('the log of drafts', () => {
  it('goes from new to published, with who and when', () => {
    const edits = log([status('in_work')], [write('Да.')], [status('published')])
    const steps = edits.map((_, i) => replayFaqEdits(edits.slice(0, i + 1)).get('q-1'))
    expect(steps.map(step => step?.status)).toEqual(['in_work', 'draft', 'published'])
    expect(steps[2]).toEqual({
      status: 'published',
      question: 'Входит ли монтаж?',
      answer: 'Да.',
      author: 'editor 3',
      changedAt: '2026-06-03 10:00:00',
      publishedAt: '2026-06-03',
    })
  })

  it('mending a published text leaves it on the page; taking it back takes its day', () => {
    const published = log([write('Да.')], [status('published', '2026-05-01')], [write('Да, входит.')])
    expect(replayFaqEdits(published).get('q-1')).toMatchObject({
      status: 'published',
      answer: 'Да, входит.',
      publishedAt: '2026-05-01',
    })
    const back = log([write('Да.')], [status('published')], [status('draft')])
    expect(replayFaqEdits(back).get('q-1')).toMatchObject({ status: 'draft', publishedAt: null })
  })

  it('passes over what was undone, whatever the order of the rows', () => {
    const edits = log([write('Да.')], [write('Нет.'), true], [status('in_work')])
    expect(replayFaqEdits([...edits].reverse())).toEqual(replayFaqEdits(edits))
    expect(replayFaqEdits(edits).get('q-1')).toMatchObject({ answer: 'Да.', status: 'in_work' })
    expect(replayFaqEdits(log([write('Да.'), true]))).toEqual(new Map())
  })

  it.each([
    { action: 'write', theme: 'v-1', question: 'а', answer: 'б' },
    { action: 'write', theme: 'q-1', question: ' ', answer: 'б' },
    { action: 'write', theme: 'q-1', question: 'а', answer: 'б'.repeat(5001) },
    { action: 'status', theme: 'q-1', status: 'answered' },
    { action: 'status', theme: 'q-1', status: 'published', day: '2026-02-30' },
  ])('refuses %j', edit => {
    expect(faqEditSchema.safeParse(edit).success).toBe(false)
  })
})
