/** A mail server that keeps what it is given, so that a test can follow the links that people get. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type Mailbox = {
  /** For SMTP_URL. */
  url: string
  /** Waits for a mail to that address whose link leads there, and answers path and secret of the link. */
  linkTo: (address: string, path: string) => Promise<string>
  stop: () => Promise<void>
}

const patience_ms = 20_000

export async function openMailbox(): Promise<Mailbox> {
  const mails: { to: string[]; source: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        mails.push({ to, source: Buffer.concat(chunks).toString('utf8') })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo

  return {
    url: `smtp://127.0.0.1:${port}`,
    async linkTo(address, path) {
      const end = Date.now() + patience_ms
      for (;;) {
        const mine = mails.filter(({ to }) => to.includes(address))
        const link = mine.map(({ source }) => findLink(source, path)).findLast((found) => found !== null)
        if (link) return link
        if (Date.now() > end) throw new Error(`No mail with a link to ${path} came to ${address}.`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Mails are quoted-printable: lines are cut with `=`, and `=` itself is `=3D`. */
function findLink(source: string, path: string): string | null {
  const text = source.replace(/=\r\n/g, '').replace(/=3D/g, '=')
  return new RegExp(`https?://[^/\\s]+(${path}#token=[\\w-]+)`).exec(text)?.[1] ?? null
}
