import type { UndoneChange } from '@rapport/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { notify } from '../../ui/notify.ts'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { followJob } from '../bulk/followed.ts'
import { readConvertedAgain } from '../conversion/api.ts'
import { kindOf } from '../records/kinds.ts'
import { labelOfKey } from '../records/labelOfKey.ts'

/** A record whose last change is meant. */
type Named = { object: string; id: string }

/**
 * Takes back one's own last change, whichever page, tab or device it was made on, and tells what that was. Asked again,
 * it goes on to the one before.
 */
export function useUndo(): (named?: Named) => Promise<void> {
  const { t, i18n } = useTranslation()
  const describe = useDescribeProblem()

  return useCallback(
    async (named) => {
      try {
        const undone = await rapport.undo.undo({ body: named ?? {} })
        if (undone.job_id !== null) return followJob(undone.job_id)
        readAgain(undone)
        if (undone.action === 'convert') readConvertedAgain()
        const name = undone.name ?? t('records.unknown')
        const fields = undone.kept.map((field) => {
          const key = `records.field.${field}`
          return i18n.exists(key) ? t(key as 'records.field.name') : labelOfKey(field)
        })
        notify.success(
          t(`undo.done.${undone.action}`, { name }),
          fields.length > 0 ? t('undo.kept', { fields: fields.join(', ') }) : undefined,
        )
      } catch (error) {
        if (isProblem(error) && error.code === 'change_not_found') return notify.success(t('undo.nothing'))
        const since = isProblem(error) && error.status === 409
        notify.problem(t('undo.failed'), since ? t('undo.changed_since') : describe(error))
      }
    },
    [t, i18n, describe],
  )
}

/** What only this page knows of comes first when it is the later one. */
export function useUndoLast(): () => void {
  const undo = useUndo()
  return useCallback(() => {
    const offer = notify.latestOffer()
    if (!offer) return void undo()
    void rapport.undo
      .peek()
      .then(({ change }) => (change ? Date.parse(change.changed_at) : 0))
      .catch(() => 0)
      .then((changed_at) => (changed_at > offer.offered_at ? undo() : offer.undo()))
  }, [undo])
}

function readAgain({ object, id }: UndoneChange): void {
  const keys = kindOf(object)?.store.keys
  if (!keys || id === null) return
  for (const queryKey of [keys.record(id), keys.timeline(id), keys.lists, ['board']])
    void queryClient.invalidateQueries({ queryKey })
}
