/** How an import is shown: in answers and in the event that moves progress bars. */
import type { Import, ImportUpload } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import type { NewEvent } from '../../platform/events/outbox.ts'
import { mayMakeCompanies, mayMapTo } from './access.ts'
import { importKind } from './kinds.ts'
import type { ImportRow } from './repository.ts'

export function presentImport(row: ImportRow): Import {
  const { organization_id: _, file_key: __, layout: ___, source_key: ____, date_order: _____, ...shown } = row
  return shown as Import
}

/** The guess leaves out what the actor's role may not fill, so that it can be started as it is. */
export function presentUpload(actor: Actor, row: ImportRow): ImportUpload {
  const { columns, guessed_mapping, sample, format, is_remembered = false } = row.layout
  const kind = importKind(row.object, actor)
  const mayMake = mayMakeCompanies(actor)
  const { encoding, delimiter, declared, workbook = false, sheets = [] } = format
  return {
    ...presentImport(row),
    columns: columns.map(({ decimal_mark: _, is_share: __, missing_relation = null, ...column }) => ({
      ...ofBefore,
      ...column,
      missing_relation:
        missing_relation !== null && mayMake && mayMapTo(actor, kind, missing_relation)
          ? missing_relation
          : null,
    })),
    guessed_mapping: Object.fromEntries(
      Object.entries(guessed_mapping).map(([column, target]) => [
        column,
        target !== null && mayMapTo(actor, kind, target) ? target : null,
      ]),
    ),
    is_remembered,
    reading: {
      encoding,
      delimiter,
      header_row: format.header_row ?? (declared ? 2 : 1),
      is_workbook: workbook,
      sheets: sheets.map(({ name }) => name),
      sheet: sheets.find(({ file_key }) => file_key === row.file_key)?.name ?? null,
    },
    sample,
  }
}

/** What was not looked for in files of before. */
const ofBefore = { suggested_field: null, date_order: null }

/** @param before the state that it leaves; without one it only got further, which is nothing to keep a log of. */
export function progressOf(row: ImportRow, before?: string): NewEvent {
  const { id, created_by, state, phase, file_name } = row
  const { done, total, created, updated, skipped, failed, unreadable, companies, undone, kept } = row
  const counts = { done, total, created, updated, skipped, failed, unreadable, companies, undone, kept }
  const { mapping, duplicate_policy } = row
  const plan = state === 'running' ? { mapping, duplicate_policy } : {}
  return {
    type: 'import.progressed',
    record: { object: 'import', id, name: file_name },
    ...(before === undefined
      ? { unaudited: true }
      : { changes: { before: { state: before }, after: { state, ...counts, ...plan } } }),
    owner_id: created_by,
    data: { state, phase, ...counts },
  }
}
