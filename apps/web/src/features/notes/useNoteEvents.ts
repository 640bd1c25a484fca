import { useEvents } from '../../app/realtime.ts'
import { readNotesAgain } from './api.ts'

/** What others write is shown as it happens; who is mentioned is told by a notification. */
export function useNoteEvents(): void {
  useEvents((event) => {
    if (event.type.startsWith('note.') && event.type !== 'note.mentioned') readNotesAgain(event.record)
  })
}
