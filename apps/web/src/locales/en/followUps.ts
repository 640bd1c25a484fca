export const followUps = {
  channel: { call: 'Call', whatsapp: 'WhatsApp', email: 'E-mail', meeting: 'Meeting', other: 'Other' },
} as const
