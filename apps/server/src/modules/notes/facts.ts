/** What is told of a note: where it stands on the timeline of its record, and by an event that the record's readers get. */
import type { EventType } from '@rapport/contracts'
import type { Ctx } from '../../platform/tenancy.ts'
import { retellActivity, writeActivities } from '../activities/index.ts'
import type { Place } from '../records/index.ts'
import type { NoteRow } from './repository.ts'

/** A timeline tells the beginning. */
const told_characters = 2_000
/** The audit log only so much that one knows which note it was: its history has the rest. */
const audited_characters = 300

type Written = Pick<NoteRow, 'id' | 'text' | 'version'>

export async function noteOnTimeline(
  ctx: Ctx,
  { kind, id }: Place,
  note: Pick<NoteRow, 'id' | 'text'>,
): Promise<string> {
  const [activity] = await writeActivities(ctx, [
    { object: kind.records.object, record_id: id, type: 'note', ...timelineOf(note, false) },
  ])
  if (!activity) throw new Error('The note was not put on the timeline.')
  return activity.id
}

/** The timeline follows what is written; of a note in the trash it says no more than that there was one. */
export const renoteOnTimeline = (ctx: Ctx, row: NoteRow): Promise<void> =>
  retellActivity(ctx, row.activity_id, timelineOf(row, row.deleted_at !== null))

const timelineOf = ({ id, text }: Pick<NoteRow, 'id' | 'text'>, trashed: boolean) => ({
  body: trashed ? '' : text.slice(0, told_characters),
  data: { note_id: id, what: trashed ? 'trashed' : 'written' },
})

type Fact = {
  type: EventType & `note.${string}`
  data?: Record<string, unknown>
  changes?: { before?: Record<string, unknown>; after?: Record<string, unknown> }
  /** Of the same sitting as a change that was audited. */
  unaudited?: boolean
}

export function emitNote(
  { emit }: Ctx,
  { kind, id, owner_id, version, title }: Place,
  note: Written,
  { type, data = {}, changes = {}, unaudited = false }: Fact,
): void {
  emit({
    type,
    record: { object: kind.records.object, id, version, name: title },
    owner_id,
    data: { note_id: note.id, note_version: note.version, ...data },
    changes,
    ...(unaudited ? { unaudited: true } : {}),
  })
}

export const auditedText = ({ text }: Pick<NoteRow, 'text'>) => ({ text: text.slice(0, audited_characters) })
