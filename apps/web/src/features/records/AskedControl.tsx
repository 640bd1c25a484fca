import type { ControllerRenderProps } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { fieldTypes } from '../../ui/fields/fieldTypes.ts'
import type { AskedField, Asked } from './askedFields.ts'
import type { Related } from './related.ts'
import { ReasonInput } from '../pipelines/ReasonInput.tsx'
import { RelationPicker } from './RelationField.tsx'
import { TagsControl } from './TagsControl.tsx'

type Props = {
  field: AskedField
  control: ControllerRenderProps<Asked, string>
  /** Where a relation leads from the start. */
  chosen: Related | null
}

/** The control of a form for a field: that of its type, or a picker of records. */
export function AskedControl({ field, control, chosen }: Props) {
  const { t } = useTranslation()
  const { organization } = useMe()
  const { column, to } = field
  const { onChange, onBlur } = control
  if (to !== undefined) return <RelationPicker to={to} chosen={chosen} onBlur={onBlur} onChange={onChange} />
  if (field.name === 'lost_reason') return <ReasonInput {...control} value={String(control.value ?? '')} />
  if (field.name === 'tags') return <TagsControl control={control} placeholder={t('records.not_set')} />
  const { Control, input = {} } = fieldTypes[column.type]
  return (
    <Control
      {...control}
      input={input}
      options={Array.isArray(column.options) ? column.options : []}
      currency={organization.currency}
      placeholder={t('records.not_set')}
    />
  )
}
