/** How an import is shown: in answers and in the event that moves progress bars. */
import type { Import, ImportUpload } from '@rapport/contracts'
import type { NewEvent } from '../../platform/events/outbox.ts'
import type { ImportRow } from './repository.ts'

export function presentImport(row: ImportRow): Import {
  const { organization_id: _, file_key: __, layout: ___, ...shown } = row
  return shown as Import
}

export function presentUpload(row: ImportRow): ImportUpload {
  const { columns, guessed_mapping, sample } = row.layout
  return {
    ...presentImport(row),
    columns: columns.map(({ name, filled, examples }) => ({ name, filled, examples })),
    guessed_mapping,
    sample,
  }
}

export function progressOf(row: ImportRow): NewEvent {
  const { id, created_by, state, done, total, created, updated, skipped, failed } = row
  return {
    type: 'import.progressed',
    record: { object: 'import', id },
    owner_id: created_by,
    data: { state, done, total, created, updated, skipped, failed },
  }
}
