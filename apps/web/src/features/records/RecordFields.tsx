import { relationName, type FieldDescription } from '@rapport/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { Combobox } from '../../ui/Combobox.tsx'
import { useFormat } from '../../ui/format.ts'
import { parseNumber } from '../../ui/table/cellValue.ts'
import { FieldLine, InlineField, type InlineFieldProps } from './InlineField.tsx'
import { fieldsOf, type RecordKind } from './kinds.ts'
import { labelOfKey } from './labelOfKey.ts'
import { quiet } from './quiet.ts'
import { RelationField } from './RelationField.tsx'
import type { ListedRecord } from './stores.ts'
import type { ChangeRecord } from './useChangeRecord.ts'
import { useFieldLabel } from './useFieldLabel.ts'
import { usePeople } from './useRecordColumns.tsx'

type Props = { kind: RecordKind; record: ListedRecord; change: ChangeRecord }

/** All fields of a record in their sections, each edited in its place. */
export function RecordFields({ kind, record, change }: Props) {
  const { t } = useTranslation()
  const { sees, edits } = useFieldAccess(kind.object)
  const fields = fieldsOf(kind.object)
  const locked = !record.can.update || record.deleted_at !== null
  const custom = Object.entries(record.custom)
  return (
    <div className="flex flex-col gap-5">
      {kind.sections.map((section) => {
        const seen = section.fields
          .map((name) => fields.get(name))
          .filter((field) => field && sees(field.name))
        return seen.length === 0 ? null : (
          <Section key={section.name} title={t(`records.section.${section.name}`)}>
            {seen.map((field) =>
              field ? (
                <RecordField
                  key={field.name}
                  kind={kind}
                  record={record}
                  field={field}
                  readOnly={locked || !edits(field.name)}
                  change={change}
                />
              ) : null,
            )}
          </Section>
        )
      })}
      {sees('custom') && custom.length > 0 ? (
        <Section title={t('records.section.custom')}>
          {custom.map(([key, value]) => (
            <InlineField
              key={key}
              label={labelOfKey(key)}
              value={value === null ? '' : String(value)}
              readOnly={locked || !edits('custom')}
              onSave={(next) => change(record, `custom.${key}`, next === '' ? null : next)}
            />
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

const inputTypes: Partial<Record<FieldDescription['type'], InlineFieldProps['type']>> = {
  email: 'email',
  phone: 'tel',
  url: 'url',
}

type FieldProps = Props & { field: FieldDescription; readOnly: boolean }

/** The editor of a field, by its type. */
function RecordField(props: FieldProps) {
  const { kind, record, field, readOnly, change } = props
  const label = useFieldLabel(kind.object)(field.name)
  const value = record[field.name]
  switch (field.type) {
    case 'user':
      return <PersonField {...props} />
    case 'relation':
      return (
        <RelationField
          label={label}
          to={field.to ?? ''}
          current={record[relationName(field.name)] as { id: string; name: string } | null | undefined}
          not={field.to === kind.object ? record.id : undefined}
          readOnly={readOnly}
          onChange={(id) => change(record, field.name, id)}
        />
      )
    case 'emails':
    case 'phones':
      return (
        <InlineField
          label={label}
          value={((value ?? []) as string[]).join(', ')}
          readOnly={readOnly}
          onSave={(text) =>
            change(
              record,
              field.name,
              text
                .split(/[,;]\s*/)
                .map((one) => one.trim())
                .filter(Boolean),
            )
          }
        />
      )
    case 'number':
    case 'money':
      return <AmountField {...props} />
    default:
      return (
        <InlineField
          label={label}
          value={value == null ? '' : String(value)}
          readOnly={readOnly}
          type={inputTypes[field.type] ?? 'text'}
          onSave={(text) => change(record, field.name, text === '' ? null : text)}
        />
      )
  }
}

function PersonField({ kind, record, field, readOnly, change }: FieldProps) {
  const { t } = useTranslation()
  const label = useFieldLabel(kind.object)(field.name)
  const value = record[field.name]
  return (
    <FieldLine label={label}>
      <Combobox
        className={quiet}
        label={label}
        disabled={readOnly}
        value={typeof value === 'string' ? value : null}
        options={usePeople()}
        placeholder={t('records.not_set')}
        onChange={(id) => void change(record, field.name, id).catch(() => undefined)}
      />
    </FieldLine>
  )
}

function AmountField({ kind, record, field, readOnly, change }: FieldProps) {
  const { i18n } = useTranslation()
  const format = useFormat()
  const label = useFieldLabel(kind.object)(field.name)
  const value = record[field.name]
  const amount = typeof value === 'number' ? value : null
  const look =
    field.type === 'money' && amount !== null
      ? format.money(amount, String(record['currency']))
      : amount === null
        ? undefined
        : format.number(amount)
  return (
    <InlineField
      label={label}
      value={amount === null ? '' : String(amount)}
      look={look}
      readOnly={readOnly}
      type="number"
      onSave={(text) => change(record, field.name, text === '' ? null : parseNumber(text, i18n.language))}
    />
  )
}
