import { customField, customPrefix } from '@rapport/contracts'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import type { ComboboxOption } from '../../ui/Combobox.tsx'
import type { RecordKind } from '../records/kinds.ts'
import { useFields } from '../records/useFields.ts'
import { customTarget, isCustom, nameParts, targetFields } from './mapping.ts'
import type { Mapping } from './plan.ts'
import { useTargetLabel } from './useTargetLabel.ts'

/** Stands for null, which a choice cannot be. */
export const leaveOut = 'none'

/** What a column can become; a field that another column fills says so. */
export function useTargetOptions(
  { object, title }: Pick<RecordKind, 'object' | 'title'>,
  mapping: Mapping,
  guessed: Mapping,
): (column: string) => ComboboxOption[] {
  const { t } = useTranslation()
  const labelOf = useTargetLabel(object)
  const described = useFields(object)
  const { edits } = useFieldAccess(object)
  const fields = useMemo(() => {
    const others = targetFields(object, described.values()).filter((name) => name !== title && edits(name))
    return [title, ...(title === 'full_name' ? nameParts : []), ...others]
  }, [object, described, title, edits])
  return useCallback(
    (column) => {
      const own = mapping[column]
      const loose = isCustom(own) && !described.has(own) ? own : customTarget(column, guessed, mapping)
      const userOf = new Map(
        Object.entries(mapping).flatMap(([other, target]) =>
          target !== null && other !== column ? [[target, other] as const] : [],
        ),
      )
      return [
        { value: leaveOut, label: t('imports.map.leave_out') },
        ...(edits(customField) && !described.has(loose)
          ? [{ value: loose, label: t('imports.map.custom'), detail: loose.slice(customPrefix.length) }]
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
    [mapping, guessed, fields, described, labelOf, edits, t],
  )
}
