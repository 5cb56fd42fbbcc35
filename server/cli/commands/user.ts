import { type Accounts, createAccounts } from '../../accounts/accounts.ts'
import { cliActor, type Role, roles, type Scope, scopes } from '../../accounts/roles.ts'
import { baseAddress } from '../../api/address.ts'
import { UsageError } from '../../errors.ts'
import type { Command, CommandContext } from '../command.ts'
import { toTextTable } from '../table.ts'

type Act = (login: string, accounts: Accounts, context: CommandContext) => Promise<void>

const acts: Record<string, Act> = {
  add: async (login, { users, audit }, context) => {
    const { options, io } = context
    const name = (options.name as string | undefined) ?? login.split('@')[0]!
    const role = roleOf(options.role ?? 'viewer')
    const user = await users.add({ login, name, role })
    audit.record('user_added', cliActor, user.user_id, { role })
    if (options.password === undefined) return link(user.user_id, users, context)
    await users.setPassword(user.user_id, await readPassword(context))
    io.note(`${user.login} is added as ${role}`)
  },
  link: async (login, { users, audit }, context) => {
    const user = await users.byLogin(login)
    await link(user.user_id, users, context)
    audit.record('link_made', cliActor, user.user_id)
  },
  password: async (login, { users, audit }, context) => {
    const { user_id } = await users.byLogin(login)
    await users.setPassword(user_id, await readPassword(context))
    audit.record('password_set', cliActor, user_id)
    context.io.note('The password is set; their sessions have ended')
  },
  role: async (login, { users, audit }, { options, io }) => {
    const before = await users.byLogin(login)
    const role = roleOf(options.role)
    await users.change(before.user_id, { role })
    audit.record('role_changed', cliActor, before.user_id, { role, was: before.role })
    io.note(`${before.login} is ${role} now`)
  },
  disable: (login, accounts, { io }) => setDisabled(login, true, accounts, io),
  enable: (login, accounts, { io }) => setDisabled(login, false, accounts, io),
  logout: async (login, { users, sessions, audit }, { io }) => {
    const { user_id } = await users.byLogin(login)
    const count = await sessions.end(user_id)
    audit.record('sessions_ended', cliActor, user_id, { count })
    io.note(`${count} sessions ended`)
  },
  token: async (login, { users, tokens, audit }, { options, io }) => {
    const { user_id } = await users.byLogin(login)
    const wanted = String(options.scopes ?? 'read').split(',')
    const unknown = wanted.find(scope => !scopes.includes(scope as Scope))
    if (unknown !== undefined) throw new UsageError(`--scopes ${unknown}: of ${scopes.join(', ')}`)
    const { token, row } = await tokens.make(user_id, {
      name: (options.name as string | undefined) ?? 'command line',
      scopes: wanted as Scope[],
      days: 90,
    })
    audit.record('token_made', cliActor, row.token_id, { scopes: row.scopes })
    io.note('The token is shown this once; it ends in 90 days')
    io.out(token)
  },
}

const command: Command = {
  summary: 'Add people who log in, change roles, make links for passwords, tokens for programs',
  usage: 'user [list | ACTION EMAIL] [--name NAME] [--role ROLE] [--password -] [--scopes LIST]',
  options: {
    name: { value: 'NAME', help: 'what others see beside their work; of a token: what it is for' },
    role: { value: 'ROLE', help: `${roles.join(', ')} (default of add: viewer)` },
    password: { value: '-', help: 'read the password from standard input, instead of a link to set it' },
    scopes: { value: 'LIST', help: `of a token: ${scopes.join(',')} (default: read)` },
    json: { help: 'list as JSON' },
  },
  examples: [
    'user add name@example.org --role administrator',
    'user list',
    'user role name@example.org --role editor',
    'user link name@example.org',
    'user password name@example.org --password - < password.txt',
    'user disable name@example.org',
    'user token name@example.org --scopes read,run --name "nightly export"',
  ],
  run: async context => {
    const [action = 'list', login, ...others] = context.args
    const act = acts[action]
    if (others.length > 0 || (action === 'list' ? login !== undefined : !act || login === undefined))
      throw new UsageError('Name an action and a person', {
        hint: `Usage: ${command.usage}; actions: list, ${Object.keys(acts).join(', ')}`,
      })
    const faults: unknown[] = []
    const accounts = createAccounts(await context.database(), error => void faults.push(error))
    if (act && login !== undefined) await act(login, accounts, context)
    else await list(accounts, context)
    await accounts.audit.flush()
    if (faults.length > 0) throw faults[0]
  },
}

async function list({ users }: Accounts, { options, io }: CommandContext): Promise<void> {
  const rows = (await users.list()).map(user => ({
    id: user.user_id,
    login: user.login,
    name: user.name,
    role: user.role,
    state: user.disabled === 1 ? 'shut out' : user.password || user.subject ? 'joined' : 'invited',
    seen: user.seen_ms === null ? 'never' : new Date(user.seen_ms).toISOString().slice(0, 10),
  }))
  if (options.json) for (const row of rows) io.out(JSON.stringify(row))
  else if (rows.length === 0) io.note('There are no users: only this machine gets in, without a login')
  else
    io.out(
      toTextTable(
        Object.keys(rows[0]!),
        rows.map(row => Object.values(row)),
      ),
    )
}

async function link(id: string, users: Accounts['users'], { io, config }: CommandContext): Promise<void> {
  const { token, expiresMs } = await users.makeLink(id)
  io.note(
    `A password is set at this address, once, until ${new Date(expiresMs).toISOString().slice(0, 16)} UTC:`,
  )
  io.out(`${baseAddress(config)}/join#${token}`)
}

async function setDisabled(
  login: string,
  disabled: boolean,
  { users, audit }: Accounts,
  io: CommandContext['io'],
): Promise<void> {
  const { user_id } = await users.byLogin(login)
  await users.change(user_id, { disabled })
  audit.record('user_changed', cliActor, user_id, { disabled })
  io.note(disabled ? 'Shut out; their sessions and tokens have ended' : 'Let in again')
}

function roleOf(option: unknown): Role {
  if (roles.includes(option as Role)) return option as Role
  throw new UsageError(`--role ${String(option ?? '')}: ${roles.join(', ')}`)
}

/** From standard input alone: on the command line others of the machine could read it. */
async function readPassword({ options, io }: CommandContext): Promise<string> {
  if (options.password !== '-')
    throw new UsageError('--password takes - and reads the password from standard input')
  const { text } = await import('node:stream/consumers')
  return (await text(io.stdin)).replace(/\r?\n$/, '')
}

export default command
