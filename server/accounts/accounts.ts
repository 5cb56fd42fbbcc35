/** What the rest of the program sees of accounts. */
import type { Database } from '../store/database.ts'
import { type Audit, createAudit } from './audit.ts'
import { createSessions, createTokens, type Sessions, type Tokens } from './sessions.ts'
import { createUsers, type Users } from './users.ts'

export interface Accounts {
  users: Users
  sessions: Sessions
  tokens: Tokens
  audit: Audit
}

/** `report` hears of what was done beside a request and failed. */
export function createAccounts(
  database: Database,
  report: (error: unknown) => void,
  now: () => number = Date.now,
): Accounts {
  return {
    users: createUsers(database, now),
    sessions: createSessions(database, report, now),
    tokens: createTokens(database, report, now),
    audit: createAudit(database, report, now),
  }
}
