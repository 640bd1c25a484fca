import { customField, customPrefix } from '@rapport/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import type { ComboboxOption } from '../../ui/Combobox.tsx'
import { customTarget, isCustom, nameParts, targetFields } from './mapping.ts'
import type { Mapping } from './plan.ts'
import { useTargetLabel } from './useTargetLabel.ts'

/** Stands for null, which a choice cannot be. */
export const leaveOut = 'none'

/** What a column can become; a field that another column fills says so. */
export function useTargetOptions(mapping: Mapping, guessed: Mapping): (column: string) => ComboboxOption[] {
  const { t } = useTranslation()
  const labelOf = useTargetLabel()
  const { edits } = useFieldAccess('lead')
  return useCallback(
    (column) => {
      const own = mapping[column]
      const custom = isCustom(own) ? own : customTarget(column, guessed, mapping)
      const userOf = new Map(
        Object.entries(mapping).flatMap(([other, target]) =>
          target !== null && other !== column ? [[target, other] as const] : [],
        ),
      )
      const others = targetFields.filter((name) => name !== 'full_name' && edits(name))
      const fields = ['full_name', ...nameParts, ...others]
      return [
        { value: leaveOut, label: t('imports.map.leave_out') },
        ...(edits(customField)
          ? [{ value: custom, label: t('imports.map.custom'), detail: custom.slice(customPrefix.length) }]
          : []),
        ...fields.map((value) => {
          const user = userOf.get(value)
          return {
            value,
            label: labelOf(value),
            ...(user ? { detail: t('imports.map.used_by', { column: user }) } : {}),
          }
        }),
      ]
    },
    [mapping, guessed, labelOf, edits, t],
  )
}
