import type { Attachment } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { FilePlace } from './places.ts'
import type { AttachmentRow, VersionRow } from './repository.ts'

const person = (id: string | null, name: string | null) => ({ id, name: name ?? 'Rapport' })

/** What is still arriving is seen by who sends it. */
export function presentAttachment(actor: Actor, place: FilePlace, row: AttachmentRow): Attachment {
  const { id, object, record_id, name, current, created_at, deleted_at } = row
  const seen = row.versions.filter(
    ({ size, received, created_by }) => received === size || created_by === actor.user_id,
  )
  return {
    id,
    record: { object, id: record_id },
    name,
    current,
    versions: seen.map(presentVersion),
    author: person(row.created_by, row.author_name),
    created_at,
    deleted_at,
    can: {
      update: deleted_at === null && place.mayWrite,
      delete: place.mayTidy(row.created_by),
    },
  }
}

const presentVersion = ({
  number,
  size,
  received,
  media_type,
  preview,
  created_by,
  by_name,
  created_at,
}: VersionRow) => ({
  number,
  size,
  received,
  media_type,
  preview,
  by: person(created_by, by_name),
  created_at,
})
