/** The log of what matters for safety, for administrators. */
import { Hono } from 'hono'
import { z } from 'zod'
import { auditEvents } from '../accounts/audit.ts'
import type { NamedAuditRow } from '../store/audit.ts'
import type { AuditLine } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readQuery } from './reading.ts'

const querySchema = z.object({
  event: z.enum(auditEvents).optional(),
  user: z.string().max(100).optional(),
  before: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})

export function auditRoutes({ accounts }: AppParts): Hono {
  return new Hono().get('/', async c => {
    const { event, user, before, limit } = readQuery(c, querySchema)
    const rows = await accounts.audit.list({
      event: event ?? null,
      user: user ?? null,
      before: before === undefined ? null : Date.parse(before),
      limit,
    })
    return c.json(rows.map(toLine))
  })
}

function toLine(row: NamedAuditRow): AuditLine {
  return {
    id: row.audit_id,
    at: new Date(row.at_ms).toISOString(),
    event: row.event as AuditLine['event'],
    via: row.via as AuditLine['via'],
    user: row.user_id === null ? null : { id: row.user_id, name: row.name },
    subject: row.subject,
    subjectName: row.subject_name,
    details: JSON.parse(row.details) as AuditLine['details'],
  }
}
