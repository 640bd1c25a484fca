import type { CustomValue } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MultiCombobox } from '../../ui/Combobox.tsx'
import { Input } from '../../ui/Input.tsx'
import { Select } from '../../ui/Select.tsx'
import { parseNumber } from '../../ui/table/cellValue.ts'
import { Textarea } from '../../ui/Textarea.tsx'
import type { TypedField } from './typedField.ts'

type Props = { typed: TypedField; value: CustomValue; onChange: (value: CustomValue) => void }

const none = ''

/** What new records begin with, edited as the type is. */
export function DefaultEditor({ typed, value, onChange }: Props) {
  const { t } = useTranslation()
  const choices = typed.options
    .filter(({ label }) => label !== '')
    .map(({ value: own, label, color }) => ({ value: own || label, label, hue: color }))
  switch (typed.type) {
    case 'boolean':
      return (
        <Select
          value={value === null ? none : String(value)}
          options={[
            { value: none, label: t('common.field.none') },
            { value: 'true', label: t('table.boolean.yes') },
            { value: 'false', label: t('table.boolean.no') },
          ]}
          onChange={(chosen) => onChange(chosen === none ? null : chosen === 'true')}
        />
      )
    case 'select':
      return (
        <Select
          value={typeof value === 'string' ? value : none}
          options={[{ value: none, label: t('common.field.none') }, ...choices]}
          onChange={(chosen) => onChange(chosen === none ? null : chosen)}
        />
      )
    case 'multi_select':
      return (
        <MultiCombobox
          value={Array.isArray(value) ? value : []}
          options={choices}
          placeholder={t('common.field.none')}
          onChange={(chosen) => onChange(chosen.length > 0 ? chosen : null)}
        />
      )
    case 'number':
    case 'money':
      return <NumberDefault value={value} onChange={onChange} />
    case 'long_text':
      return <Textarea value={textOf(value)} onChange={(event) => onChange(event.target.value || null)} />
    default:
      return (
        <Input
          type={typed.type === 'date' ? 'date' : 'text'}
          value={textOf(value)}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )
  }
}

const textOf = (value: CustomValue): string => (typeof value === 'string' ? value : '')

/** Kept as typed until it is a number. */
function NumberDefault({ value, onChange }: Omit<Props, 'typed'>) {
  const { i18n } = useTranslation()
  const [text, setText] = useState(
    typeof value === 'number'
      ? new Intl.NumberFormat(i18n.language, { useGrouping: false, maximumFractionDigits: 10 }).format(value)
      : '',
  )
  return (
    <Input
      inputMode="decimal"
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        const typed = event.target.value.trim()
        // What is no number goes to the form as it is, which refuses it by the server's words.
        onChange(typed === '' ? null : (parseNumber(typed, i18n.language) ?? typed))
      }}
    />
  )
}
