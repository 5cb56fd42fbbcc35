import { InputError, NotFoundError, UsageError } from '../../errors.ts'
import { type FaqDraft, readDrafts } from '../../insight/faq-drafts.ts'
import { faqJsonLd, faqMarkdown, toEntries } from '../../insight/faq-export.ts'
import type { GapState } from '../../insight/gaps.ts'
import type { Query } from '../../insight/query.ts'
import type { Language } from '../../lib/locale.ts'
import { makeFaqEdit, readFaqLog, undoFaqEdit } from '../../mining/faq-catalogue.ts'
import { type FaqEdit, faqEditSchema, faqStatuses } from '../../mining/faq-edits.ts'
import { atZone } from '../../sources/values.ts'
import type { Command, CommandContext } from '../command.ts'

const STATES: readonly GapState[] = ['missing', 'poor', 'unsure', 'answered']
const MOST = 1_000

type Action = (context: CommandContext, args: readonly string[]) => Promise<void>

async function drafts(
  context: CommandContext,
  themes: readonly string[],
  states: readonly GapState[],
  limit = MOST,
) {
  const { reader } = await context.database()
  const query: Query = (statement, options) => reader.read(statement, options)
  return readDrafts(query, { themes, states, topics: [], limit })
}

const print = <T>({ io, options }: CommandContext, value: T, line: (value: T) => string) =>
  io.out(options.json ? JSON.stringify(value) : line(value))

const by = ({ config }: CommandContext) => ({ author: null, now: atZone(Date.now(), config.timeZone) })

async function edit(context: CommandContext, wanted: unknown): Promise<void> {
  const parsed = faqEditSchema.safeParse(wanted)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new UsageError(`${issue!.path.join('.')}: ${issue!.message}`, { hint: `Usage: ${command.usage}` })
  }
  const id = await makeFaqEdit(await context.database(), parsed.data satisfies FaqEdit, by(context))
  print(context, { edit: id }, () => `Edit ${id} done; faq undo ${id} takes it back`)
}

/** The draft for people: question, what agents said, where it belongs, what is written. */
function describe({
  theme,
  state,
  clients,
  question,
  answer,
  place,
  saved,
  suggestion,
  effect,
}: FaqDraft): string {
  const percent = ({ clients: asked, of }: { clients: number; of: number }) =>
    `${((100 * asked) / of).toFixed(1)} %`
  return [
    `${theme}  ${question}`,
    `  ${state}, clients ${clients}, ${saved?.status ?? 'new'}`,
    ...(place
      ? [
          `  ${place.near ? 'section' : 'at the end of'}: ${[place.url, place.heading].filter(Boolean).join(' ')}`,
        ]
      : []),
    ...(answer?.variants ?? []).map(variant => `  agents (${variant.clients}): ${variant.text}`),
    ...(answer?.differs ? ['  agents name different numbers'] : []),
    ...(saved?.answer
      ? [`  text: ${saved.question} — ${saved.answer}`]
      : suggestion
        ? [`  draft: ${suggestion}`]
        : []),
    ...(effect
      ? [
          `  asked ${percent(effect.before)} before, ${percent(effect.after)} after${effect.faded ? ', fading' : ''}`,
        ]
      : []),
  ].join('\n')
}

const actions: Record<string, Action> = {
  list: async (context, states) => {
    const wrong = states.find(state => !STATES.includes(state as GapState))
    if (wrong !== undefined) throw new UsageError(`${wrong}: ${STATES.join(', ')}`)
    const wanted = (states.length > 0 ? states : ['missing', 'poor']) as GapState[]
    const limit = Number(context.options.limit ?? 30)
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new UsageError(`--limit: 1 to ${MOST}`)
    for (const draft of await drafts(context, [], wanted, limit)) print(context, draft, describe)
  },
  show: async (context, [theme = '']) => {
    const [draft] = await drafts(context, [theme], [], 1)
    if (!draft) throw new NotFoundError(`There is no gap of theme ${theme}`, { hint: 'See faq list.' })
    print(context, draft, describe)
  },
  write: (context, [theme, question, ...answer]) =>
    edit(context, { action: 'write', theme, question, answer: answer.join(' ') }),
  accept: async (context, [theme = '']) => {
    const [draft] = await drafts(context, [theme], [], 1)
    if (!draft) throw new NotFoundError(`There is no gap of theme ${theme}`, { hint: 'See faq list.' })
    if (draft.suggestion === '')
      throw new InputError('Agents of won deals agree on no answer', {
        hint: `Write one: faq write ${theme} QUESTION ANSWER`,
      })
    await edit(context, { action: 'write', theme, question: draft.question, answer: draft.suggestion })
  },
  status: (context, [theme, status]) => {
    const { day } = context.options
    return edit(context, { action: 'status', theme, status, ...(day !== undefined && { day }) })
  },
  undo: async (context, [id]) => {
    await undoFaqEdit(await context.database(), Number(id), by(context))
    print(context, { undone: Number(id) }, () => `Edit ${id} undone`)
  },
  log: async context => {
    for (const entry of await readFaqLog(await context.database()))
      print(
        context,
        entry,
        ({ id, edit: { action, ...rest }, madeAt, undone }) =>
          `${id}${undone ? ' (undone)' : ''}  ${madeAt}  ${action} ${JSON.stringify(rest)}`,
      )
  },
  export: async (context, [form = 'md']) => {
    if (form !== 'md' && form !== 'jsonld') throw new UsageError('export md or export jsonld')
    const entries = toEntries(await drafts(context, [], []), { suggested: false }).filter(
      ({ status }) => !context.options.published || status === 'published',
    )
    context.io.out(
      form === 'md'
        ? faqMarkdown(entries, context.config.language as Language).trimEnd()
        : faqJsonLd(entries),
    )
  },
}

const command: Command = {
  summary: 'Answers for the site: what agents said, editors’ drafts, and files to hand over',
  usage: `faq ${Object.keys(actions).join('|')} …`,
  options: {
    limit: { value: 'N', help: 'list: at most so many (default 30)' },
    day: { value: 'DAY', help: 'status published: the first day of it, YYYY-MM-DD (default today)' },
    published: { help: 'export: only what is published' },
    json: { help: 'one JSON object a line' },
  },
  examples: [
    'faq list missing poor',
    'faq show q-15',
    'faq accept q-15                 (takes what agents said as the draft)',
    'faq write q-15 "Есть ли рассрочка?" "Да, до 10 месяцев."',
    `faq status q-15 published --day 2026-04-15   (${faqStatuses.join(', ')})`,
    'faq export md, faq export jsonld --published',
    'faq undo 3',
  ],
  run: async context => {
    const [name = '', ...args] = context.args
    const action = actions[name]
    if (!action)
      throw new UsageError(name === '' ? 'What to do is missing' : `faq has no “${name}”`, {
        hint: `One of: ${Object.keys(actions).join(', ')}`,
      })
    await action(context, args)
  },
}

export default command
