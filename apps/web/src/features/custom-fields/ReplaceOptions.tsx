import type { FieldOption } from '@rapport/contracts'
import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import type { TypedOption } from './typedField.ts'

/** What records get in place of options that are taken away; null empties the field. */
export type Replacements = Record<string, string | null>

type Props = {
  gone: readonly FieldOption[]
  left: readonly TypedOption[]
  replacements: Replacements
  onChange: (replacements: Replacements) => void
}

const nothing = 'nothing'

/** Records hold what is taken away: nothing is saved before somebody says what becomes of them. */
export function ReplaceOptions({ gone, left, replacements, onChange }: Props) {
  const { t } = useTranslation()
  const choices = left
    .filter(({ value, label }) => (value || label) !== '')
    .map(({ id, label, color }) => ({ value: id, label, hue: color }))
  const valueOf = (id: string) => {
    const option = left.find((one) => one.id === id)
    return option ? option.value || option.label : null
  }
  return (
    <div role="alert" className="flex flex-col gap-3 rounded-base bg-warn-soft p-3">
      <p className="flex items-start gap-2 text-13 text-warn-ink">
        <TriangleAlert className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} aria-hidden />
        {t('customFields.replace.question')}
      </p>
      {gone.map(({ value, label }) => (
        <Field key={value} label={t('customFields.replace.instead_of', { name: label })}>
          <Select
            value={left.find((one) => (one.value || one.label) === replacements[value])?.id ?? nothing}
            options={[{ value: nothing, label: t('customFields.replace.empty') }, ...choices]}
            onChange={(id) => onChange({ ...replacements, [value]: id === nothing ? null : valueOf(id) })}
          />
        </Field>
      ))}
    </div>
  )
}
