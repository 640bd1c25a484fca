import type { ControllerRenderProps } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Combobox, MultiCombobox } from '../../ui/Combobox.tsx'
import { Input } from '../../ui/Input.tsx'
import { Select } from '../../ui/Select.tsx'
import { isChosen } from '../../ui/table/cellValue.ts'
import type { ColumnType } from '../../ui/table/types.ts'
import { Textarea } from '../../ui/Textarea.tsx'
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

const inputTypes: Partial<Record<ColumnType, 'date' | 'datetime-local'>> = {
  date: 'date',
  datetime: 'datetime-local',
}

/** The control of a form for a field of this type. */
export function AskedControl({ field, control, chosen }: Props) {
  const { t } = useTranslation()
  const { organization } = useMe()
  const { column, to } = field
  const { value, onChange, onBlur, ...rest } = control
  if (to !== undefined) return <RelationPicker to={to} chosen={chosen} onBlur={onBlur} onChange={onChange} />
  const options = Array.isArray(column.options) ? column.options : []
  const placeholder = t('records.not_set')
  if (column.type === 'multi_select') {
    const chosen = Array.isArray(value) ? value : []
    return <MultiCombobox value={chosen} onChange={onChange} options={options} placeholder={placeholder} />
  }
  const text = typeof value === 'string' ? value : null
  const choice = { value: text, onChange, onBlur, options, placeholder }
  if (column.type === 'user' || options.length > fewChoices) return <Combobox {...choice} />
  if (isChosen(column.type)) return <Select {...choice} />
  if (column.type === 'long_text')
    return <Textarea {...rest} value={text ?? ''} onChange={onChange} onBlur={onBlur} />
  const inputMode = inputModes[column.type]
  const inputType = inputTypes[column.type]
  return (
    <Input
      {...rest}
      value={text ?? ''}
      onChange={onChange}
      onBlur={onBlur}
      autoComplete="off"
      {...(inputType ? { type: inputType } : {})}
      {...(inputMode ? { inputMode } : {})}
      {...(column.type === 'money'
        ? { trailing: <span className="px-2">{organization.currency}</span> }
        : {})}
    />
  )
}
