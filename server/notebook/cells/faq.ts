/** Gaps of the landing page and FAQ: what is asked and not answered, or answered and asked all the same. */
import { z } from 'zod'
import { readDrafts } from '../../insight/faq-drafts.ts'
import { type Gap, type GapState, type Gaps, readGaps, type SectionChange } from '../../insight/gaps.ts'
import { formatCount, formatDay, formatPercent, type Plural } from '../../lib/locale.ts'
import { defineCell, type Language } from '../cell.ts'
import { draftClaim, draftsTitle, effectLines } from '../faq-drafts-text.ts'
import type { Output, Table } from '../output.ts'

const states = ['missing', 'poor', 'unsure', 'answered'] as const satisfies GapState[]
/** Fewer say nothing of a change. */
const LEAST_ASKERS = 10
/** Themes named beside a change. */
const THEMES = 6

const optionsSchema = z.strictObject({
  states: z.array(z.enum(states)).default(['missing', 'poor', 'unsure']),
  topics: z.array(z.enum(['price', 'landing', 'product', 'terms', 'service', 'other'])).default([]),
  limit: z.number().int().min(1).max(200).default(10),
  /** Whether to draft answers of what agents of won deals said. */
  drafts: z.boolean().default(true),
})

const titles: Record<Language, Record<GapState, string>> = {
  ru: {
    missing: 'Ответа нет',
    poor: 'Ответ есть, но всё равно спрашивают',
    unsure: 'Похоже на раздел, но не уверены',
    answered: 'Ответ есть',
  },
  en: {
    missing: 'Not answered',
    poor: 'Answered, and asked all the same',
    unsure: 'Perhaps answered',
    answered: 'Answered',
  },
}
const headers: Record<Language, string[]> = {
  ru: [
    'ID',
    'Вопрос',
    'Состояние',
    'Клиентов',
    'Ближайший раздел',
    'Опубликован',
    'Спрашивали до',
    'Спрашивают после',
  ],
  en: ['ID', 'Question', 'State', 'Clients', 'Nearest section', 'Published', 'Asked before', 'Ask after'],
}
const questions: Record<Language, Plural> = {
  ru: { one: 'вопрос', few: 'вопроса', many: 'вопросов' },
  en: { one: 'question', many: 'questions' },
}

function toTable(gaps: readonly Gap[], language: Language): Table {
  const names = [
    'theme_id',
    'question',
    'state',
    'clients',
    'section',
    'published_at',
    'before',
    'after',
  ] as const
  const formats = ['text', 'text', 'text', 'integer', 'text', 'day', 'percent', 'percent'] as const
  const share = (part: { clients: number; of: number } | undefined) => (part ? part.clients / part.of : null)
  return {
    columns: names.map((name, i) => ({ name, label: headers[language][i]!, format: formats[i]! })),
    rows: gaps.map(({ claim, state, section, published, change }) => [
      claim.id,
      claim.text,
      titles[language][state],
      claim.clients,
      state === 'missing' ? null : section,
      state === 'missing' ? null : published,
      share(change?.before),
      share(change?.after),
    ]),
    truncated: false,
  }
}

/** What to do first: the missing answer that most clients want; then what an answer did not change, and what it did. */
function findingOf({ gaps, counts, sections, changes }: Gaps, language: Language): string {
  if (sections === 0)
    return language === 'ru'
      ? 'Страницы сайта не загружены, поэтому сравнивать вопросы не с чем. Загрузите лендинг и FAQ на странице «Данные».'
      : 'No pages are loaded, so there is nothing to compare questions with. Load the landing page and FAQ on the Data page.'
  const parts: string[] = []
  const top = gaps.find(gap => gap.state === 'missing')
  if (top) {
    const count = formatCount(counts.missing, language, questions[language])
    parts.push(
      language === 'ru'
        ? `На сайте нет ответа на **${count}**; чаще всего — **«${top.claim.text}»** (клиентов: ${top.claim.clients}).`
        : `The site leaves **${count}** unanswered; most often **“${top.claim.text}”** (clients: ${top.claim.clients}).`,
    )
  }
  const poor = gaps.find(gap => gap.state === 'poor')
  if (poor)
    parts.push(
      language === 'ru'
        ? `Раздел «${poor.section}» есть, но «${poor.claim.text}» продолжают спрашивать.`
        : `The section “${poor.section}” is there, yet clients still ask “${poor.claim.text}”.`,
    )
  const faded = changes.find(change => change.faded)
  if (faded) {
    const [was, is] = [faded.before, faded.after].map(({ clients, of }) =>
      formatPercent(clients / of, language),
    )
    parts.push(
      language === 'ru'
        ? `Раздел «${faded.section}» помог: об этом спрашивали ${was} обратившихся, теперь ${is}.`
        : `The section “${faded.section}” helped: ${was} of those who got in touch asked about it, now ${is} do.`,
    )
  }
  if (parts.length > 0) return parts.join(' ')
  return language === 'ru'
    ? 'Заметных пробелов нет: на частые вопросы страницы отвечают.'
    : 'No marked gaps: the pages answer what is often asked.'
}

