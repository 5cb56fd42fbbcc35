/**
 * The log of what matters for safety. It holds ids, kinds and counts alone: neither secrets nor anybody's data can come into
 * it, since a detail is one of the names below, and its value a number, a flag or a short word. A record is written at once
 * but waited for by nobody, so that an import that holds the database delays no answer.
 */
import { randomBytes } from 'node:crypto'
import { type AuditFilter, type NamedAuditRow, readAudit, writeAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import type { Actor } from './roles.ts'

export const auditEvents = [
  'login',
  'login_failed',
  'locked_out',
  'logout',
  'password_set',
  'user_added',
  'user_changed',
  'role_changed',
  'link_made',
  'sessions_ended',
  'token_made',
  'token_revoked',
  'share_made',
  'share_rotated',
  'share_revoked',
  'edition_made',
  'edition_approved',
  'edition_removed',
  'edition_scheduled',
  'edition_sent',
  'export',
  'audience_export',
  'unmasked_view',
  'erasure',
  'retention',
  'backup',
] as const
export type AuditEvent = (typeof auditEvents)[number]

/** What may be said of an event beside its subject's id. */
export interface AuditDetails {
  role?: string
  /** What it was before. */
  was?: string
  /** Of a login: password, oidc, link; of a share: frozen, live, edition. */
  mode?: string
  /** Of an export: html, pdf, xlsx … */
  format?: string
  /** Id of a notebook. */
  notebook?: string
  scopes?: string
  count?: number
  masked?: boolean
  disabled?: boolean
}

export interface Audit {
  /** Notes an event; `subject` is an id (of a user, share, notebook, client), never a name. */
  record(event: AuditEvent, actor: Actor | null, subject?: string | null, details?: AuditDetails): void
  /** The newest first. */
  list(filter: AuditFilter): Promise<NamedAuditRow[]>
  /** Resolves when all that was noted is written. */
  flush(): Promise<void>
}

const LONGEST = 200

/** `report` hears of what could not be written. */
export function createAudit(
  database: Database,
  report: (error: unknown) => void,
  now: () => number = Date.now,
): Audit {
  let last: Promise<unknown> = Promise.resolve()
  return {
    record: (event, actor, subject = null, details = {}) => {
      const row = {
        audit_id: randomBytes(9).toString('base64url'),
        at_ms: now(),
        event,
        via: actor?.via ?? 'nobody',
        user_id: actor?.userId ?? null,
        subject: subject === null ? null : subject.slice(0, LONGEST),
        details: JSON.stringify(details, (_, value: unknown) =>
          typeof value === 'string' ? value.slice(0, LONGEST) : value,
        ),
      }
      last = Promise.all([last, writeAudit(database, [row]).catch(report)])
    },
    list: async filter => {
      await last
      return readAudit(database, filter)
    },
    flush: async () => void (await last),
  }
}
