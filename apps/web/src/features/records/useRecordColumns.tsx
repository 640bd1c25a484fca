import { relationName, type FieldDescription } from '@rapport/contracts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { recordPath } from '../../app/paths.ts'
import type { ComboboxOption } from '../../ui/ComboboxPopup.tsx'
import type { FilterField } from '../../ui/filters/types.ts'
import type { ColumnState, DataColumn } from '../../ui/table/types.ts'
import { useMembers } from '../members/api.ts'
import { columnType, filterType } from './columnTypes.ts'
import { fieldsOf, type RecordKind } from './kinds.ts'
import type { ListedRecord } from './stores.ts'
import { useFieldLabel } from './useFieldLabel.ts'

const widths: Record<string, number> = {
  full_name: 220,
  name: 220,
  email: 220,
  company_id: 180,
  owner_id: 160,
}
/** Not for people's eyes. */
const notColumns = new Set(['id', 'currency', 'created_by', 'deleted_at', 'version', 'time_zone'])

const columnFields = ({ object }: RecordKind) =>
  [...fieldsOf(object).values()].filter((field) => !notColumns.has(field.name))

export const initialColumns = (kind: RecordKind): ColumnState => ({
  order: kind.shown,
  hidden: columnFields(kind)
    .map(({ name }) => name)
    .filter((name) => !kind.shown.includes(name)),
  widths: {},
})

/** Columns and filters of a table, both from the one description of fields. */
export function useRecordColumns(
  kind: RecordKind,
  editable: boolean,
): { columns: DataColumn<ListedRecord>[]; filterFields: FilterField[] } {
  const { t } = useTranslation()
  const labelOf = useFieldLabel(kind.object)
  const { sees, edits } = useFieldAccess(kind.object)
  const people = usePeople()
  return useMemo(() => {
    const seen = columnFields(kind).filter(({ name }) => sees(name))
    const columns = seen.map((field): DataColumn<ListedRecord> => ({
      id: field.name,
      header: labelOf(field.name),
      type: columnType(field),
      width: widths[field.name] ?? 140,
      sortable: field.sortable && field.type !== 'relation',
      editable:
        editable && field.writable && edits(field.name) && !editedElsewhere(field)
          ? (record) => record.can.update && record.deleted_at === null
          : false,
      ...(field.type === 'user' ? { options: people } : {}),
      ...(field.type === 'money' || field.type === 'number' ? { align: 'end' as const } : {}),
      ...(field.type === 'money' ? { currency: (record: ListedRecord) => String(record['currency']) } : {}),
      ...lookOf(field),
      ...(field.name === kind.title
        ? {
            hideable: false,
            validate: (value: unknown) => (value === null ? t('common.invalid.required') : null),
          }
        : {}),
    }))
    const filterFields = seen.flatMap((field): FilterField[] => {
      if (!field.filterable) return []
      // One does not know companies by their id, but by their name.
      const id =
        field.to === undefined
          ? field.name
          : `${relationName(field.name)}.${[...fieldsOf(field.to as 'company').values()][1]?.name ?? 'id'}`
      const options = field.type === 'user' ? { options: people } : {}
      return [{ id, label: labelOf(field.name), type: filterType(field), ...options }]
    })
    return { columns, filterFields }
  }, [kind, t, labelOf, sees, edits, editable, people])
}

/** Chosen or listed in the panel, where there is room for it. */
const editedElsewhere = ({ type }: FieldDescription) =>
  type === 'relation' || type === 'emails' || type === 'phones'

/** Lists are one text in a cell; a relation shows what it leads to. */
function lookOf(field: FieldDescription): Partial<DataColumn<ListedRecord>> {
  const { name, type, to } = field
  if (type === 'emails' || type === 'phones')
    return { value: (record) => ((record[name] ?? []) as string[]).join(', ') }
  if (to === undefined) return {}
  const related = (record: ListedRecord) =>
    record[relationName(name)] as { id: string; name: string } | null | undefined
  return {
    value: (record) => related(record)?.name ?? '',
    render: (record) => {
      const found = related(record)
      return found ? (
        <Link
          to={recordPath(to, found.id)}
          className="truncate underline decoration-line-strong underline-offset-3 hover:decoration-current"
        >
          {found.name}
        </Link>
      ) : null
    },
  }
}

/** Members as choices. */
export function usePeople(): ComboboxOption[] {
  const members = useMembers()
  return useMemo(
    () =>
      members.map((member) => ({
        value: member.user_id,
        label: member.full_name,
        avatar: 'person' as const,
      })),
    [members],
  )
}
