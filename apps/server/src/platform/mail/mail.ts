/**
 * Mails are written in the transaction of their cause, together with the job that sends them: a change that is
 * rolled back mails nobody, and a mail survives a crash and an SMTP server that is away. Their text is sealed,
 * because it may hold a key to an account, and forgotten once it is sent.
 */
import { Email } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { newId } from '../ids.ts'
import type { Jobs } from '../jobs.ts'
import { sealedColumn, type Secrets } from '../secrets/index.ts'
import type { SystemTx, Tenancy, TenantTx } from '../tenancy.ts'
import { redactAddress, type Deliver, type Letter } from './delivery.ts'
import { renderMail, type RenderedMail } from './render.ts'
import { mailLanguage, type MailTemplate } from './template.ts'

type Message<Values> = {
  to: string
  /** The reader's; unknown ones become English. */
  language: string
  template: MailTemplate<Values>
  values: Values
  /** Where a POST takes the reader off the list, without a further question (RFC 8058); for what comes again and again. */
  unsubscribe_url?: string
}

export type Mail = {
  /** Writes the mail in the caller's transaction; it is sent after the commit. */
  send: <Values>(tx: SystemTx | TenantTx, message: Message<Values>) => Promise<void>
  /**
   * An address of the web app for a mail. `secret` goes behind the `#`, which browsers send to no server, so no
   * log and no other site gets to see it.
   */
  link: (path: string, secret?: Record<string, string>) => string
}

type Parts = {
  tenancy: Pick<Tenancy, 'inSystem'>
  jobs: Pick<Jobs, 'workSystem' | 'enqueueSystem' | 'schedule'>
  secrets: Pick<Secrets, 'seal' | 'open'>
  deliver: Deliver
  log: Pick<Logger, 'info' | 'warn'>
  publicUrl: string
}

const kind = 'mail.send'
/** About two days of attempts, first after seconds, then every hour. */
const persistence = { retries: 55, longestDelay_s: 3600 }
/** Each with a connection of its own, of which mail servers allow a sender few. */
const at_once = 2
export const mailContents = sealedColumn({
  purpose: 'outgoing mail',
  table: 'outgoing_mails',
  column: 'content',
  owner: null,
  key: ['id'],
})

export function createMail({ tenancy, jobs, secrets, deliver, log, publicUrl }: Parts): Mail {
  jobs.workSystem(kind, ({ mail_id }) => sendOne(mail_id ?? ''), { persistence, at_once })
  jobs.schedule('mail.remove-old', '41 * * * *', () => removeOldMails(tenancy))

  async function sendOne(id: string): Promise<void> {
    const mail = await tenancy.inSystem((tx) => findQueued(tx, id))
    if (!mail) return
    const letter: Letter = { id, to: mail.recipient, ...openContent(secrets, id, mail.content) }
    const outcome = await deliver(letter)
    const attempt = mail.attempts + 1
    const told = { mail_id: id, template: mail.template, to: redactAddress(mail.recipient), attempt }
    if (outcome.state === 'later' && attempt <= persistence.retries) {
      await tenancy.inSystem((tx) => noteAttempt(tx, id, outcome.reason))
      throw new Error(`The mail ${id} (${mail.template}) could not be handed over: ${outcome.reason}`)
    }
    const reason = 'reason' in outcome ? outcome.reason : null
    const state = outcome.state === 'sent' || outcome.state === 'kept' ? outcome.state : 'failed'
    await tenancy.inSystem((tx) => settle(tx, id, state, reason))
    if (state === 'failed') log.warn({ ...told, reason }, 'a mail was given up')
    else
      log.info(
        told,
        state === 'sent' ? 'a mail was sent' : 'a mail is kept in the outbox: SMTP_URL is not set',
      )
  }

  return {
    async send(tx, { to, language, template, values, unsubscribe_url }) {
      const id = newId()
      const tongue = mailLanguage(language)
      const rendered: RenderedMail = {
        ...renderMail(template.words[tongue](values), tongue),
        ...(unsubscribe_url === undefined ? {} : { unsubscribe_url }),
      }
      const content = secrets.seal(mailContents.place({ id }), JSON.stringify(rendered))
      const { subject } = rendered
      const recipient = Email.parse(to)
      await tx
        .insertInto('outgoing_mails')
        .values({ id, template: template.name, recipient, language: tongue, subject, content })
        .execute()
      // Whoever waits for a mail does not wait for the digests of everybody.
      await jobs.enqueueSystem(tx, kind, { mail_id: id }, { patient: unsubscribe_url !== undefined })
    },

    link(path, secret) {
      return `${publicUrl}${path}${secret ? `#${new URLSearchParams(secret).toString()}` : ''}`
    },
  }
}

/** The words of a mail that is still here, for the outbox page. */
export const openContent = (secrets: Pick<Secrets, 'open'>, id: string, content: string): RenderedMail =>
  JSON.parse(secrets.open(mailContents.place({ id }), content)) as RenderedMail

async function findQueued(tx: SystemTx, id: string) {
  const row = await tx
    .selectFrom('outgoing_mails')
    .select(['recipient', 'template', 'content', 'attempts'])
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .executeTakeFirst()
  return row && row.content !== null ? { ...row, content: row.content } : null
}

const noteAttempt = (tx: SystemTx, id: string, reason: string) =>
  tx
    .updateTable('outgoing_mails')
    .set({ attempts: sql`attempts + 1`, last_error: reason })
    .where('id', '=', id)
    .execute()

const settle = (tx: SystemTx, id: string, state: 'sent' | 'failed' | 'kept', reason: string | null) =>
  tx
    .updateTable('outgoing_mails')
    .set({ state, attempts: sql`attempts + 1`, last_error: reason, settled_at: new Date() })
    // A kept mail is there to be read; of the others the words are not needed any more.
    .$if(state !== 'kept', (update) => update.set({ content: null }))
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .execute()

/**
 * A mail whose job is no more is given up. Kept mails go after a week, when every link in them has long expired; the record of the
 * others after thirty days.
 */
export async function removeOldMails(tenancy: Pick<Tenancy, 'inSystem'>): Promise<void> {
  await tenancy.inSystem(async (tx) => {
    await sql`UPDATE outgoing_mails SET state = 'failed', content = NULL, settled_at = now()
        WHERE state = 'queued' AND created_at < now() - interval '4 days'`.execute(tx)
    await sql`DELETE FROM outgoing_mails WHERE (state = 'kept' AND created_at < now() - interval '7 days')
        OR (state IN ('sent', 'failed') AND created_at < now() - interval '30 days')`.execute(tx)
  })
}

/** Takes away what was sent or kept for these addresses, but for addresses of accounts: those mails are their own. */
export async function forgetRecipients(tx: SystemTx, recipients: readonly string[]): Promise<void> {
  await sql`
    DELETE FROM outgoing_mails m WHERE m.recipient = ANY(${recipients}::text[]) AND m.state <> 'queued'
      AND NOT EXISTS (SELECT 1 FROM users u WHERE u.email = m.recipient)`.execute(tx)
}
