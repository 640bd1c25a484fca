/** What is told of a file: on the timeline of its record, and by an event that the record's readers get. */
import type { EventType } from '@rapport/contracts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import type { Place } from '../records/index.ts'
import type { AttachmentRow } from './repository.ts'

type Told = Pick<AttachmentRow, 'id' | 'name'>
type Fact = {
  type: EventType & `attachment.${string}`
  changes?: { before?: Record<string, unknown>; after?: Record<string, unknown> }
  unaudited?: boolean
}

export function emitAttachment(
  { emit }: Ctx,
  { kind, id, owner_id, version, title }: Place,
  file: Told,
  { type, changes = {}, unaudited = false }: Fact,
): void {
  emit({
    type,
    record: { object: kind.records.object, id, version, name: title },
    owner_id,
    data: { attachment_id: file.id },
    changes,
    ...(unaudited ? { unaudited: true } : {}),
  })
}

export const tellOnTimeline = async (
  ctx: Ctx,
  { kind, id }: Place,
  file: Told,
  what: 'added' | 'replaced' | 'trashed' | 'restored',
): Promise<void> => {
  const data = { attachment_id: file.id, name: file.name, what }
  await writeActivities(ctx, [{ object: kind.records.object, record_id: id, type: 'attachment', data }])
}
