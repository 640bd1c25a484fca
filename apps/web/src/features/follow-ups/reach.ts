/** The addresses by which a device calls or writes to whom is followed up. */
import type { DueFollowUp } from '@rapport/contracts'
import { callTo, whatsAppTo } from '../../ui/phone.ts'

type Reached = { channel: DueFollowUp['channel']; subject: Pick<DueFollowUp['subject'], 'phone' | 'email'> }

export const callLink = ({ subject: { phone } }: Reached): string | null => (phone ? callTo(phone) : null)

/** As the follow-up wants it where that can be; else by whatever is known. */
export function messageLink({ channel, subject: { phone, email } }: Reached): string | null {
  const whatsapp = phone ? whatsAppTo(phone) : null
  const mail = email ? `mailto:${email}` : null
  return channel === 'email' ? (mail ?? whatsapp) : (whatsapp ?? mail)
}
