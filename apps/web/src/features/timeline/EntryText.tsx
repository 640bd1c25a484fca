import type { Activity } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { noteQuery } from '../notes/api.ts'
import { NoteText } from '../notes/NoteText.tsx'

/** How a text says that somebody or a record is named, of which it keeps no names. */
const unnamed = /@…|#…/

/** What was written. A note that names somebody is asked for, as names are told to each reader by themselves. */
export function EntryText({ activity }: { activity: Activity }) {
  const { note_id } = activity.data
  const names = typeof note_id === 'string' && unnamed.test(activity.body ?? '')
  const { data: note } = useQuery({ ...noteQuery(String(note_id)), enabled: names })
  if (!activity.body) return null
  return (
    <div className="mt-1 rounded-base bg-sunken px-2.5 py-2 text-13 break-words">
      {names && note ? <NoteText note={note} /> : <p className="whitespace-pre-wrap">{activity.body}</p>}
    </div>
  )
}
