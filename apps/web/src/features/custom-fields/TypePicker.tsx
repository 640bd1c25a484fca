import { customFieldTypes, type CustomFieldType } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { typeIcons } from './typeIcons.ts'

/** Every type with what it is for and an example. */
export function TypePicker({ onPick }: { onPick: (type: CustomFieldType) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="pb-2 text-13 text-muted">{t('customFields.choose_type')}</p>
      <ul className="grid gap-1 pb-2 sm:grid-cols-2" aria-label={t('customFields.choose_type')}>
        {customFieldTypes.map((type) => {
          const Icon = typeIcons[type]
          return (
            <li key={type}>
              <button
                type="button"
                onClick={() => onPick(type)}
                className="flex w-full items-start gap-2.5 rounded-base p-2 text-left hover:bg-hover"
              >
                <Icon className="mt-0.5 size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
                <span className="min-w-0">
                  <span className="block text-13 font-medium">{t(`customFields.type.${type}.name`)}</span>
                  <span className="block text-12 text-muted">{t(`customFields.type.${type}.text`)}</span>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}
