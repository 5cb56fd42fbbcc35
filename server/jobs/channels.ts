/**
 * Ways to tell people: e-mail by SMTP (nodemailer) and a message of a Telegram bot. Each sends one text to one recipient and
 * throws SendError, whose words hold neither password nor bot token.
 */
import type { Recipient } from '../store/deliveries.ts'
import type { Message } from './message.ts'

export interface SmtpSettings {
  /** `smtps://user:password@host:465` or `smtp://…`, which asks for TLS wherever a password is given. */
  url: string
  /** `Verbatim <reports@example.org>` */
  from: string
}

export interface TelegramSettings {
  token: string
  /** `https://api.telegram.org`, or a bot API server of one's own. */
  url: string
}

export interface ChannelSettings {
  smtp?: SmtpSettings | undefined
  telegram?: TelegramSettings | undefined
}

export class SendError extends Error {
  /** Trying again can't help. */
  readonly final: boolean
  /** Milliseconds that the other side asked to wait. */
  readonly waitMs: number

  constructor(message: string, { final = false, waitMs = 0 } = {}) {
    super(message)
    this.final = final
    this.waitMs = waitMs
  }
}

export type Send = (to: string, message: Message) => Promise<void>

/** Only what is set up is there. */
export function createChannels({
  smtp,
  telegram,
}: ChannelSettings): Partial<Record<Recipient['channel'], Send>> {
  return { ...(smtp && { email: mailer(smtp) }), ...(telegram && { telegram: bot(telegram) }) }
}

/** Milliseconds to wait for the other side. */
const PATIENCE = 20_000
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/

function mailer({ url, from }: SmtpSettings): Send {
  return async (to, { subject, text }) => {
    const { createTransport } = await import('nodemailer')
    const { protocol, hostname, port, username, password } = new URL(url)
    const secure = protocol === 'smtps:'
    const transport = createTransport({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (secure ? 465 : 587),
      secure,
      // A password never goes over the wire in the open, except within this machine.
      requireTLS: !secure && username !== '' && !LOOPBACK.test(hostname),
      ...(username !== '' && {
        auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      }),
      connectionTimeout: PATIENCE,
      greetingTimeout: PATIENCE,
      socketTimeout: PATIENCE,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    try {
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text })
    } catch (error) {
      throw mailError(error as MailFault)
    } finally {
      transport.close()
    }
  }
}

interface MailFault {
  code?: string
  responseCode?: number
}

/** By the codes alone: an answer may repeat what it was told. */
function mailError({ code, responseCode }: MailFault): SendError {
  if (code === 'EAUTH')
    return new SendError('The mail server refused the user name or password', { final: true })
  if (responseCode !== undefined)
    return new SendError(`The mail server refused the message (${responseCode})`, {
      final: responseCode >= 500,
    })
  return new SendError(`The mail server can’t be reached (${/^E[A-Z]+$/.exec(code ?? '')?.[0] ?? 'unknown'})`)
}

/** Characters of an answer that are read. */
const LONGEST_ANSWER = 10_000

function bot({ token, url }: TelegramSettings): Send {
  return async (to, { text }) => {
    let response: Response
    try {
      response = await fetch(`${url.replace(/\/$/, '')}/bot${token}/sendMessage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ chat_id: to, text, link_preview_options: { is_disabled: true } }),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      })
    } catch (error) {
      // The address, which such an error may name, holds the token.
      const { code } = ((error as Error).cause ?? {}) as { code?: string }
      throw new SendError(`Telegram can’t be reached (${/^[A-Z_]+$/.exec(code ?? '')?.[0] ?? 'no answer'})`)
    }
    const answer = await readAnswer(response)
    if (response.ok && answer.ok === true) return
    const { status } = response
    const said = typeof answer.description === 'string' ? answer.description.slice(0, 200) : ''
    const wait = Number(answer.parameters?.retry_after)
    throw new SendError(`Telegram answered ${status}: ${said.replaceAll(token, '…')}`, {
      final: status >= 400 && status < 500 && status !== 429,
      waitMs: status === 429 && wait > 0 ? Math.min(wait, 86_400) * 1000 : 0,
    })
  }
}

interface BotAnswer {
  ok?: unknown
  description?: unknown
  parameters?: { retry_after?: unknown }
}

async function readAnswer(response: Response): Promise<BotAnswer> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk)
      length += chunk.length
      if (length > LONGEST_ANSWER) break
    }
    return (JSON.parse(Buffer.concat(chunks).toString()) as BotAnswer | null) ?? {}
  } catch {
    return {}
  }
}
