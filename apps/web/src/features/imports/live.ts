import type { Import, RapportEvent } from '@rapport/contracts'
import { queryClient } from '../../app/queryClient.ts'
import { importKeys, isMoving, patchImport } from './api.ts'

type Progress = Pick<
  Import,
  | 'state'
  | 'phase'
  | 'done'
  | 'total'
  | 'created'
  | 'updated'
  | 'skipped'
  | 'failed'
  | 'companies'
  | 'undone'
  | 'kept'
>

/** An event carries the numbers; only a beginning or an end, which says more, is read from the server. */
export function applyImportEvent(event: RapportEvent): void {
  const progress = event.data as Progress
  const known = queryClient
    .getQueryData<Import[]>(importKeys.list)
    ?.some(({ id, state }) => id === event.record.id && isMoving(state))
  patchImport(event.record.id, progress)
  const isOpen = queryClient.getQueryData(importKeys.record(event.record.id)) !== undefined
  if (isMoving(progress.state) && (known || isOpen)) return
  void queryClient.invalidateQueries({ queryKey: importKeys.all })
}
