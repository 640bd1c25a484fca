import { accessObjects, type RapportEvent } from '@rapport/contracts'
import { applyBoardEvent } from '../features/board/live.ts'
import { applyJobEvent } from '../features/bulk/api.ts'
import { applyFiguresEvent } from '../features/forecast/live.ts'
import { useFileEvents } from '../features/attachments/useFileEvents.ts'
import { useFollowUpEvents } from '../features/follow-ups/useFollowUpEvents.ts'
import { useChatEvents } from '../features/chat/useChatEvents.ts'
import { useTaskEvents } from '../features/tasks/useTaskEvents.ts'
import { holdsRecords } from '../features/custom-fields/api.ts'
import { applyImportEvent } from '../features/imports/live.ts'
import { useNoteEvents } from '../features/notes/useNoteEvents.ts'
import { privacyKeys } from '../features/privacy/api.ts'
import { kindOf } from '../features/records/kinds.ts'
import { applyRecordEvent } from '../features/records/live.ts'
import { applyTagEvent } from '../features/tags/live.ts'
import { noticeAccessChange } from './access.ts'
import { readPeopleAgain } from './people.ts'
import { queryClient } from './queryClient.ts'
import { useEvents } from './realtime.ts'
import { useMe } from './session.ts'

/** Which lists and records each kind of event makes old. */
const readAgain: Record<string, string[]> = {
  pipeline: ['pipelines', 'board'],
  stage: ['pipelines', 'board'],
  // A conversion changes what records hold, without an event for each.
  custom_field: ['custom-fields'],
  custom_object: ['custom-objects'],
  assignment_rule: ['assignment'],
  member: ['assignment', 'members', 'roles', 'teams'],
  role: ['roles', 'members'],
  team: ['teams', 'members'],
  invitation: ['invitations'],
  view: ['views'],
  privacy_request: ['privacy'],
  data_transfer: ['privacy'],
  organization: ['me', 'features', 'follow-ups', 'pipelines'],
  // Either side of a link shows the other.
  contact: ['contact-links'],
  lead: ['contact-links', 'conversion'],
  deal: ['contact-links', 'deal-totals', 'line-items'],
}

/** Keeps what is on screen in step with what others do. Belongs once into the shell. */
export function useLiveUpdates(): void {
  const { user } = useMe()
  useFollowUpEvents()
  useNoteEvents()
  useTaskEvents()
  useChatEvents()
  useFileEvents()
  useEvents((event: RapportEvent) => {
    const byMe = event.actor.id === user.id
    // They are told of their record, whose fields stay as they are.
    const isBeside =
      event.type.startsWith('follow_up.') ||
      event.type.startsWith('note.') ||
      event.type.startsWith('attachment.') ||
      event.type.startsWith('duplicate.') ||
      event.type.startsWith('chat.') ||
      event.type === 'task.due'
    const kind = isBeside ? undefined : kindOf(event.record.object)
    if (kind) applyRecordEvent(kind.store, event, byMe)
    if (kind?.staged) applyBoardEvent(event, byMe)
    applyFiguresEvent(event)
    if (event.type.startsWith('duplicate.')) void queryClient.invalidateQueries({ queryKey: ['duplicates'] })
    if (event.record.object === 'import') applyImportEvent(event)
    if (event.record.object === 'tag') applyTagEvent(event)
    if (event.record.object === 'job') applyJobEvent(event)
    if (event.type === 'consent.recorded')
      void queryClient.invalidateQueries({ queryKey: privacyKeys.consents(event.record.id) })
    if (event.record.object === 'custom_field')
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => holdsRecords(String(queryKey[0])) })
    if (event.record.object === 'presence') readPeopleAgain()
    if (accessObjects.has(event.record.object)) noticeAccessChange()
    for (const key of readAgain[event.record.object] ?? [])
      void queryClient.invalidateQueries({ queryKey: [key] })
  })
}
