/** Who may do what: a role is what a person may do at most, scopes narrow down what a token of theirs may. */
export const roles = ['viewer', 'editor', 'administrator'] as const
export type Role = (typeof roles)[number]

export const scopes = ['read', 'run', 'edit', 'share', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** The least role that a token of each scope can be of use to. */
export const roleOfScope: Readonly<Record<Scope, Role>> = {
  read: 'viewer',
  run: 'viewer',
  edit: 'editor',
  share: 'editor',
  admin: 'administrator',
}

/** Whether a role reaches up to another. */
export function atLeast(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least)
}

/** Who asks. */
export interface Actor {
  /** `local`: one's own machine, where nobody logs in. `cli`: the command line, which has the database itself. */
  via: 'local' | 'session' | 'token' | 'cli'
  /** Null where nobody logs in. */
  userId: string | null
  /** The name that stands beside their work; null where nobody logs in. */
  name: string | null
  role: Role
  /** Of a token; null: all that the role may. */
  scopes: readonly Scope[] | null
  /** Of a browser's session. */
  sessionId: string | null
}

const alone = { userId: null, name: null, role: 'administrator', scopes: null, sessionId: null } as const

/** Whoever sits at the machine. */
export const localActor: Actor = { via: 'local', ...alone }
/** Whoever types commands. */
export const cliActor: Actor = { via: 'cli', ...alone }

/** Whether an actor reaches a role and, with a token, has the scope. */
export function mayDo(actor: Actor, least: Role, scope: Scope): boolean {
  return atLeast(actor.role, least) && (actor.scopes === null || actor.scopes.includes(scope))
}
