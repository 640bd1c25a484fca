/** The digest as a mail. It says what happened and to what, and leaves the rest to the app. */
import type { Notification, NotificationGroup, NotificationType } from '@rapport/contracts'
import { mailTemplate } from '../../platform/mail/index.ts'

type Digest = {
  organization: string
  items: readonly NotificationGroup[]
  more: number
  url: string
  settings_url: string
}
type Words = Record<NotificationType, (name: string) => string>

const english: Words = {
  mentioned_in_note: (name) => `${name} mentioned you in a note`,
  mentioned_in_chat: (name) => `${name} mentioned you`,
  chat_message: (name) => `${name} wrote`,
  chat_reminder: () => 'You wanted to be reminded',
  record_assigned: (name) => `${name} gave it to you`,
  task_assigned: (name) => `${name} gave it to you`,
  follow_up_due: () => 'A follow-up is due',
  task_due: () => 'A task is due',
  stage_changed: (name) => `${name} moved it to another stage`,
  record_won: (name) => `${name} marked it as won`,
  record_lost: (name) => `${name} marked it as lost`,
  import_ended: () => 'The import has ended',
  export_ended: () => 'The export has ended',
  scan_ended: () => 'The search for duplicates has ended',
  change_failed: () => 'A change of many records did not get through',
  account_secured: () => 'Something about the security of your account',
  member_joined: () => 'Has joined',
}
const portuguese: Words = {
  mentioned_in_note: (name) => `${name} mencionou você em uma nota`,
  mentioned_in_chat: (name) => `${name} mencionou você`,
  chat_message: (name) => `${name} escreveu`,
  chat_reminder: () => 'Você pediu para ser lembrado',
  record_assigned: (name) => `${name} passou para você`,
  task_assigned: (name) => `${name} passou para você`,
  follow_up_due: () => 'Um follow-up venceu',
  task_due: () => 'Uma tarefa venceu',
  stage_changed: (name) => `${name} mudou de etapa`,
  record_won: (name) => `${name} marcou como ganho`,
  record_lost: (name) => `${name} marcou como perdido`,
  import_ended: () => 'A importação terminou',
  export_ended: () => 'A exportação terminou',
  scan_ended: () => 'A busca de duplicados terminou',
  change_failed: () => 'Uma alteração de vários registros não foi concluída',
  account_secured: () => 'Algo sobre a segurança da sua conta',
  member_joined: () => 'Entrou na organização',
}

const lines = (
  items: readonly NotificationGroup[],
  words: Words,
  many: (count: number) => string,
): string[] =>
  items.map(({ title, latest }) => {
    const said = [...new Set(latest.map((one) => sentence(one, words)))]
    const count = latest[0]?.data['count']
    const head = title ?? (typeof count === 'number' ? many(count) : null)
    return head === null ? said.join('\n') : `${head}\n${said.join('\n')}`
  })

const sentence = ({ type, actor }: Notification, words: Words) => words[type](actor?.name ?? 'Rapport')

const unreadOf = (items: readonly NotificationGroup[]) => items.reduce((sum, { unread }) => sum + unread, 0)

export const digestMail = mailTemplate<Digest>('notification-digest', {
  en: ({ organization, items, more, url, settings_url }) => ({
    subject: `${unreadOf(items)} unread in ${organization}`,
    paragraphs: [
      ...lines(items, english, (count) => `${count} records`),
      ...(more > 0 ? [`And ${more} more.`] : []),
    ],
    action: { label: 'Open Rapport', url },
    note: `How often this mail comes, or that it does not: ${settings_url}`,
  }),
  'pt-BR': ({ organization, items, more, url, settings_url }) => ({
    subject: `${unreadOf(items)} não lidas em ${organization}`,
    paragraphs: [
      ...lines(items, portuguese, (count) => `${count} registros`),
      ...(more > 0 ? [`E mais ${more}.`] : []),
    ],
    action: { label: 'Abrir o Rapport', url },
    note: `Com que frequência este e-mail vem, ou se não vem: ${settings_url}`,
  }),
})
