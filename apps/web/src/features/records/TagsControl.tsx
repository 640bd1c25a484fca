import { isTagId } from '@rapport/contracts'
import type { ControllerRenderProps } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { MultiCombobox } from '../../ui/Combobox.tsx'
import { useNewTag, useTagOptions } from '../tags/choices.ts'
import type { Asked } from './askedFields.ts'

type Props = { control: ControllerRenderProps<Asked, string>; placeholder: string }

/** Tags in a form: those of the organization by their ids, and by their names those that the record will bring. */
export function TagsControl({ control, placeholder }: Props) {
  const { t } = useTranslation()
  const known = useTagOptions()
  const make = useNewTag()
  const { value, onChange, onBlur, ref } = control
  const chosen = Array.isArray(value) ? value : []
  const fresh = chosen.filter((one) => !isTagId(one)).map((name) => ({ value: name, label: name }))
  return (
    <MultiCombobox
      ref={ref}
      value={chosen}
      options={[...known, ...fresh]}
      make={make}
      placeholder={placeholder}
      searchPlaceholder={t('tags.search')}
      onChange={onChange}
      onBlur={onBlur}
    />
  )
}
