import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'

type Trashed = { id: string }
type Act = () => { mutateAsync: (id: string) => Promise<unknown> }
type TrashStore = { useRemove: Act; useRestore: Act }

/** Deleting asks nothing, because it can be taken back: by the toast, by `z`, or later from the trash. */
export function useTrashRecords<Found extends Trashed>(
  store: TrashStore,
  titleOf: (record: Found) => string,
) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { mutateAsync: remove } = store.useRemove()
  const { mutateAsync: bringBack } = store.useRestore()

  const restore = useCallback(
    async (records: readonly Found[]) => {
      const failed = await failures(records, (record) => bringBack(record.id))
      if (failed) notify.problem(t('common.problem.title'), describe(failed))
      else if (records[0]) notify.success(t('records.toast.restored', { name: titleOf(records[0]) }))
    },
    [bringBack, describe, t, titleOf],
  )

  const trash = useCallback(
    async (records: readonly Found[]) => {
      const failed = await failures(records, (record) => remove(record.id))
      if (failed) return notify.problem(t('common.problem.title'), describe(failed))
      const name = records[0] ? titleOf(records[0]) : ''
      notify.undo(t('records.toast.deleted', { count: records.length, name }), () => void restore(records))
    },
    [remove, restore, describe, t, titleOf],
  )

  return { trash, restore }
}

/** Does all, a few at a time; answers the first failure, or null. */
async function failures<Found>(
  records: readonly Found[],
  act: (record: Found) => Promise<unknown>,
): Promise<unknown> {
  let failed: unknown = null
  for (let start = 0; start < records.length; start += 8) {
    const results = await Promise.allSettled(records.slice(start, start + 8).map(act))
    failed ??= results.find((result) => result.status === 'rejected')?.reason ?? null
  }
  return failed
}
