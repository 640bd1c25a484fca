import type { RecordTag } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { MultiCombobox } from '../../ui/Combobox.tsx'
import { StagePill } from '../../ui/StagePill.tsx'
import { useChoosableTags, useNewTag } from '../tags/choices.ts'
import { FieldLine } from './InlineField.tsx'

type Props = {
  label: string
  tags: readonly RecordTag[]
  readOnly: boolean
  onChange: (wanted: string[]) => Promise<void>
}

/** All tags of a record, with those of the organization one click away. */
export function TagsField({ label, tags, readOnly, onChange }: Props) {
  const { t } = useTranslation()
  const options = useChoosableTags(tags)
  const make = useNewTag()
  const names = tags.map(({ name }) => name).join(', ')
  const look =
    tags.length === 0 ? (
      <span className="text-faint">{t('records.not_set')}</span>
    ) : (
      tags.map(({ id, name, color }) => (
        <StagePill key={id} hue={color}>
          {name}
        </StagePill>
      ))
    )
  const shape =
    'flex min-h-control w-full flex-wrap items-center gap-1 rounded-base px-2 py-1 text-left text-13'
  return (
    <FieldLine label={label}>
      {readOnly ? (
        <div className={shape}>{look}</div>
      ) : (
        <MultiCombobox
          value={tags.map(({ id }) => id)}
          options={options}
          make={make}
          searchPlaceholder={t('tags.search')}
          // Told already where it failed.
          onChange={(wanted) => void onChange(wanted).catch(() => undefined)}
          trigger={
            <button
              type="button"
              aria-label={`${label}: ${names || t('records.not_set')}`}
              className={`${shape} hover:bg-hover data-popup-open:bg-hover`}
            >
              {look}
            </button>
          }
        />
      )}
    </FieldLine>
  )
}
