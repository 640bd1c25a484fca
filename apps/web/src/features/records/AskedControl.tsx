import type { ControllerRenderProps } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Combobox } from '../../ui/Combobox.tsx'
import { Input } from '../../ui/Input.tsx'
import { Select } from '../../ui/Select.tsx'
import type { ColumnType } from '../../ui/table/types.ts'
import type { AskedField, Typed } from './askedFields.ts'
import type { Related } from './related.ts'
import { RelationPicker } from './RelationField.tsx'
import { fewChoices } from './useChoices.ts'

type Props = {
  field: AskedField
  control: ControllerRenderProps<Typed, string>
  /** Where a relation leads from the start. */
  chosen: Related | null
}

const inputModes: Partial<Record<ColumnType, 'email' | 'tel' | 'url' | 'decimal'>> = {
  email: 'email',
  phone: 'tel',
  url: 'url',
  number: 'decimal',
  money: 'decimal',
}

/** The control of a form for a field of this type. */
export function AskedControl({ field, control, chosen }: Props) {
  const { t } = useTranslation()
  const { organization } = useMe()
  const { column, to } = field
  const { value, onChange, onBlur, ...rest } = control
  if (to !== undefined) return <RelationPicker to={to} chosen={chosen} onBlur={onBlur} onChange={onChange} />
  const options = Array.isArray(column.options) ? column.options : []
  const choice = { value, onChange, onBlur, options, placeholder: t('records.not_set') }
  if (column.type === 'user' || options.length > fewChoices) return <Combobox {...choice} />
  if (column.type === 'select') return <Select {...choice} />
  const inputMode = inputModes[column.type]
  return (
    <Input
      {...rest}
      value={value ?? ''}
      onChange={onChange}
      onBlur={onBlur}
      autoComplete="off"
      {...(column.type === 'date' ? { type: 'date' as const } : {})}
      {...(inputMode ? { inputMode } : {})}
      {...(column.type === 'money'
        ? { trailing: <span className="px-2">{organization.currency}</span> }
        : {})}
    />
  )
}
