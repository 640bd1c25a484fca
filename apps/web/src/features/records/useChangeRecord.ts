import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { clashOf } from './conflict.ts'
import type { RecordObject } from './kinds.ts'
import type { BaseRecord } from './recordStore.ts'
import { useFieldLabel } from './useFieldLabel.ts'

type ChangeStore<Change> = {
  useUpdate: () => { mutateAsync: (asked: { id: string; change: Change }) => Promise<unknown> }
}

export type ChangeRecord = (
  record: Pick<BaseRecord, 'id' | 'version'>,
  field: string,
  value: unknown,
) => Promise<void>

/**
 * Saves one field at once and offers to take it back. A change by someone else to another field is no conflict; to the
 * same field it is, and then theirs is shown and ours told.
 */
export function useChangeRecord<Change>(store: ChangeStore<Change>, object: RecordObject): ChangeRecord {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const labelOf = useFieldLabel(object)
  const { mutateAsync } = store.useUpdate()

  return useCallback(
    async (record, field, value) => {
      try {
        const change = { ...changeOf(field, value), version: record.version } as Change
        await mutateAsync({ id: record.id, change })
      } catch (error) {
        const text = clashOf(error) ? t('records.toast.clash', { value: textOf(value) }) : describe(error)
        notify.problem(t('records.toast.not_saved', { field: labelOf(field) }), text)
        throw new Error(text, { cause: error })
      }
    },
    [mutateAsync, t, describe, labelOf],
  )
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || Array.isArray(value) ? String(value) : ''

/** `custom.<key>` is one key of the custom values; everything else is a field. */
function changeOf(field: string, value: unknown): Record<string, unknown> {
  return field.startsWith('custom.') ? { custom: { [field.slice(7)]: value } } : { [field]: value }
}
