/** The mail that invites. */
import { mailTemplate } from '../../platform/mail/index.ts'

type Invitation = {
  organization: string
  inviter: string
  message: string | null
  link: string
  days: number
}

const quote = (message: string | null) => (message ? [`“${message}”`] : [])

export const invitationLetter = mailTemplate<Invitation>('invitation', {
  en: ({ organization, inviter, message, link, days }) => ({
    subject: `${inviter} invites you to ${organization} on Rapport`,
    paragraphs: [
      `${inviter} invites you to work with ${organization} on Rapport, where the team keeps its leads and customers.`,
      ...quote(message),
    ],
    action: { label: 'See the invitation', url: link },
    note: `The link works for ${days} days and for this address only. If you did not expect it, you can ignore this mail.`,
  }),
  'pt-BR': ({ organization, inviter, message, link, days }) => ({
    subject: `${inviter} convidou você para ${organization} no Rapport`,
    paragraphs: [
      `${inviter} convidou você para trabalhar com ${organization} no Rapport, onde a equipe cuida de seus leads e clientes.`,
      ...quote(message),
    ],
    action: { label: 'Ver o convite', url: link },
    note: `O link vale por ${days} dias e só para este endereço. Se você não esperava por ele, pode ignorar este e-mail.`,
  }),
})
