/** What an account's holder is told of, and what the logs of their organizations keep of it. */
import type { AccountNews } from '@rapport/contracts'
import type { AuditActor, AuditEntry } from '../../../platform/audit/index.ts'
import type { Origin } from '../../../platform/actor.ts'
import type { Mail, MailTemplate } from '../../../platform/mail/index.ts'
import { auditIn, emitIn } from '../../../platform/tenancy.ts'
import type { PlatformTx } from '../sessions.ts'
import { describeDevice, type Device } from './device.ts'
import { getHolder, organizationsOf } from './holders.ts'

type Happening = { full_name: string; url: string; device: Device; ip: string | null }
type Notice = {
  template: MailTemplate<Happening>
  /** Page of the web app that the mail leads to. */
  path: string
  origin: Pick<Origin, 'ip' | 'user_agent'>
  /** Left out for whoever has switched such mails off; what opens or closes the account is always told. */
  optional?: boolean
  /** What the person is told of in every organization. */
  what: AccountNews
}

/** Mails the holder what happened, and has them notified of it, in the transaction in which it happens. */
export async function notifyHolder(
  tx: PlatformTx,
  mail: Mail,
  user_id: string,
  { template, path, origin, what, optional = false }: Notice,
): Promise<void> {
  const holder = await getHolder(tx, user_id)
  await noticeEverywhere(tx, holder, what)
  // Whoever shares an address with its holder would be told of another's account.
  if (!holder.claims_email || (optional && !holder.security_mails)) return
  const values = {
    full_name: holder.full_name,
    url: mail.link(path),
    device: describeDevice(origin.user_agent),
    ip: origin.ip,
  }
  await mail.send(tx, { to: holder.email, language: holder.language, template, values })
}

type Person = { id: string; full_name: string }

async function noticeEverywhere(tx: PlatformTx, { id, full_name }: Person, what: AccountNews): Promise<void> {
  const origin = { ip: null, user_agent: null, request_id: null }
  for (const organization_id of await organizationsOf(tx, id))
    emitIn(tx)(organization_id, personActor({ id, full_name }, origin), {
      type: 'account.noticed',
      record: { object: 'account', id },
      owner_id: id,
      data: { what },
      // The change itself has its entry.
      unaudited: true,
    })
}

export const personActor = ({ id, full_name }: Person, origin: Origin): AuditActor => ({
  kind: 'user',
  user_id: id,
  api_key_id: null,
  name: full_name,
  origin,
})

/** A change of the account itself goes into the log of each organization that it opens. */
export async function auditAccount(
  tx: PlatformTx,
  person: Person,
  origin: Origin,
  entry: Pick<AuditEntry, 'action' | 'before' | 'after'>,
): Promise<void> {
  const actor = personActor(person, origin)
  for (const organization_id of await organizationsOf(tx, person.id))
    auditIn(tx)(organization_id, actor, {
      object: 'user',
      record_id: person.id,
      record_name: person.full_name,
      ...entry,
    })
}
