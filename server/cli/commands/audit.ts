import { type AuditEvent, auditEvents, createAudit } from '../../accounts/audit.ts'
import { UsageError } from '../../errors.ts'
import type { Command } from '../command.ts'
import { toTextTable } from '../table.ts'

const command: Command = {
  summary: 'Show who logged in, shared, exported, looked at conversations, erased',
  usage: 'audit [--event EVENT] [--limit N] [--json]',
  options: {
    event: { value: 'EVENT', help: auditEvents.join(', ') },
    limit: { value: 'N', help: 'lines at most, the newest first (default: 100)' },
    json: { help: 'print JSON' },
  },
  examples: ['audit', 'audit --event login_failed --limit 20'],
  run: async ({ args, options, io, database }) => {
    const limit = Number(options.limit ?? 100)
    const event = options.event as AuditEvent | undefined
    if (args.length > 0 || !Number.isInteger(limit) || limit < 1 || limit > 100_000)
      throw new UsageError('Nothing but options; --limit is from 1 to 100000')
    if (event !== undefined && !auditEvents.includes(event))
      throw new UsageError(`--event ${event}: one of ${auditEvents.join(', ')}`)
    const audit = createAudit(await database(), error => {
      throw error
    })
    const rows = await audit.list({ event: event ?? null, user: null, before: null, limit })
    const lines = rows.map(row => ({
      at: new Date(row.at_ms).toISOString().slice(0, 19),
      event: row.event,
      via: row.via,
      user: row.name ?? row.user_id,
      subject: row.subject,
      details: row.details === '{}' ? '' : row.details,
    }))
    if (options.json) for (const line of lines) io.out(JSON.stringify(line))
    else if (lines.length === 0) io.note('Nothing has happened yet')
    else
      io.out(
        toTextTable(
          Object.keys(lines[0]!),
          lines.map(line => Object.values(line)),
        ),
      )
  },
}

export default command
