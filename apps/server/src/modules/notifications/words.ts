/** What a notification says where the app is not at hand: in the digest and in a push. */
import type { Notification, NotificationGroup, NotificationType } from '@rapport/contracts'
import type { MailLanguage } from '../../platform/mail/index.ts'

type Words = Record<NotificationType, (name: string, many: boolean) => string>

const english: Words = {
  mentioned_in_note: (name) => `${name} mentioned you in a note`,
  mentioned_in_chat: (name) => `${name} mentioned you`,
  chat_message: (name) => `${name} wrote`,
  chat_reminder: () => 'You wanted to be reminded',
  record_assigned: (name, many) => `${name} gave ${many ? 'them' : 'it'} to you`,
  task_assigned: (name, many) => `${name} gave ${many ? 'them' : 'it'} to you`,
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

const spoken: Record<MailLanguage, Words> = { en: english, 'pt-BR': portuguese }
const records: Record<MailLanguage, (count: number) => string> = {
  en: (count) => `${count} records`,
  'pt-BR': (count) => `${count} registros`,
}

/** What happened. */
export const sentenceOf = ({ type, actor, data }: Notification, language: MailLanguage): string =>
  spoken[language][type](actor?.name ?? 'Rapport', 'count' in data)

/** What it happened to; null for what has no name. */
export function headOf(
  { title, latest }: Pick<NotificationGroup, 'title' | 'latest'>,
  language: MailLanguage,
): string | null {
  const count = latest[0]?.data['count']
  return title ?? (typeof count === 'number' ? records[language](count) : null)
}
