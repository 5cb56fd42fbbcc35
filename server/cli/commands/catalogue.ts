import { NotFoundError, UsageError } from '../../errors.ts'
import { makeEdit, readLog, undoEdit } from '../../mining/catalogue.ts'
import { type Edit, editSchema } from '../../mining/edits.ts'
import type { MentionKind } from '../../mining/mention.ts'
import { acceptProposals, findProposals, listProposals } from '../../mining/proposals.ts'
import type { Proposal } from '../../mining/recluster.ts'
import { atZone } from '../../sources/values.ts'
import { listMentions, listThemes, readCoverage, type ThemeFilter } from '../../store/themes.ts'
import type { Command, CommandContext } from '../command.ts'

const KINDS: readonly MentionKind[] = ['question', 'value', 'objection']

type Action = (context: CommandContext, args: readonly string[]) => Promise<void>

/** Prints rows as JSON Lines or as lines for people. */
function print<T>({ io, options }: CommandContext, rows: readonly T[], line: (row: T) => string): void {
  for (const row of rows) io.out(options.json ? JSON.stringify(row) : line(row))
}

async function edit(context: CommandContext, wanted: unknown): Promise<void> {
  const parsed = editSchema.safeParse(wanted)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new UsageError(`${issue!.path.join('.')}: ${issue!.message}`, { hint: `Usage: ${command.usage}` })
  }
  await make(context, parsed.data)
}

async function make(context: CommandContext, wanted: Edit): Promise<void> {
  const now = atZone(Date.now(), context.config.timeZone)
  const id = await makeEdit(await context.database(), wanted, { author: null, now })
  context.io.out(
    context.options.json
      ? JSON.stringify({ edit: id })
      : `Edit ${id} done; catalogue undo ${id} takes it back`,
  )
}

/** The kind of a theme that is there. Throws NotFoundError. */
async function kindOf(context: CommandContext, theme: string): Promise<string> {
  const kind = KINDS.find(name => theme.startsWith(`${name[0]}-`))
  const found = (await listThemes(await context.database(), { kind, all: true, limit: 1_000_000 })).find(
    line => line.theme_id === theme,
  )
  if (!found) throw new NotFoundError(`There is no theme ${theme}`, { hint: 'See catalogue list.' })
  return found.kind
}

/** `CONVERSATION:N:FROM` as `show` prints it, looked up among the theme's mentions. */
async function mentionsOf(context: CommandContext, theme: string, places: readonly string[]) {
  const all = await listMentions(await context.database(), await kindOf(context, theme), theme, {
    limit: 100_000,
  })
  return places.map(place => {
    const found = all.find(row => `${row.conversation_id}:${row.n}:${row.span_from}` === place)
    if (!found)
      throw new NotFoundError(`${theme} has no mention at ${place}`, { hint: `See catalogue show ${theme}.` })
    const { client_id, conversation_id, n, span_from } = found
    return { client_id, conversation_id, n, from: span_from }
  })
}

/** The kind whose proposals are meant: --kind, or questions. */
function proposedKind({ options }: CommandContext): MentionKind {
  const kind = options.kind ?? 'question'
  if (!KINDS.includes(kind as MentionKind))
    throw new UsageError(`--kind ${String(kind)}: ${KINDS.join(', ')}`)
  return kind as MentionKind
}

/** The diff for people: what would come together or apart, with how many clients and in which words. */
function describeProposal({ id, edit, clients, parts }: Proposal): string {
  const what = edit.action === 'merge' ? `merge ${edit.themes.join(' ')}` : `split ${edit.theme}`
  const sign = edit.action === 'merge' ? '+' : '-'
  const lines = parts.map(
    part => `  ${sign} ${part.label} (${part.clients}): ${part.quotes.map(quote => `“${quote}”`).join(', ')}`,
  )
  return [`${id}  ${what}, ${clients} clients`, ...lines].join('\n')
}

