import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { knownTags } from '../tags/api.ts'
import { tagsIn, wishOf } from '../tags/wish.ts'
import { clashOf } from './conflict.ts'
import type { RecordKind } from './kinds.ts'
import { changeOf } from './recordStore.ts'
import type { ListedRecord } from './stores.ts'
import { useFieldLabel } from './useFieldLabel.ts'
import { useMoveRecord } from './useMoveRecord.ts'

export type ChangeRecord = (record: ListedRecord, field: string, value: unknown) => Promise<void>

/**
 * Saves one field at once. A change by someone else to another field is no conflict; to the same field it is, and the
 * person chooses. Who puts that off sees theirs, and their own value still stands in the editor. A stage is not written
 * but moved to.
 */
export function useChangeRecord(kind: RecordKind): ChangeRecord {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const labelOf = useFieldLabel()
  const { mutateAsync } = kind.store.useUpdate()
  const move = useMoveRecord(kind)

  return useCallback(
    async (record, field, value) => {
      if (field === 'stage_id') return move(record, String(value))
      try {
        if (field === 'tags') {
          const wish = wishOf(tagsIn(record), value, knownTags())
          if (wish) await mutateAsync({ id: record.id, ...wish })
          return
        }
        const change = { ...changeOf({ [field]: value }), version: record.version }
        await mutateAsync({ id: record.id, change })
      } catch (error) {
        const text = clashOf(error) ? t('records.toast.clash', { value: textOf(value) }) : describe(error)
        notify.problem(t('records.toast.not_saved', { field: labelOf(field) }), text)
        throw new Error(text, { cause: error })
      }
    },
    [move, mutateAsync, t, describe, labelOf],
  )
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || Array.isArray(value) ? String(value) : ''
