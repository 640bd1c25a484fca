import type { Messages } from '../messages.ts'

export const followUps: Messages['followUps'] = {
  channel: { call: 'Ligação', whatsapp: 'WhatsApp', email: 'E-mail', meeting: 'Reunião', other: 'Outro' },
}
