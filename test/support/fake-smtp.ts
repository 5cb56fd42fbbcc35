/**
 * A mail server that takes one thing at a time and only in the order of RFC 5321, over TCP: anything else is refused with the
 * right code, and remembered as a fault. It knows one user, by AUTH PLAIN (RFC 4954).
 */
import { createServer, type Socket } from 'node:net'

export interface TakenMail {
  from: string
  to: string[]
  /** Header and body as they came, dots unstuffed. */
  data: string
}

export interface FakeSmtp {
  port: number
  mails: TakenMail[]
  /** Commands that a good client does not send. */
  faults: string[]
  /** Answers given to RCPT before it takes any again, such as `450 4.2.1 later`. */
  refusals: string[]
  close(): Promise<void>
}

export async function startFakeSmtp(user: string, password: string): Promise<FakeSmtp> {
  const fake: Omit<FakeSmtp, 'port' | 'close'> = { mails: [], faults: [], refusals: [] }
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    talk(socket, fake, Buffer.from(`\0${user}\0${password}`).toString('base64'))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    ...fake,
    port: (server.address() as { port: number }).port,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

function talk(socket: Socket, fake: Pick<FakeSmtp, 'mails' | 'faults' | 'refusals'>, secret: string): void {
  let [greeted, known, reading] = [false, false, false]
  let mail: TakenMail | null = null
  let rest = ''
  const say = (line: string) => void socket.write(`${line}\r\n`)
  const refuse = (line: string, answer: string) => {
    fake.faults.push(line)
    say(answer)
  }
  const take = (line: string) => {
    const [, verb = '', argument = ''] = /^([A-Z]+)(?: (.*))?$/i.exec(line) ?? []
    switch (verb.toUpperCase()) {
      case 'EHLO':
        greeted = true
        socket.write('250-fake.test\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n')
        return
      case 'AUTH':
        if (!greeted || known) return refuse(line, '503 5.5.1 not now')
        known = argument === `PLAIN ${secret}`
        return say(known ? '235 2.7.0 ok' : '535 5.7.8 no')
      case 'MAIL': {
        const from = /^FROM:<([^<>\s]+)>(?: BODY=8BITMIME)?$/.exec(argument)?.[1]
        if (!known || mail || from === undefined) return refuse(line, '503 5.5.1 not now')
        mail = { from, to: [], data: '' }
        return say('250 2.1.0 ok')
      }
      case 'RCPT': {
        const to = /^TO:<([^<>\s]+)>$/.exec(argument)?.[1]
        if (!mail || to === undefined) return refuse(line, '503 5.5.1 not now')
        const refusal = fake.refusals.shift()
        if (refusal === undefined) mail.to.push(to)
        return say(refusal ?? '250 2.1.5 ok')
      }
      case 'DATA':
        if (!mail?.to.length) return refuse(line, '503 5.5.1 not now')
        reading = true
        return say('354 go on')
      case 'RSET':
        mail = null
        return say('250 2.0.0 ok')
      case 'QUIT':
        say('221 2.0.0 bye')
        return void socket.end()
      default:
        refuse(line, '502 5.5.2 what')
    }
  }
  say('220 fake.test ESMTP')
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    rest += chunk
    for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end)
      rest = rest.slice(end + 2)
      if (!reading) take(line)
      else if (line === '.') {
        reading = false
        fake.mails.push(mail!)
        mail = null
        say('250 2.0.0 taken')
      } else mail!.data += `${line.replace(/^\./, '')}\r\n`
    }
  })
}
