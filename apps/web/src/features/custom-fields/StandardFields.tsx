import { fieldTypes } from '@rapport/contracts'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFieldLabel } from '../records/useFieldLabel.ts'
import { useFields } from '../records/useFields.ts'

/** What every record of the object has: shown so that nobody makes it a second time. */
export function StandardFields({ object }: { object: string }) {
  const { t } = useTranslation()
  const labelOf = useFieldLabel(object)
  const fields = [...useFields(object).values()].filter(
    ({ name, writable, type }) => writable && type !== 'id' && !name.startsWith('custom.'),
  )
  return (
    <details className="group">
      <summary className="flex cursor-pointer list-none items-center gap-1 rounded-small text-12 font-semibold text-muted hover:text-ink">
        <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden />
        {t('customFields.standard', { count: fields.length })}
      </summary>
      <ul className="mt-1 columns-1 gap-x-6 sm:columns-2">
        {fields.map(({ name, type }) => (
          <li
            key={name}
            className="flex h-8 break-inside-avoid items-center justify-between gap-3 border-b border-line text-13"
          >
            <span className="truncate">{labelOf(name)}</span>
            <span className="shrink-0 text-12 text-faint">
              {t(`customFields.type.${fieldTypes.find((one) => one === type) ?? 'text'}.name`)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
