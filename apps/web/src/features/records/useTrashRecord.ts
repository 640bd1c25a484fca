import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useUndo } from '../undo/useUndo.ts'
import type { RecordKind } from './kinds.ts'
import type { ListedRecord } from './stores.ts'
import { useTitleOf } from './useTitleOf.ts'

/** Deleting asks nothing, because it can be taken back: by the toast, by `z`, or later from the trash. */
export function useTrashRecord(kind: RecordKind) {
  const { object, store } = kind
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const titleOf = useTitleOf(kind)
  const undo = useUndo()
  const { mutateAsync: remove } = store.useRemove()
  const { mutateAsync: bringBack } = store.useRestore()

  const tell = useCallback(
    async (work: Promise<unknown>, done: () => void) => {
      try {
        await work
        done()
      } catch (error) {
        notify.problem(t('common.problem.title'), describe(error))
      }
    },
    [t, describe],
  )
  return useMemo(
    () => ({
      trash: (record: ListedRecord) =>
        tell(remove(record.id), () =>
          notify.undoable(
            t('records.toast.deleted', { name: titleOf(record) }),
            () => void undo({ object, id: record.id }),
          ),
        ),
      restore: (record: ListedRecord) =>
        tell(bringBack(record.id), () =>
          notify.success(t('records.toast.restored', { name: titleOf(record) })),
        ),
    }),
    [tell, remove, bringBack, undo, object, titleOf, t],
  )
}
