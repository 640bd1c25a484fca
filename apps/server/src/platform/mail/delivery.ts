/**
 * How a mail leaves: to the SMTP server of SMTP_URL, or, where none is configured, not at all: it is kept for
 * the operator's outbox page.
 */
import type { RenderedMail } from './render.ts'

export type Letter = RenderedMail & { id: string; to: string }

/** What became of it: `later` is worth another attempt, `refused` is not. */
export type Outcome =
  { state: 'sent' | 'kept' } | { state: 'later'; reason: string } | { state: 'refused'; reason: string }
export type Deliver = (letter: Letter) => Promise<Outcome>

const connect_ms = 10_000
const silence_ms = 30_000

export const keepMail: Deliver = async () => ({ state: 'kept' })

/** Loaded with the first mail: it is three megabytes. */
async function openTransport(url: string) {
  const { createTransport } = await import('nodemailer')
  return createTransport({
    url,
    connectionTimeout: connect_ms,
    greetingTimeout: connect_ms,
    socketTimeout: silence_ms,
    // A mail is made of what a template says; it never names a file or an address to be read into it.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** @param from the sender as in a header: `Rapport <no-reply@example.com>` */
export function smtpDelivery(url: string, from: string): Deliver {
  let transport: ReturnType<typeof openTransport> | undefined
  const home = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost'
  return async ({ id, to, subject, text, html, unsubscribe_url }) => {
    try {
      transport ??= openTransport(url)
      await (
        await transport
      ).sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        html,
        // The same in every attempt, so that a mail that was taken twice shows once.
        messageId: `<${id}@${home}>`,
        headers: { 'Auto-Submitted': 'auto-generated', ...leaving(unsubscribe_url) },
      })
      return { state: 'sent' }
    } catch (error) {
      return outcomeOf(error, to)
    }
  }
}

/** With these, mail programs show a button of their own (RFC 2369, RFC 8058). */
const leaving = (url: string | undefined): Record<string, string> =>
  url === undefined
    ? {}
    : { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }

type SmtpFailure = { responseCode?: unknown; command?: unknown }

/**
 * Only a 5xx answer to the recipient or to the message itself is final (RFC 5321, 4.2.1). A refused log-in or
 * sender is a mistake in the settings: the mail waits until it has been corrected.
 */
function outcomeOf(error: unknown, to: string): Outcome {
  const { responseCode, command } = error as SmtpFailure
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA'
  const state = aboutThisMail && Number(responseCode) >= 500 ? 'refused' : 'later'
  const reason = error instanceof Error ? error.message : String(error)
  return { state, reason: reason.replaceAll(to, redactAddress(to)).slice(0, 500) }
}

/** `ada@example.com` → `a…@example.com`, for logs. */
export const redactAddress = (address: string): string => address.replace(/^(.).*@/, '$1…@')
