import { Info } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { namingFields } from './mapping.ts'
import type { RecordKind } from '../records/kinds.ts'
import { useKindWords } from '../records/useKindWords.ts'
import type { Mapping } from './plan.ts'
import { useTargetLabel } from './useTargetLabel.ts'

/** Without a name a lead is named by what else is known of it; says by what. */
export function NamingNotice({ kind, mapping }: { kind: RecordKind; mapping: Mapping }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { wordOf } = useKindWords()
  const one = wordOf(kind, 'one')
  const labelOf = useTargetLabel(kind.object)
  const fields = namingFields(kind.object, mapping).map((field) =>
    labelOf(field).toLocaleLowerCase(format.locale),
  )
  return (
    <div role="note" className="my-2 flex gap-2.5 rounded-base bg-warn-soft px-3 py-2 text-13 text-warn-ink">
      <Info className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} aria-hidden />
      <div>
        <p className="font-medium">{t('imports.name.title')}</p>
        <p>
          {fields.length > 0
            ? t('imports.name.by_fields', { fields: format.either(fields), one })
            : t('imports.name.by_number', { one })}
        </p>
      </div>
    </div>
  )
}
