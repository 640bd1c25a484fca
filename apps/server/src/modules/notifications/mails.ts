/** The digest as a mail. It says what happened and to what, and leaves the rest to the app. */
import type { NotificationGroup } from '@rapport/contracts'
import { mailTemplate, type MailLanguage } from '../../platform/mail/index.ts'
import { headOf, sentenceOf } from './words.ts'

type Digest = {
  organization: string
  items: readonly NotificationGroup[]
  more: number
  url: string
  settings_url: string
  unsubscribe_url: string
}
const lines = (items: readonly NotificationGroup[], language: MailLanguage): string[] =>
  items.map((group) => {
    const said = [...new Set(group.latest.map((one) => sentenceOf(one, language)))]
    return [headOf(group, language) ?? [], ...said].flat().join('\n')
  })

const unreadOf = (items: readonly NotificationGroup[]) => items.reduce((sum, { unread }) => sum + unread, 0)

export const digestMail = mailTemplate<Digest>('notification-digest', {
  en: ({ organization, items, more, url, settings_url, unsubscribe_url }) => ({
    subject: `${unreadOf(items)} unread in ${organization}`,
    paragraphs: [...lines(items, 'en'), ...(more > 0 ? [`And ${more} more.`] : [])],
    action: { label: 'Open Rapport', url },
    note: `How often this mail comes: ${settings_url}\nNo more of these mails: ${unsubscribe_url}`,
  }),
  'pt-BR': ({ organization, items, more, url, settings_url, unsubscribe_url }) => ({
    subject: `${unreadOf(items)} não lidas em ${organization}`,
    paragraphs: [...lines(items, 'pt-BR'), ...(more > 0 ? [`E mais ${more}.`] : [])],
    action: { label: 'Abrir o Rapport', url },
    note: `Com que frequência este e-mail vem: ${settings_url}\nNão receber mais: ${unsubscribe_url}`,
  }),
})
