/** Opens a service to the network until it is told to stop. */
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { UnavailableError, UsageError } from '../errors.ts'
import { isLoopback, namesOf, needsLogin } from './reach.ts'
import type { Service } from './service.ts'

export interface Listening {
  /** Where it can be opened. */
  address: string
  /** Takes no more requests, ends those that run, resolves when all is quiet. */
  close(): Promise<void>
}

export interface ListenOptions {
  host: string
  port: number
}

/** Milliseconds that open answers have to end when the server goes down. */
const GRACE = 3_000

/**
 * Resolves when requests are answered. Throws UnavailableError when the port is taken, UsageError for a bad host, and where
 * others reach it but nobody could log in.
 */
export async function listen(service: Service, options: ListenOptions): Promise<Listening> {
  const { host, port } = options
  await requireAdministrator(service, host)
  const server = await new Promise<Server>((resolve, reject) => {
    const starting = serve({ fetch: service.app.fetch, hostname: host, port }, () =>
      resolve(starting),
    ) as Server
    starting.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, options)))
  })
  const bound = server.address() as { port: number }
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      await service.close()
      // A browser keeps its connections for more requests: each goes as soon as its last answer is out.
      const idle = setInterval(() => server.closeIdleConnections(), 20)
      const timer = setTimeout(() => server.closeAllConnections(), GRACE)
      await closed
      clearTimeout(timer)
      clearInterval(idle)
    },
  }
}

async function requireAdministrator({ parts }: Service, host: string): Promise<void> {
  const { config, accounts } = parts
  const reach = { ...config, host }
  if (!isLoopback(host) && namesOf(reach).length === 0)
    throw new UsageError(`Listening on ${host} needs a name under which people come`, {
      hint: 'Set VERBATIM_PUBLIC_URL=https://verbatim.example.org, or VERBATIM_ALLOWED_HOSTS.',
    })
  if (!needsLogin(reach) || (await accounts.users.hasAdministrator())) return
  const data = config.database === undefined ? ` --data ${config.dataDir}` : ''
  throw new UsageError('Others reach this server, and there is no administrator who could log in', {
    hint: `Make one: npm run -s verbatim -- user add name@example.org --role administrator${data}`,
  })
}

function explain(error: NodeJS.ErrnoException, { host, port }: ListenOptions): Error {
  if (error.code === 'EADDRINUSE')
    return new UnavailableError(`Port ${port} is taken`, {
      hint: 'Another Verbatim may be running there: open it, or choose another with --port.',
      cause: error,
    })
  if (error.code === 'EACCES')
    return new UnavailableError(`Port ${port} needs more rights`, {
      hint: 'Choose one above 1023.',
      cause: error,
    })
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new UsageError(`This machine has no address “${host}”`, { hint: 'Use 127.0.0.1.', cause: error })
  return error
}
