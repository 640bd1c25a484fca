import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { useMay } from '../../app/session.ts'
import { customFieldsQuery } from '../custom-fields/api.ts'
import { InlineField } from './InlineField.tsx'
import type { RecordKind } from './kinds.ts'
import { labelOfKey } from './labelOfKey.ts'
import { Section } from './RecordSection.tsx'
import type { ListedRecord } from './stores.ts'
import type { ChangeRecord } from './useChangeRecord.ts'

type Props = { kind: RecordKind; record: ListedRecord; change: ChangeRecord }

/** What programs and files brought along under keys that nobody has made a field of. */
export function UnnamedValues({ kind, record, change }: Props) {
  const { t } = useTranslation()
  const { sees, edits } = useFieldAccess(kind.object)
  const { data: made = [] } = useQuery({ ...customFieldsQuery, enabled: useMay('custom_fields:read') })
  const named = new Set(made.filter(({ object }) => object === kind.object).map(({ key }) => key))
  const values = Object.entries(record.custom).filter(([key]) => !named.has(key) && sees(`custom.${key}`))
  if (values.length === 0) return null
  const locked = !record.can.update || record.deleted_at !== null
  return (
    <Section title={t('records.section.unnamed')}>
      {values.map(([key, value]) => (
        <div key={key} data-field={`custom.${key}`} className="contents">
          <InlineField
            label={labelOfKey(key)}
            value={value === null ? '' : String(value)}
            readOnly={locked || !edits(`custom.${key}`)}
            onSave={(next) => change(record, `custom.${key}`, next === '' ? null : next)}
          />
        </div>
      ))}
    </Section>
  )
}