const actions: Record<string, Action> = {
  list: async context => {
    const { kind, topic, status, all } = context.options
    const filter: ThemeFilter = { ...({ kind, topic, status } as ThemeFilter), all: all === true }
    print(
      context,
      await listThemes(await context.database(), filter),
      line =>
        `${line.theme_id.padEnd(7)} ${String(line.clients).padStart(6)} ${line.topic.padEnd(8)} ${line.status.padEnd(9)} ${line.label}${line.alias_of ? ` -> ${line.alias_of}` : ''}`,
    )
    if (context.options.json) return
    for (const { kind, mentions, assigned, waiting, few, bare } of await readCoverage(
      await context.database(),
    ))
      context.io.note(
        `${kind}: ${assigned} of ${mentions} mentions in themes, ${waiting} waiting (${few} said by too few alike, ${bare} without telling words)`,
      )
  },
  show: async (context, [theme = '']) => {
    const rows =
      theme === 'waiting'
        ? await Promise.all(KINDS.map(async kind => listMentions(await context.database(), kind, null)))
        : [await listMentions(await context.database(), await kindOf(context, theme), theme)]
    print(
      context,
      rows.flat(),
      row => `${row.conversation_id}:${row.n}:${row.span_from}  ${row.day ?? ''}  ${row.text}`,
    )
  },
  rename: (context, [theme, ...words]) => edit(context, { action: 'rename', theme, label: words.join(' ') }),
  topic: (context, [theme, topic]) => edit(context, { action: 'topic', theme, topic }),
  status: (context, [theme, status]) => edit(context, { action: 'status', theme, status }),
  hide: (context, [theme]) => edit(context, { action: 'hide', theme, hidden: true }),
  unhide: (context, [theme]) => edit(context, { action: 'hide', theme, hidden: false }),
  merge: (context, themes) => edit(context, { action: 'merge', themes }),
  split: async (context, [theme = '', label, ...places]) =>
    edit(context, { action: 'split', theme, label, mentions: await mentionsOf(context, theme, places) }),
  move: async (context, [from = '', place = '', to]) =>
    edit(context, { action: 'move', mention: (await mentionsOf(context, from, [place]))[0], from, to }),
  propose: async context => {
    const proposals = await findProposals(await context.database(), proposedKind(context))
    print(context, proposals, describeProposal)
    if (proposals.length === 0) context.io.note('A fresh clustering agrees with the catalogue')
  },
  accept: async (context, ids) => {
    const [kind, database] = [proposedKind(context), await context.database()]
    const wanted =
      ids[0] === 'all' ? (await listProposals(database, kind)).map(proposal => proposal.id) : [...ids]
    if (wanted.length === 0) throw new UsageError('Name proposals, or all')
    const now = atZone(Date.now(), context.config.timeZone)
    const edits = await acceptProposals(database, kind, wanted, { author: null, now })
    context.io.out(context.options.json ? JSON.stringify({ edits }) : `Done as edits ${edits.join(', ')}`)
  },
  undo: async (context, [id]) => {
    await undoEdit(await context.database(), Number(id))
    context.io.out(context.options.json ? JSON.stringify({ undone: Number(id) }) : `Edit ${id} undone`)
  },
  log: async context =>
    print(
      context,
      await readLog(await context.database()),
      ({ id, edit: { action, ...rest }, undone }) =>
        `${id}${undone ? ' (undone)' : ''}  ${action} ${JSON.stringify(rest)}`,
    ),
}

const command: Command = {
  summary: 'Themes that mining found, and people’s edits of them',
  usage: `catalogue ${Object.keys(actions).join('|')} …`,
  options: {
    kind: { value: 'KIND', help: `list, propose, accept: ${KINDS.join(', ')}` },
    topic: { value: 'TOPIC', help: 'list: only price, landing, product, terms, service or other' },
    status: { value: 'STATUS', help: 'list: only new, in_work, answered or dismissed' },
    all: { help: 'list: hidden and merged ones too' },
    json: { help: 'one JSON object a line' },
  },
  examples: [
    'catalogue list --kind question',
    'catalogue show q-12            (or: show waiting)',
    'catalogue rename q-12 Входит ли монтаж в цену',
    'catalogue merge q-12 q-40',
    'catalogue split q-12 "Срок монтажа" amocrm:7/comment-1:0:14',
    'catalogue move q-12 comagic:88:3:0 q-40',
    'catalogue propose --kind value, then: catalogue accept 1a2b3c4d --kind value',
    'catalogue undo 3',
  ],
  run: async context => {
    const [name = '', ...args] = context.args
    const action = actions[name]
    if (!action)
      throw new UsageError(name === '' ? 'What to do is missing' : `catalogue has no “${name}”`, {
        hint: `One of: ${Object.keys(actions).join(', ')}`,
      })
    await action(context, args)
  },
}

export default command
