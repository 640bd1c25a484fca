/** A log-in from where the person has not been seen before is mailed to them, unless they do not want to know. */
import type { Mail } from '../../../platform/mail/index.ts'
import type { Client, PlatformTx } from '../sessions.ts'
import { describeDevice } from './device.ts'
import { newLogInMail } from './mails.ts'
import { notifyHolder } from './notices.ts'

const remembered = 100

/** Asked before the new session is there. The very first log-in is news to nobody. */
export async function tellOfNewPlace(
  tx: PlatformTx,
  mail: Mail,
  user_id: string,
  client: Client,
): Promise<void> {
  const earlier = await tx
    .selectFrom('sessions')
    .select('user_agent')
    .where('user_id', '=', user_id)
    .orderBy('created_at', 'desc')
    .limit(remembered)
    .execute()
  const known = new Set(earlier.map(({ user_agent }) => deviceName(user_agent)))
  if (known.size === 0 || known.has(deviceName(client.user_agent))) return
  const notice = {
    template: newLogInMail,
    path: '/settings/security',
    origin: client,
    optional: true,
    what: 'new_log_in' as const,
  }
  await notifyHolder(tx, mail, user_id, notice)
}

/** Addresses change with every café; what is told apart is the kind of device. */
function deviceName(user_agent: string | null): string {
  const { browser, system } = describeDevice(user_agent)
  return browser === null && system === null ? (user_agent ?? '') : `${browser} ${system}`
}
