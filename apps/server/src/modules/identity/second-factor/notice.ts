/** Changes to the ways in are noted in the log of every organization of the person, and mailed to them. */
import type { AuditAction } from '@rapport/contracts'
import type { Origin } from '../../../platform/actor.ts'
import type { AuditedValues } from '../../../platform/audit/index.ts'
import type { Mail } from '../../../platform/mail/index.ts'
import { auditIn, type SystemTx } from '../../../platform/tenancy.ts'
import { getHolder, organizationsOf } from '../account/holders.ts'
import { notifyHolder, personActor } from '../account/notices.ts'
import { wayInChangedMail, type WayInChange } from './mails.ts'

const securityPath = '/settings/security'

type Change = {
  action: AuditAction & WayInChange
  /** The passkey's name, or the provider's. */
  name?: string
  record_id?: string
  after?: AuditedValues
}

export async function tellHolder(
  tx: SystemTx,
  mail: Mail,
  { user_id, origin }: { user_id: string; origin: Origin },
  { action, name, record_id = user_id, after }: Change,
): Promise<void> {
  const [holder, organizations] = await Promise.all([getHolder(tx, user_id), organizationsOf(tx, user_id)])
  const [object = ''] = action.split('.')
  const record_name = name ?? holder.full_name
  const entry = {
    action,
    object,
    record_id,
    record_name,
    category: 'security' as const,
    after: after ?? null,
  }
  for (const organization_id of organizations)
    auditIn(tx)(organization_id, personActor(holder, origin), entry)
  const template = wayInChangedMail(action, name ?? '')
  await notifyHolder(tx, mail, user_id, {
    template,
    path: securityPath,
    origin,
    what: object === 'two_factor' ? 'second_factor_changed' : 'way_in_changed',
  })
}
