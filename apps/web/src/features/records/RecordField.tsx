import { useTranslation } from 'react-i18next'
import { fieldTypes } from '../../ui/fields/fieldTypes.ts'
import type { CellValue } from '../../ui/fields/types.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import {
  editText,
  formatCell,
  isEmptyValue,
  mayBeEmpty,
  mayEditCell,
  optionsOf,
  parseCell,
  readCell,
} from '../../ui/table/cellValue.ts'
import { tagsIn } from '../tags/wish.ts'
import { RecurrenceField } from '../tasks/RecurrenceField.tsx'
import { FieldLine, InlineField } from './InlineField.tsx'
import type { RecordKind } from './kinds.ts'
import { quiet } from './quiet.ts'
import { relatedIn } from './related.ts'
import { RelationField } from './RelationField.tsx'
import type { ListedRecord } from './stores.ts'
import type { ChangeRecord } from './useChangeRecord.ts'
import { TagsField } from './TagsField.tsx'
import { useFields } from './useFields.ts'
import type { RecordColumn } from './useRecordColumns.tsx'

type Props = { kind: RecordKind; record: ListedRecord; column: RecordColumn; change: ChangeRecord }

/** The editor of a field: the same look, choices and rules as its cell in the table. */
export function RecordField(props: Props) {
  const { kind, record, column, change } = props
  const { to, type } = useFields(kind.object).get(column.id) ?? {}
  if (type === 'tags')
    return (
      <TagsField
        label={column.header}
        tags={tagsIn(record)}
        readOnly={!mayEditCell(column, record)}
        onChange={(wanted) => change(record, column.id, wanted)}
      />
    )
  if (type === 'recurrence')
    return (
      <RecurrenceField
        label={column.header}
        task={record}
        readOnly={!mayEditCell(column, record)}
        onChange={(rule) => change(record, column.id, rule)}
      />
    )
  if (to !== undefined)
    return (
      <RelationField
        label={column.header}
        to={to}
        current={relatedIn(record, column.id)}
        not={to === kind.object ? record.id : undefined}
        readOnly={!mayEditCell(column, record)}
        onChange={(id) => change(record, column.id, id)}
      />
    )
  return fieldTypes[column.type].choice ? <ChosenField {...props} /> : <WrittenField {...props} />
}

function ChosenField({ record, column, change }: Props) {
  const { t } = useTranslation()
  const value = readCell(column, record)
  const { choice, Control, picked = (chosen: string) => chosen } = fieldTypes[column.type]
  const choices = optionsOf(column, record)
  const empties = choice === 'one' && !isEmptyValue(value) && mayBeEmpty(column, record)
  // Told already where it failed.
  const save = (given: CellValue) => void change(record, column.id, given).catch(() => undefined)
  return (
    <FieldLine label={column.header}>
      <Control
        className={quiet}
        label={column.header}
        disabled={!mayEditCell(column, record)}
        value={choice === 'many' ? listOf(value) : isEmptyValue(value) ? null : String(value)}
        options={empties ? [...choices, { value: none, label: t('records.none') }] : choices}
        input={{}}
        placeholder={t('records.not_set')}
        onChange={(chosen) =>
          save(typeof chosen !== 'string' ? chosen : chosen === none ? null : picked(chosen))
        }
      />
    </FieldLine>
  )
}

/** The choice that takes the value away; no stored value is an empty text. */
const none = ''
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

function WrittenField({ record, column, change }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const save = async (text: string) => {
    await fieldTypes[column.type].prepare?.(format)
    const parsed = parseCell(column, record, text, format)
    const problem = parsed.ok
      ? (column.validate?.(parsed.value, record) ?? null)
      : t(`table.edit.${parsed.reason}`)
    if (problem !== null) notify.problem(t('records.toast.not_saved', { field: column.header }), problem)
    if (!parsed.ok || problem !== null) throw new Error(problem ?? '')
    await change(record, column.id, parsed.value)
  }
  return (
    <InlineField
      label={column.header}
      value={editText(column, readCell(column, record), format)}
      look={formatCell(column, record, format)}
      readOnly={!mayEditCell(column, record)}
      input={fieldTypes[column.type].input ?? {}}
      beside={<FieldLink column={column} record={record} />}
      onSave={save}
    />
  )
}

/** One step to whom or what the value leads to. */
function FieldLink({ record, column }: Pick<Props, 'record' | 'column'>) {
  const { t } = useTranslation()
  const { link } = fieldTypes[column.type]
  const value = readCell(column, record)
  const href = isEmptyValue(value) ? undefined : link?.to(String(value))
  if (href === undefined || !link) return null
  const { icon: Icon, label, outside } = link
  return (
    <a
      href={href}
      aria-label={`${t(label)}: ${column.header}`}
      {...(outside ? { target: '_blank', rel: 'noreferrer' } : {})}
      className="rounded-small p-1 text-muted hover:bg-hover hover:text-ink"
    >
      <Icon className="size-4" strokeWidth={1.75} aria-hidden />
    </a>
  )
}
