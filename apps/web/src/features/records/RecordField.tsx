import { ArrowUpRight, Mail, Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Combobox, MultiCombobox } from '../../ui/Combobox.tsx'
import { useFormat } from '../../ui/format.ts'
import { linkTo } from '../../ui/linkTo.ts'
import { notify } from '../../ui/notify.ts'
import { Select } from '../../ui/Select.tsx'
import {
  editText,
  formatCell,
  isChosen,
  isEmptyValue,
  mayEditCell,
  optionsOf,
  parseCell,
  readCell,
} from '../../ui/table/cellValue.ts'
import type { ColumnType } from '../../ui/table/types.ts'
import { tagsIn } from '../tags/wish.ts'
import { FieldLine, InlineField, type InlineFieldProps } from './InlineField.tsx'
import type { RecordKind } from './kinds.ts'
import { quiet } from './quiet.ts'
import { relatedIn } from './related.ts'
import { RelationField } from './RelationField.tsx'
import { fewChoices } from './useChoices.ts'
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
  if (column.type === 'multi_select') return <ManyChosenField {...props} />
  return isChosen(column.type) ? <ChosenField {...props} /> : <WrittenField {...props} />
}

function ManyChosenField({ record, column, change }: Props) {
  const { t } = useTranslation()
  const value = readCell(column, record)
  const options = optionsOf(column, record)
  return (
    <FieldLine label={column.header}>
      <MultiCombobox
        className={quiet}
        label={column.header}
        disabled={!mayEditCell(column, record)}
        value={Array.isArray(value) ? value.map(String) : []}
        options={options}
        placeholder={t('records.not_set')}
        onChange={(chosen) => void change(record, column.id, chosen).catch(() => undefined)}
      />
    </FieldLine>
  )
}

function ChosenField({ record, column, change }: Props) {
  const { t } = useTranslation()
  const value = readCell(column, record)
  const isFlag = column.type === 'boolean'
  const mayEmpty = !isEmptyValue(value) && (column.validate?.(null, record) ?? null) === null
  const choices = optionsOf(column, record)
  const control = {
    className: quiet,
    label: column.header,
    disabled: !mayEditCell(column, record),
    value: isEmptyValue(value) ? null : String(value),
    options: mayEmpty ? [...choices, { value: none, label: t('records.none') }] : choices,
    placeholder: t('records.not_set'),
    // Told already where it failed.
    onChange: (chosen: string | null) => {
      const given = chosen === none ? null : chosen
      void change(record, column.id, isFlag && given !== null ? given === 'true' : given).catch(
        () => undefined,
      )
    },
  }
  return (
    <FieldLine label={column.header}>
      {column.type === 'user' || control.options.length > fewChoices ? (
        <Combobox {...control} />
      ) : (
        <Select {...control} />
      )}
    </FieldLine>
  )
}

/** The choice that takes the value away; no stored value is an empty text. */
const none = ''

const inputTypes: Partial<Record<ColumnType, InlineFieldProps['type']>> = {
  email: 'email',
  phone: 'tel',
  url: 'url',
  number: 'number',
  money: 'number',
  date: 'date',
  datetime: 'datetime-local',
}

function WrittenField({ record, column, change }: Props) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const save = async (text: string) => {
    const parsed = parseCell(column, record, text, i18n.language)
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
      value={editText(column, readCell(column, record), i18n.language)}
      look={formatCell(column, record, format)}
      readOnly={!mayEditCell(column, record)}
      type={inputTypes[column.type] ?? 'text'}
      multiline={column.type === 'long_text'}
      beside={<FieldLink column={column} record={record} />}
      onSave={save}
    />
  )
}

const links = {
  phone: { icon: Phone, label: 'records.action.call' },
  email: { icon: Mail, label: 'records.action.email' },
  url: { icon: ArrowUpRight, label: 'records.action.visit' },
} as const

/** One step to whom or what the value leads to. */
function FieldLink({ record, column }: Pick<Props, 'record' | 'column'>) {
  const { t } = useTranslation()
  const type = column.type
  const href = linkTo(type, String(readCell(column, record) ?? ''))
  if (href === undefined || !(type in links)) return null
  const { icon: Icon, label } = links[type as keyof typeof links]
  return (
    <a
      href={href}
      aria-label={`${t(label)}: ${column.header}`}
      {...(type === 'url' ? { target: '_blank', rel: 'noreferrer' } : {})}
      className="rounded-small p-1 text-muted hover:bg-hover hover:text-ink"
    >
      <Icon className="size-4" strokeWidth={1.75} aria-hidden />
    </a>
  )
}
