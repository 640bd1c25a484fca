/** What a notification says. */
import type { Notification, NotificationGroup } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { kindOf } from '../records/kinds.ts'
import { useKindWords } from '../records/useKindWords.ts'

export function useNotificationWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const { wordOf, countOf } = useKindWords()

  const manyOf = (object: string, count: number): string => {
    const kind = kindOf(object)
    return kind ? countOf(kind, count, format.number(count)) : format.number(count)
  }

  /** What it is about. */
  const titleOf = ({ object, record_id, title, latest }: NotificationGroup): string => {
    if (title !== null) return title
    const [{ type, data } = { type: null, data: {} }] = latest
    if (record_id === null) return manyOf(object, Number((data as Notification['data'])['count'] ?? 0))
    if (
      type === 'export_ended' ||
      type === 'scan_ended' ||
      type === 'import_ended' ||
      type === 'change_failed'
    )
      return t(`notifications.about.${type}`)
    if (object === 'account') return t('notifications.about.account')
    if (object === 'api_key') return t('notifications.about.api_key')
    const kind = kindOf(object)
    return kind ? wordOf(kind, 'one') : t('notifications.about.something')
  }

  /** What happened to it. */
  const sentenceOf = ({ type, actor, data }: Notification): string => {
    const name = actor?.name ?? t('notes.somebody')
    if (type === 'mentioned_in_note') return t('notes.mentioned', { name })
    if (type === 'record_assigned' || type === 'task_assigned') {
      const count = Number(data['count'] ?? 1)
      return actor
        ? t('notifications.said.assigned_by', { name, count })
        : t('notifications.said.assigned', { count })
    }
    if (type === 'follow_up_due') {
      const channel = data['channel'] as 'call'
      return `${t('followUps.number', { number: Number(data['number']) })} · ${t(`followUps.channel.${channel}`)}`
    }
    if (type === 'stage_changed')
      return t('notifications.said.stage_changed', { name, stage: String(data['stage'] ?? '') })
    if (type === 'import_ended' || type === 'export_ended' || type === 'scan_ended')
      return data['state'] === 'failed' ? t('notifications.said.failed') : t(`notifications.said.${type}`)
    if (type === 'account_secured') return t(`notifications.news.${data['what'] as 'new_log_in'}`, { name })
    return t(`notifications.said.${type}`, { name })
  }

  /** For a message that stands alone. */
  const headlineOf = (group: NotificationGroup, one: Notification): string => {
    const title = titleOf(group)
    if (one.type === 'follow_up_due') return t('followUps.reminder', { name: title })
    if (one.type === 'task_due') return t('tasks.reminder', { title })
    return sentenceOf(one)
  }
  const detailOf = (group: NotificationGroup, one: Notification): string => {
    if (one.type === 'follow_up_due') return sentenceOf(one)
    return one.type === 'task_due' ? '' : titleOf(group)
  }
  return { titleOf, sentenceOf, headlineOf, detailOf }
}
