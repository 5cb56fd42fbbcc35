/** Drafts of answers as claims, and what published ones changed. */
import type { FaqDraft } from '../insight/faq-drafts.ts'
import { formatDay, formatPercent, type Language } from '../lib/locale.ts'
import type { Claim } from './output.ts'

const words = {
  ru: {
    title: 'Черновики ответов',
    statuses: { new: 'новый', in_work: 'в работе', draft: 'черновик', published: 'опубликован' },
    near: (place: string) => `раздел «${place}»`,
    after: 'новый вопрос в FAQ',
    differs: 'менеджеры называют разные числа',
  },
  en: {
    title: 'Draft answers',
    statuses: { new: 'new', in_work: 'in work', draft: 'draft', published: 'published' },
    near: (place: string) => `section “${place}”`,
    after: 'a new question in the FAQ',
    differs: 'agents name different numbers',
  },
} as const

export const draftsTitle = (language: Language): string => words[language].title

/** The draft of one gap: its text is an editor's or the agents' own; null where there is neither. */
export function draftClaim(draft: FaqDraft, language: Language): Claim | null {
  const { saved, answer, suggestion, question, place } = draft
  const text = saved?.answer ?? suggestion
  if (text === '') return null
  const own = words[language]
  const told = answer?.variants[0]?.clients ?? 0
  const where = place === null ? null : place.near ? own.near(place.heading ?? place.url ?? '') : own.after
  const asked = saved?.question ?? question
  return {
    id: draft.theme,
    kind: 'draft',
    text: `${asked} ${text}`,
    topic: draft.topic,
    clients: draft.clients,
    of: 0,
    facts: [
      { label: 'told', value: told, format: 'integer' },
      ...(where === null ? [] : [{ label: 'place', value: where, format: 'text' as const }]),
      { label: 'status', value: own.statuses[saved?.status ?? 'new'], format: 'text' },
      ...(answer?.differs ? [{ label: 'doubt', value: own.differs, format: 'text' as const }] : []),
    ],
    quotes: (answer?.variants ?? []).flatMap(({ quotes }) => quotes.slice(0, 1)),
    weak: false,
  }
}

/** «Опубликовано 1 июн 2026: спрашивали 8,1 % (…), теперь 3,2 % (…) — вопрос уходит», a line each. */
export function effectLines(drafts: readonly FaqDraft[], language: Language): string[] {
  const percent = ({ clients, of, interval }: NonNullable<FaqDraft['effect']>['before']) =>
    `${formatPercent(clients / of, language)} (${formatPercent(interval[0], language)}–${formatPercent(interval[1], language)})`
  return drafts.flatMap(({ saved, question, effect }) => {
    if (saved?.status !== 'published' || saved.publishedAt === null) return []
    const asked = saved.question ?? question
    const day = formatDay(saved.publishedAt, language)
    if (!effect)
      return [
        language === 'ru'
          ? `- «${asked}» опубликован ${day}: сравнивать пока рано.`
          : `- “${asked}” published ${day}: too early to compare.`,
      ]
    return [
      language === 'ru'
        ? `- «${asked}» опубликован ${day}: за ${effect.days} дн. до этого спрашивали ${percent(effect.before)}, за столько же после — ${percent(effect.after)}; ${effect.faded ? '**вопрос уходит**' : 'заметной разницы нет'}.`
        : `- “${asked}” published ${day}: asked by ${percent(effect.before)} in the ${effect.days} days before, by ${percent(effect.after)} in as many after; ${effect.faded ? '**fading**' : 'no marked difference'}.`,
    ]
  })
}
