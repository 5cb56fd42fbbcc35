/** A free question to the conversations: the best passages by theme; with a model, an answer that cites them. */
import { z } from 'zod'
import { writeAnswer } from '../../insight/answers.ts'
import { type Evidence, isWeak } from '../../insight/evidence.ts'
import { findPassages, type PassageGroup, type Passages } from '../../insight/passages.ts'
import { toQuote } from '../../insight/quotes.ts'
import { formatCount, type Plural } from '../../lib/locale.ts'
import { wilson } from '../../lib/statistics.ts'
import { defineCell, type Language } from '../cell.ts'
import { evidenceOf, evidenceOption } from '../evidence-option.ts'
import { modelFailure, modelNote } from '../model-notes.ts'
import type { Claim, Output, Quote, Table } from '../output.ts'

const speakers = ['client', 'agent', 'note'] as const
const optionsSchema = z.strictObject({
  question: z
    .union([z.string(), z.number()])
    .transform(value => String(value).trim().slice(0, 500))
    .nullish(),
  period: z.object({ from: z.string(), to: z.string() }).nullish(),
  source: z.union([z.array(z.string()), z.string()]).nullish(),
  /** Whose words to look through. */
  speakers: z.array(z.enum(speakers)).min(1).default(['client']),
  /** Themes shown at most. */
  limit: z.number().int().min(1).max(30).default(6),
  evidence: evidenceOption,
})

const QUOTES = 4
const clientForms: Record<Language, Plural> = {
  ru: { one: 'клиента', few: 'клиентов', many: 'клиентов' },
  en: { one: 'client', many: 'clients' },
}
const passageForms: Record<Language, Plural> = {
  ru: { one: 'высказывание', few: 'высказывания', many: 'высказываний' },
  en: { one: 'passage', many: 'passages' },
}
const words = {
  ru: {
    empty: 'Задайте вопрос: например, «Что говорят о доставке?»',
    silent: 'Данные об этом не говорят.',
    answer: 'Ответ',
    passages: 'Что об этом говорят',
    others: 'Вне тем',
    columns: ['Тема', 'Клиентов', 'Высказываний', 'ID'],
    truncated: 'Слова вопроса звучат очень часто, прочитаны самые новые разговоры. Сузьте период или вопрос.',
  },
  en: {
    empty: 'Ask a question, such as “What do they say about delivery?”',
    silent: 'The data doesn’t say.',
    answer: 'Answer',
    passages: 'What is said about it',
    others: 'Outside of themes',
    columns: ['Theme', 'Clients', 'Passages', 'ID'],
    truncated:
      'The words of the question come up very often; the newest conversations were read. Narrow the period or the question.',
  },
}

/** «Об этом 38 высказываний 29 клиентов; чаще всего — тема «…»». */
function findingOf({ clients, passages, groups }: Passages, language: Language): string {
  const said = formatCount(passages, language, passageForms[language])
  const by = formatCount(clients, language, clientForms[language])
  const top = groups.find(group => group.theme !== null)?.theme
  if (language === 'ru')
    return `Об этом **${said}** от **${by}**${top ? `; ближе всего к вопросу тема **«${top.label}»**` : ''}.`
  return `**${said}** by **${by}** speak to this${top ? `; the theme nearest to the question is **“${top.label}”**` : ''}.`
}

function toClaim(
  { theme, passages, clients }: PassageGroup,
  of: number,
  language: Language,
  least: Evidence,
): Claim {
  return {
    id: theme?.id ?? 'others',
    kind: theme?.kind ?? 'answer',
    text: theme?.label ?? words[language].others,
    ...(theme && { topic: theme.topic }),
    clients,
    of,
    interval: wilson(clients, of),
    facts: [{ label: 'passages', value: passages.length, format: 'integer' }],
    quotes: chooseQuotes(passages),
    weak: isWeak({ clients, spans: passages.length }, least),
  }
}

/** The best passages of different clients in different words. */
function chooseQuotes(passages: PassageGroup['passages']): Quote[] {
  const chosen: Quote[] = []
  for (const passage of passages) {
    const quote = toQuote(passage)
    const isNew = chosen.every(
      other =>
        other.ref.client_id !== quote.ref.client_id && other.text.toLowerCase() !== quote.text.toLowerCase(),
    )
    if (isNew) chosen.push(quote)
    if (chosen.length === QUOTES) break
  }
  return chosen
}

function toTable(groups: readonly PassageGroup[], language: Language): Table {
  const labels = words[language].columns
  return {
    columns: (['theme', 'clients', 'passages', 'theme_id'] as const).map((name, i) => ({
      name,
      label: labels[i]!,
      format: name === 'clients' || name === 'passages' ? 'integer' : 'text',
    })),
    rows: groups.map(({ theme, clients, passages }) => [
      theme?.label ?? words[language].others,
      clients,
      passages.length,
      theme?.id ?? null,
    ]),
    truncated: false,
  }
}

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'ask',
  body: 'yaml',
  options: optionsSchema,
  example: 'question: What do clients say about delivery?\nperiod: :period',
  tables: ['utterances', 'mentions', 'themes', 'conversations', 'clients', 'deals'],
  usesModel: true,
  run: async (options, context) => {
    const { language, model } = context
    const least = evidenceOf(options.evidence, context)
    const own = words[language]
    const say = (markdown: string): Output => ({ type: 'text', role: 'finding', markdown })
    const question = options.question ?? ''
    if (question === '') return { outputs: [say(own.empty)], table: toTable([], language) }
    const passages = await findPassages(
      context.query,
      {
        question,
        period: options.period ?? null,
        sources: [options.source ?? []].flat(),
        speakers: options.speakers,
      },
      context.rank,
    )
    const table = toTable(passages.groups, language)
    if (passages.passages === 0) return { outputs: [say(own.silent)], table }
    const outputs: Output[] = []
    let passing = false
    if (model) {
      try {
        const [whose, ...others] = options.speakers
        const { claims, written } = await writeAnswer(model, {
          question,
          language,
          whose: others.length === 0 ? whose! : 'any',
          passages,
          least,
        })
        if (written.asked) {
          outputs.push(
            claims.length > 0 ? { type: 'insight', title: own.answer, claims, least } : say(own.silent),
            modelNote(model, written, language),
          )
        }
      } catch (error) {
        const failure = modelFailure(error, language)
        if (!failure) throw error
        outputs.push(failure)
        passing = true
      }
    }
    outputs.push(
      say(findingOf(passages, language)),
      {
        type: 'insight',
        title: own.passages,
        claims: passages.groups
          .slice(0, options.limit)
          .map(group => toClaim(group, passages.of, language, least)),
        least,
      },
      { type: 'table', title: '', table, folded: true },
    )
    if (passages.truncated) outputs.push({ type: 'text', role: 'note', markdown: own.truncated })
    return { outputs, table, ...(passing && { passing }) }
  },
})
