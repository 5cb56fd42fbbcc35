import { baseAddress } from '../../api/address.ts'
import { UsageError } from '../../errors.ts'
import { createChartDrawer } from '../../report/chart-svg.ts'
import type { Exposure } from '../../report/exposure.ts'
import { createShares, type Shares } from '../../report/shares.ts'
import { atZone } from '../../sources/values.ts'
import type { Command, CommandContext } from '../command.ts'
import { readInputValues } from '../input-values.ts'
import { libraryOf, runPartsOf } from '../running.ts'
import { toTextTable } from '../table.ts'

const command: Command = {
  summary: 'Make a link to a report, list links, end them',
  usage:
    'share NOTEBOOK [--set name=value] [--expires 30d] [--password TEXT] [--live | --frozen | --edition] [--downloads] [--filters locked|hidden|open] [--yes] [--json]',
  options: {
    set: { value: 'NAME=VALUE', help: 'an input’s value, as in run', multiple: true },
    expires: { value: 'TIME', help: '12h, 30d, 2w or never (default: 30d)' },
    password: { value: 'TEXT', help: 'readers must give it; - reads it from standard input' },
    live: { help: 'the report is made anew when data changes' },
    frozen: { help: 'the report stays as it is now (this is what it does anyway)' },
    edition: { help: 'the latest approved edition, whichever that is' },
    downloads: { help: 'readers may take files' },
    filters: {
      value: 'HOW',
      help: 'locked (as they are now), hidden, or open: readers of a live link may change them',
    },
    yes: { help: 'share even though the page holds personal data that masking did not hide' },
    list: { help: 'list links instead' },
    revoke: { value: 'ID', help: 'end a link for good; all for every one', multiple: true },
    rotate: { value: 'ID', help: 'give a link a new address; the old one ends' },
    json: { help: 'print JSON' },
  },
  examples: [
    'share 01-overview',
    'share 03-questions --set "period=last 30 days" --expires 7d --password "three quiet words"',
    'share --list',
    'share --revoke all',
  ],
  run: async context => {
    const { args, options } = context
    const management = [options.list, options.revoke, options.rotate].filter(option => option !== undefined)
    const [notebook, ...others] = args
    const wanted = management.length > 0 ? 0 : 1
    if (
      args.length !== wanted ||
      others.length > 0 ||
      management.length > 1 ||
      [options.live, options.frozen, options.edition].filter(Boolean).length > 1
    )
      throw new UsageError('Name one notebook, or one of --list, --revoke, --rotate', {
        hint: `Usage: ${command.usage}`,
      })
    const database = await context.database()
    const [parts, charts] = [await runPartsOf(context), createChartDrawer()]
    const shares = createShares({
      database,
      library: libraryOf(context.config),
      charts,
      runParts: async () => parts,
      moment: () => atZone(Date.now(), context.config.timeZone),
      now: Date.now,
    })
    try {
      if (options.list) await list(shares, context)
      else if (options.revoke) await revoke(shares, options.revoke as string[], context)
      else if (options.rotate)
        context.io.out(addressOf(await shares.rotate(options.rotate as string), context))
      else await create(shares, notebook!, context)
    } finally {
      await Promise.all([charts.close(), parts.cache.flush()])
    }
  },
}

async function create(shares: Shares, notebook: string, context: CommandContext): Promise<void> {
  const { config, options, io, signal } = context
  const { notebook: parsed } = await libraryOf(config).get(notebook)
  const { share, token, exposure } = await shares.create(
    {
      notebook,
      values: readInputValues(options.set as string[] | undefined, parsed),
      mode: options.edition ? 'edition' : options.live ? 'live' : 'frozen',
      downloads: options.downloads === true,
      readerInputs: readerInputsOf(options.filters),
      expires: (options.expires as string | undefined) ?? '30d',
      password: await readPassword(context),
      confirmed: options.yes === true,
      author: null,
    },
    signal,
  )
  const address = addressOf(token, context)
  if (options.json) {
    const expiresAt = share.expires_ms === null ? null : new Date(share.expires_ms).toISOString()
    return io.out(JSON.stringify({ id: share.share_id, address, mode: share.mode, expiresAt, exposure }))
  }
  io.note(describe(exposure))
  io.note(`Link ${share.share_id}; its address is shown this once`)
  io.out(address)
}

function readerInputsOf(given: unknown): 'locked' | 'hidden' | 'open' {
  if (given === undefined) return 'locked'
  if (given === 'locked' || given === 'hidden' || given === 'open') return given
  throw new UsageError(`--filters ${given}: locked, hidden or open`)
}

async function readPassword({ options, io }: CommandContext): Promise<string | null> {
  const given = options.password as string | undefined
  if (given !== '-') return given ?? null
  const { text } = await import('node:stream/consumers')
  return (await text(io.stdin)).replace(/\r?\n$/, '')
}

async function list(shares: Shares, { options, io }: CommandContext): Promise<void> {
  const now = Date.now()
  const rows = (await shares.list()).map(share => ({
    id: share.share_id,
    notebook: share.notebook,
    mode: share.mode,
    state:
      share.revoked_at !== null
        ? 'revoked'
        : share.expires_ms !== null && share.expires_ms <= now
          ? 'expired'
          : 'open',
    password: share.password === null ? 'no' : 'yes',
    created: share.created_at,
    expires: share.expires_ms === null ? 'never' : new Date(share.expires_ms).toISOString().slice(0, 16),
    views: share.views,
    last_view: share.last_view_at,
  }))
  if (options.json) for (const row of rows) io.out(JSON.stringify(row))
  else if (rows.length === 0) io.note('There are no links')
  else
    io.out(
      toTextTable(
        Object.keys(rows[0]!),
        rows.map(row => Object.values(row)),
      ),
    )
}

async function revoke(shares: Shares, ids: readonly string[], { io }: CommandContext): Promise<void> {
  const all = ids.includes('all') ? (await shares.list()).map(share => share.share_id) : ids
  const revoked = await shares.revoke(all)
  io.note(`${revoked} ended; a server that runs notices within seconds`)
}

/** Where the server of these settings shows it. */
function addressOf(token: string, { config }: Pick<CommandContext, 'config'>): string {
  return `${baseAddress(config)}/r/${token}`
}

function describe({ quotes, clients, tables, rows, charts, hidden, raw, problems }: Exposure): string {
  const kinds = (found: Record<string, number>) =>
    Object.entries(found)
      .map(([kind, n]) => `${kind} ${n}`)
      .join(', ') || 'nothing'
  return [
    `Readers will see: ${quotes} quotes of ${clients} clients by number, ${tables} tables with ${rows} rows, ${charts} charts`,
    `Hidden: ${kinds(hidden)}. Left in the open: ${kinds(raw)}`,
    ...(problems > 0 ? [`${problems} parts of the report have no result`] : []),
  ].join('\n')
}

export default command
