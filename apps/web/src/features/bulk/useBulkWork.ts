import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import type { RecordKind } from '../records/kinds.ts'
import { useTrashRecord } from '../records/useTrashRecord.ts'
import { startBulk, type BulkWork } from './api.ts'
import type { Selection } from './useSelection.ts'

/**
 * Shows at once what becomes of the loaded records, and asks for it; what is refused comes back with the job's end. One record by itself is
 * deleted without a job: the message can name it.
 */
export function useBulkWork(kind: RecordKind, selection: Selection): (work: BulkWork) => void {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { trash } = useTrashRecord(kind)
  return useCallback(
    (work) => {
      const { store } = kind
      const { chosen, shown, clear } = selection
      const [id, ...others] = 'ids' in chosen ? chosen.ids : []
      const alone = id !== undefined && others.length === 0 ? store.findListed(id) : undefined
      if (alone && work.action === 'delete') {
        clear()
        return void trash(alone)
      }
      void startBulk(kind, chosen, work).catch((error: unknown) => {
        notify.problem(t('common.problem.title'), describe(error))
        void queryClient.invalidateQueries({ queryKey: store.keys.all })
      })
      for (const id of shown) {
        if (work.action === 'delete' || work.action === 'restore') store.removeListed(id)
        if (work.action === 'assign') store.patch(id, (known) => ({ ...known, owner_id: work.owner_id }))
        if (work.action === 'update') store.patch(id, (known) => ({ ...known, ...work.values }))
      }
      clear()
    },
    [kind, selection, trash, t, describe],
  )
}
