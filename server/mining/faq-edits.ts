/**
 * Drafts of answers for the site as people write them: an append-only log whose replay gives each question theme its text
 * and how far it is. new -> in_work -> draft -> published, and back. Writing a text makes a draft of what was not begun.
 * An undone edit stays in the log and is passed over. Pure.
 */
import { z } from 'zod'

export const faqStatuses = ['new', 'in_work', 'draft', 'published'] as const
export type FaqStatus = (typeof faqStatuses)[number]

const theme = z.string().regex(/^q-\d+$/)
const day = z.iso.date()

export const faqEditSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('write'),
    theme,
    question: z.string().trim().min(1).max(300),
    answer: z.string().trim().min(1).max(5_000),
  }),
  z.strictObject({
    action: z.literal('status'),
    theme,
    status: z.enum(faqStatuses),
    /** Of publishing: the first day of it; the day of the edit when it is left out. */
    day: day.optional(),
  }),
])
export type FaqEdit = z.infer<typeof faqEditSchema>

export interface LoggedFaqEdit {
  id: number
  edit: FaqEdit
  author: string | null
  /** `YYYY-MM-DD HH:MM:SS` */
  madeAt: string
  undone: boolean
}

export interface FaqState {
  status: FaqStatus
  question: string | null
  answer: string | null
  author: string | null
  changedAt: string
  publishedAt: string | null
}

/** Themes that the log speaks of, as it leaves them. */
export function replayFaqEdits(log: readonly LoggedFaqEdit[]): Map<string, FaqState> {
  const states = new Map<string, FaqState>()
  for (const entry of [...log].sort((a, b) => a.id - b.id)) {
    if (entry.undone) continue
    const { edit, author, madeAt } = entry
    const before = states.get(edit.theme) ?? BLANK
    states.set(edit.theme, { ...before, ...changeOf(edit, before, madeAt), author, changedAt: madeAt })
  }
  return states
}

const BLANK: FaqState = {
  status: 'new',
  question: null,
  answer: null,
  author: null,
  changedAt: '',
  publishedAt: null,
}

function changeOf(edit: FaqEdit, before: FaqState, madeAt: string): Partial<FaqState> {
  if (edit.action === 'write') {
    const { question, answer } = edit
    // Mending a published text does not take it off the page.
    return { question, answer, status: before.status === 'published' ? 'published' : 'draft' }
  }
  const published = edit.status === 'published'
  return { status: edit.status, publishedAt: published ? (edit.day ?? madeAt.slice(0, 10)) : null }
}
