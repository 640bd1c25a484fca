/** A real SMTP server that notes what it takes, and refuses or goes away when a test says so. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type TakenMail = {
  to: string[]
  headers: Record<string, string>
  /** Everything behind the headers, with the transfer encoding taken off. */
  body: string
  html: string
  links: string[]
}

export type MailServer = {
  url: string
  taken: TakenMail[]
  /** Answers the next so many recipients with this code. */
  refuseNext: (code: number, times: number) => void
  pause: () => Promise<void>
  resume: () => Promise<void>
  stop: () => Promise<void>
}

export async function startMailServer(): Promise<MailServer> {
  const taken: TakenMail[] = []
  let refusals: number[] = []
  const make = () =>
    new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo({ address }, _session, done) {
        const code = refusals.shift()
        if (code === undefined) return done()
        done(Object.assign(new Error(`${code} <${address}> not now`), { responseCode: code }))
      },
      onData(stream, session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address)
          taken.push({ to, ...readMail(Buffer.concat(chunks).toString('utf8')) })
          done()
        })
      },
    })
  let server = make()
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  await listen(0)
  const { port } = server.server.address() as AddressInfo

  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    refuseNext: (code, times) => (refusals = Array.from({ length: times }, () => code)),
    pause: close,
    async resume() {
      server = make()
      await listen(port)
    },
    stop: close,
  }
}

function readMail(source: string): Omit<TakenMail, 'to'> {
  const [head = '', ...rest] = source.split('\r\n\r\n')
  const headers = Object.fromEntries(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
  )
  const raw = rest.join('\r\n\r\n')
  const body = decodeParts(raw)
  return {
    headers,
    body,
    html: body.slice(body.indexOf('<!doctype html>')),
    links: [...body.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => link),
  }
}

/** The parts of these mails are ASCII, quoted-printable or base64. */
function decodeParts(raw: string): string {
  return raw.replace(
    /Content-Transfer-Encoding: (quoted-printable|base64)\r\n\r\n([\s\S]*?)(?=\r\n--|$)/g,
    (_, encoding: string, text: string) =>
      `\r\n\r\n${encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : decodeQuoted(text)}`,
  )
}

function decodeQuoted(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
