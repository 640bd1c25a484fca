import type { CustomValue } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { fieldTypes } from '../../ui/fields/fieldTypes.ts'
import type { FieldType } from '../../ui/fields/types.ts'
import type { TypedField } from './typedField.ts'

type Props = { typed: TypedField; value: CustomValue; onChange: (value: CustomValue) => void }

const none = ''

/** What new records begin with, edited as the type is. */
export function DefaultEditor({ typed, value, onChange }: Props) {
  // Where these lead or what they result in is the record's own: they have no default.
  if (typed.type === 'relation' || typed.type === 'formula') return null
  const type = fieldTypes[typed.type]
  return type.choice ? (
    <ChosenDefault type={type} {...{ typed, value, onChange }} />
  ) : (
    <WrittenDefault type={type} {...{ value, onChange }} />
  )
}

function ChosenDefault({ type, typed, value, onChange }: Props & { type: FieldType }) {
  const { t } = useTranslation()
  const { Control, choice, picked = (chosen: string) => chosen } = type
  const blank = { value: none, label: t('common.field.none') }
  const own =
    typed.type === 'boolean'
      ? [
          { value: 'true', label: t('table.boolean.yes') },
          { value: 'false', label: t('table.boolean.no') },
        ]
      : typed.options
          .filter(({ label }) => label !== '')
          .map(({ value: known, label, color }) => ({ value: known || label, label, hue: color }))
  return (
    <Control
      input={{}}
      value={Array.isArray(value) ? value : value === null ? none : String(value)}
      options={choice === 'many' ? own : [blank, ...own]}
      placeholder={t('common.field.none')}
      onChange={(chosen) => {
        if (typeof chosen === 'string') onChange(chosen === none ? null : (picked(chosen) as CustomValue))
        else onChange(chosen && chosen.length > 0 ? chosen : null)
      }}
    />
  )
}

/** Kept as typed; what the type cannot read goes to the form as it is, which refuses it by the server's words. */
function WrittenDefault({ type, value, onChange }: Omit<Props, 'typed'> & { type: FieldType }) {
  const format = useFormat()
  const [text, setText] = useState(value === null ? '' : type.draft(value, format))
  return (
    <type.Control
      options={[]}
      input={type.input ?? {}}
      value={text}
      onChange={(next) => {
        const typed = typeof next === 'string' ? next : ''
        setText(typed)
        if (typed.trim() === '') return onChange(null)
        const parsed = type.read(typed.trim(), { options: [] }, format)
        onChange(parsed.ok ? (parsed.value as CustomValue) : typed)
      }}
    />
  )
}
