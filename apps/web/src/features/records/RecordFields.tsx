import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { InlineField } from './InlineField.tsx'
import type { RecordKind } from './kinds.ts'
import { labelOfKey } from './labelOfKey.ts'
import { RecordField } from './RecordField.tsx'
import type { ListedRecord } from './stores.ts'
import type { ChangeRecord } from './useChangeRecord.ts'
import { useRecordColumns } from './useRecordColumns.tsx'

type Props = { kind: RecordKind; record: ListedRecord; change: ChangeRecord }

/** All fields of a record in their sections, each edited in its place. */
export function RecordFields({ kind, record, change }: Props) {
  const { t } = useTranslation()
  const { sees, edits } = useFieldAccess(kind.object)
  const { fields } = useRecordColumns(kind)
  const locked = !record.can.update || record.deleted_at !== null
  const custom = Object.entries(record.custom)
  return (
    <div className="flex flex-col gap-5">
      {kind.sections.map((section) => {
        const seen = section.fields.flatMap((name) => fields.get(name) ?? [])
        return seen.length === 0 ? null : (
          <Section key={section.name} title={t(`records.section.${section.name}`)}>
            {seen.map((column) => (
              <div key={column.id} data-field={column.id} className="contents">
                <RecordField kind={kind} record={record} column={column} change={change} />
              </div>
            ))}
          </Section>
        )
      })}
      {sees('custom') && custom.length > 0 ? (
        <Section title={t('records.section.custom')}>
          {custom.map(([key, value]) => (
            <div key={key} data-field={`custom.${key}`} className="contents">
              <InlineField
                label={labelOfKey(key)}
                value={value === null ? '' : String(value)}
                readOnly={locked || !edits('custom')}
                onSave={(next) => change(record, `custom.${key}`, next === '' ? null : next)}
              />
            </div>
          ))}
        </Section>
      ) : null}
    </div>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-0.5">
      <h2 className="mb-1 text-11 font-semibold text-faint uppercase">{title}</h2>
      {children}
    </section>
  )
}
