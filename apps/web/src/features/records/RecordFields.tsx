import { useTranslation } from 'react-i18next'
import type { RecordKind } from './kinds.ts'
import { RecordField } from './RecordField.tsx'
import { Section } from './RecordSection.tsx'
import type { ListedRecord } from './stores.ts'
import type { ChangeRecord } from './useChangeRecord.ts'
import { customKeyOf } from './useFields.ts'
import { useRecordColumns, type RecordColumn } from './useRecordColumns.tsx'
import { UnnamedValues } from './UnnamedValues.tsx'

type Props = { kind: RecordKind; record: ListedRecord; change: ChangeRecord }

/** All fields of a record in their sections, each edited in its place. */
export function RecordFields(props: Props) {
  const { kind } = props
  const { t } = useTranslation()
  const { fields } = useRecordColumns(kind)
  const own = [...fields.values()].filter(({ id }) => customKeyOf(id) !== undefined)
  const sections = kind.sections.map(({ name, fields: names }) => ({
    title: t(`records.section.${name}`),
    columns: names.flatMap((one) => fields.get(one) ?? []),
  }))
  return (
    <div className="flex flex-col gap-5">
      {[...sections, { title: t('records.section.custom'), columns: own }].map(({ title, columns }) => (
        <FieldSection key={title} title={title} columns={columns} {...props} />
      ))}
      <UnnamedValues {...props} />
    </div>
  )
}

function FieldSection({ title, columns, ...props }: Props & { title: string; columns: RecordColumn[] }) {
  if (columns.length === 0) return null
  return (
    <Section title={title}>
      {columns.map((column) => (
        <div key={column.id} data-field={column.id} className="contents">
          <RecordField column={column} {...props} />
        </div>
      ))}
    </Section>
  )
}
