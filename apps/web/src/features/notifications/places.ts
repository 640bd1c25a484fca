/** Where a notification leads. */
import type { Notification, NotificationGroup } from '@rapport/contracts'
import { paths, recordPath } from '../../app/paths.ts'
import { kindOf } from '../records/kinds.ts'

type About = Pick<NotificationGroup, 'object' | 'record_id'>

/** The message that it tells of, if any. */
export const messageOf = ({ data }: Notification): string | null =>
  typeof data['message_id'] === 'string' ? data['message_id'] : null

/** What came of work that took its time: whether of a file, of a search for duplicates, or of many records. */
type Outcome = Pick<Notification, 'type' | 'data'>

/** Null where there is nothing to open. @param message_id in a channel */
export function placeOf(
  { object, record_id }: About,
  message_id: string | null = null,
  outcome: Outcome | null = null,
): string | null {
  if (object === 'account') return paths.security
  if (object === 'api_key') return paths.apiKeys
  if (object === 'member') return paths.members
  if (object === 'job') return placeOfJob(outcome)
  if (record_id === null) return kindOf(object)?.path ?? null
  if (object === 'import') return paths.import(record_id)
  if (object === 'chat_channel')
    return message_id === null ? paths.chatChannel(record_id) : paths.chatMessage(record_id, message_id, null)
  return recordPath(object, record_id)
}

function placeOfJob(outcome: Outcome | null): string | null {
  const of = String(outcome?.data['object'] ?? '')
  if (outcome?.type === 'scan_ended') return paths.duplicatesOf(of)
  if (outcome?.type === 'change_failed') return kindOf(of)?.path ?? null
  return paths.exports
}
