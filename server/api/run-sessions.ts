/**
 * Runs that browsers follow: each keeps its events, so that whoever comes later hears all of it from the first on. A run
 * that nobody follows any more is stopped; one that ended is kept for some minutes.
 */
import { randomUUID } from 'node:crypto'
import { NotFoundError, UnavailableError } from '../errors.ts'
import type { RunEvent } from '../notebook/model.ts'
import type { RunStarted } from './contract.ts'

/** What a session needs to know of running: given the signal and where events go, it ends when the run has ended. */
export type StartRun = (run: string, signal: AbortSignal, emit: (event: RunEvent) => void) => Promise<void>

export interface RunSessions {
  /** Starts a run; resolves once its inputs are known. Throws what the run throws before that. */
  start(begin: StartRun): Promise<RunStarted>
  /** Events as JSON with their numbers, from `after` on, until the run's last. Throws NotFoundError. */
  follow(run: string, after: number, signal: AbortSignal): AsyncIterable<{ id: number; data: string }>
  /** Whether nothing can come after an event. Throws NotFoundError. */
  isOver(run: string, after: number): boolean
  /** Stops a run. Throws NotFoundError. */
  cancel(run: string): void
  /** Drops runs that have ended. */
  forget(): void
  /** Stops all and ends whoever follows. */
  close(): Promise<void>
}

export interface SessionLimits {
  /** Runs at once; 16. */
  running?: number
  /** Runs kept, ended ones included; 40. */
  kept?: number
  /** Milliseconds that an ended run is kept; 10 minutes. */
  keptMs?: number
  /** Milliseconds after which a run that nobody follows is stopped; 15 seconds. */
  orphanMs?: number
}

interface Session {
  run: string
  events: string[]
  ended: Promise<void> | null
  over: boolean
  stop: AbortController
  followers: Set<() => void>
  orphan: NodeJS.Timeout | undefined
}

export function createRunSessions(limits: SessionLimits = {}): RunSessions {
  const { running = 16, kept = 40, keptMs = 600_000, orphanMs = 15_000 } = limits
  const sessions = new Map<string, Session>()
  let closed = false

  const find = (run: string): Session => {
    const session = sessions.get(run)
    if (!session)
      throw new NotFoundError('There is no such run, or it was long ago', { hint: 'Start it again.' })
    return session
  }
  const wake = (session: Session) => {
    for (const follower of session.followers) follower()
  }
  const watchOrphan = (session: Session) => {
    clearTimeout(session.orphan)
    if (session.over || session.followers.size > 0) return
    session.orphan = setTimeout(() => session.stop.abort(), orphanMs)
    session.orphan.unref()
  }
  const end = (session: Session) => {
    session.over = true
    clearTimeout(session.orphan)
    wake(session)
    setTimeout(() => sessions.delete(session.run), keptMs).unref()
    for (const old of [...sessions.values()].filter(({ over }) => over)) {
      if (sessions.size <= kept) break
      sessions.delete(old.run)
    }
  }

  return {
    start: begin => {
      if (closed) throw new UnavailableError('The server is going down')
      if ([...sessions.values()].filter(session => !session.over).length >= running)
        throw new UnavailableError('Too many runs at once', { hint: 'Wait until one of them is done.' })
      const session: Session = {
        run: randomUUID(),
        events: [],
        ended: null,
        over: false,
        stop: new AbortController(),
        followers: new Set(),
        orphan: undefined,
      }
      sessions.set(session.run, session)
      return new Promise<RunStarted>((resolve, reject) => {
        const emit = (event: RunEvent) => {
          session.events.push(JSON.stringify(event))
          if (event.type === 'run-started') resolve({ run: session.run, inputs: event.inputs })
          wake(session)
        }
        session.ended = begin(session.run, session.stop.signal, emit).then(
          () => end(session),
          error => {
            end(session)
            // Before its first event nobody knows of it; after it a run does not throw.
            if (session.events.length === 0) sessions.delete(session.run)
            reject(error)
          },
        )
        watchOrphan(session)
      })
    },
    follow: (run, after, signal) => followEvents(find(run), after, signal, watchOrphan),
    isOver: (run, after) => {
      const session = find(run)
      return session.over && after >= session.events.length
    },
    cancel: run => find(run).stop.abort(),
    forget: () => {
      for (const { run, over } of [...sessions.values()]) if (over) sessions.delete(run)
    },
    close: async () => {
      closed = true
      for (const session of sessions.values()) session.stop.abort()
      await Promise.all([...sessions.values()].map(session => session.ended))
    },
  }
}

async function* followEvents(
  session: Session,
  after: number,
  signal: AbortSignal,
  left: (session: Session) => void,
): AsyncIterable<{ id: number; data: string }> {
  let wake = () => {}
  const follower = () => wake()
  session.followers.add(follower)
  signal.addEventListener('abort', follower)
  clearTimeout(session.orphan)
  try {
    for (let at = Math.max(0, after); ; ) {
      while (at < session.events.length) yield { id: at + 1, data: session.events[at++]! }
      if (session.over || signal.aborted) return
      await new Promise<void>(resolve => {
        wake = resolve
        // It may have happened between the check and here.
        if (signal.aborted || at < session.events.length || session.over) resolve()
      })
    }
  } finally {
    session.followers.delete(follower)
    signal.removeEventListener('abort', follower)
    left(session)
  }
}