/** «После 12 мар 2026 спрашивают реже: 8,1 % → 3,2 %»; one line for each section whose effect can be measured. */
function changesOf(changes: readonly SectionChange[], language: Language): string {
  const lines = changes.flatMap(({ before, after, faded, published, section, themes }) => {
    if (before.clients + after.clients < LEAST_ASKERS) return []
    const [was, is] = [before, after].map(
      ({ clients, of, interval }) =>
        `${formatPercent(clients / of, language)} (${formatPercent(interval[0], language)}–${formatPercent(interval[1], language)})`,
    )
    const day = formatDay(published, language)
    const named = themes.slice(0, THEMES).map(theme => (language === 'ru' ? `«${theme}»` : `“${theme}”`))
    return language === 'ru'
      ? `- Раздел «${section}» с ${day}: спрашивали ${was} обратившихся, теперь ${is} — ${faded ? '**вопрос уходит**' : 'заметной разницы нет'}. Темы: ${named.join(', ')}.`
      : `- “${section}”, there since ${day}: asked by ${was} of those who got in touch, now by ${is} — ${faded ? '**fading**' : 'no marked difference'}. Themes: ${named.join(', ')}.`
  })
  if (lines.length === 0) return ''
  return `${language === 'ru' ? 'До и после правки страницы:' : 'Before and after the page changed:'}\n\n${lines.join('\n')}`
}

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'faq',
  body: 'yaml',
  options: optionsSchema,
  example: 'states: [missing, poor]\nlimit: 10',
  tables: [
    'gaps',
    'page_changes',
    'page_change_themes',
    'themes',
    'pages',
    'mentions',
    'conversations',
    'utterances',
    'deals',
    'clients',
    'faq_drafts',
  ],
  run: async (options, { query, language }) => {
    const states = options.states.filter(state => state !== 'answered')
    const [found, drafts] = await Promise.all([
      readGaps(query, options),
      options.drafts ? readDrafts(query, { ...options, states, themes: [] }) : [],
    ])
    const table = toTable(found.gaps, language)
    const outputs: Output[] = [{ type: 'text', role: 'finding', markdown: findingOf(found, language) }]
    for (const state of options.states) {
      const claims = found.gaps.filter(gap => gap.state === state).map(gap => gap.claim)
      if (claims.length > 0) outputs.push({ type: 'insight', title: titles[language][state], claims })
    }
    const written = drafts.flatMap(draft => draftClaim(draft, language) ?? [])
    if (written.length > 0) outputs.push({ type: 'insight', title: draftsTitle(language), claims: written })
    const published = effectLines(drafts, language)
    if (published.length > 0)
      outputs.push({
        type: 'text',
        role: 'prose',
        markdown: `${language === 'ru' ? 'Опубликованные ответы, доля обратившихся с этим вопросом:' : 'Published answers, share of those in touch who asked:'}\n\n${published.join('\n')}`,
      })
    const changes = changesOf(found.changes, language)
    if (changes) outputs.push({ type: 'text', role: 'prose', markdown: changes })
    if (table.rows.length > 0) outputs.push({ type: 'table', title: '', table, folded: true })
    return { outputs, table }
  },
})
