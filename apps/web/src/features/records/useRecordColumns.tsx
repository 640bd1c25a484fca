import { relationName, type FieldDescription } from '@rapport/contracts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { recordPath } from '../../app/paths.ts'
import type { FilterField } from '../../ui/filters/types.ts'
import { fieldTypes, type ColumnType } from '../../ui/fields/fieldTypes.ts'
import type { ColumnState, DataColumn } from '../../ui/table/types.ts'
import { columnType } from './columnTypes.ts'
import { kindOf, type RecordKind } from './kinds.ts'
import { RelationCell } from './RelationCell.tsx'
import { findByTitle, relatedIn } from './related.ts'
import type { ListedRecord } from './stores.ts'
import { useChoices, type Choices } from './useChoices.ts'
import { tagsIn } from '../tags/wish.ts'
import { TagChips } from '../tags/TagChips.tsx'
import { TagsCell } from '../tags/TagsCell.tsx'
import { looksByType } from '../tasks/looks.tsx'
import { useFieldLabel } from './useFieldLabel.ts'
import { customKeyOf, useFields } from './useFields.ts'

export type RecordColumn = DataColumn<ListedRecord>

/** Where the field says more about its room than its type does. */
const widths: Record<string, number> = {
  full_name: 220,
  title: 280,
  name: 220,
  company_name: 180,
  company_id: 180,
  estimated_value: 120,
  value: 120,
  price: 120,
  currency: 90,
  tax_rate: 80,
  unit: 100,
  score: 80,
  probability: 100,
  status: 120,
  stage_id: 130,
  tags: 200,
}
/** Not for people's eyes, or told by another column. */
const notColumns = new Set([
  'id',
  'pipeline_id',
  'stage_entered_at',
  'created_by',
  'deleted_at',
  'version',
  'time_zone',
  'all_day',
])

/** The columns that are there at first; a person's own arrangement is kept beside it. */
export function useInitialColumns({ object, shown }: RecordKind): ColumnState {
  const fields = useFields(object)
  return useMemo(() => {
    const names = [...fields.keys()].filter((name) => !notColumns.has(name))
    return {
      order: shown,
      hidden: names.filter((name) => !shown.includes(name) && customKeyOf(name) === undefined),
      widths: {},
    }
  }, [fields, shown])
}

/**
 * How each field of an object looks, is edited and is filtered by, from its one description: for the table, and for
 * whatever else shows fields.
 */
export function useRecordColumns(kind: RecordKind): {
  fields: ReadonlyMap<string, RecordColumn>
  columns: RecordColumn[]
  filterFields: FilterField[]
} {
  const { t } = useTranslation()
  const described = useFields(kind.object)
  const labelOf = useFieldLabel(kind.object)
  const choicesOf = useChoices(kind.object)
  const { sees, edits } = useFieldAccess(kind.object)
  return useMemo(() => {
    const seen = [...described.values()].filter(({ name }) => sees(name))
    const columns = seen.map((field): RecordColumn => ({
      id: field.name,
      header: labelOf(field.name),
      ...lookOfType(field, choicesOf(field)),
      sortable: field.sortable && field.type !== 'relation',
      editable:
        field.writable && edits(field.name)
          ? (record) => record.can.update && record.deleted_at === null
          : false,
      ...(field.type === 'money' ? { currency: (record: ListedRecord) => String(record['currency']) } : {}),
      ...heldByKey(field),
      ...(field.type === 'tags' ? lookOfTags : chosenFrom(choicesOf(field))),
      ...(field.to === undefined ? {} : lookOfRelation(field, field.to, kind)),
      ...looksByType[field.type],
      ...kind.looks?.[field.name],
      ...(field.name === kind.title ? { hideable: false } : {}),
      ...(field.required
        ? { validate: (value) => (value === null ? t('common.invalid.required') : null) }
        : {}),
    }))
    return {
      fields: new Map(columns.map((column) => [column.id, column])),
      columns: columns.filter(({ id }) => !notColumns.has(id)),
      filterFields: seen.flatMap((field) => filterBy(field, labelOf(field.name), choicesOf(field))),
    }
  }, [kind, described, t, labelOf, choicesOf, sees, edits])
}

/** Values of custom fields stand together in the record. */
function heldByKey({ name }: FieldDescription): Partial<RecordColumn> {
  const key = customKeyOf(name)
  return key === undefined ? {} : { value: (record) => record.custom[key] }
}

/** What is not chosen by its type, but has choices all the same: stages, pipelines, currencies. */
function shownAs(field: FieldDescription, choices: Choices | undefined): ColumnType {
  const type = columnType(field)
  return choices && type === 'text' ? 'select' : type
}

function lookOfType(field: FieldDescription, choices: Choices | undefined) {
  const type = shownAs(field, choices)
  const { width, align } = fieldTypes[type]
  return { type, width: widths[field.name] ?? width, ...(align ? { align } : {}) }
}

function chosenFrom(choices: Choices | undefined): Partial<RecordColumn> {
  if (!choices) return {}
  return { options: choices.of ?? choices.all }
}

/** Filtered by programs, and by arrangements that are made ready. */
const unasked: ReadonlySet<FieldDescription['type']> = new Set(['links', 'recurrence'])

function filterBy(field: FieldDescription, label: string, choices: Choices | undefined): FilterField[] {
  if (!field.filterable || unasked.has(field.type) || (field.type === 'id' && !choices)) return []
  // Stages and pipelines are ids that one chooses.
  const { filter: type } = fieldTypes[shownAs(field, choices)]
  return [{ id: filteredBy(field), label, type, ...(choices ? { options: choices.all } : {}) }]
}

/** One does not know records by their id, but by what they are called. */
const filteredBy = ({ name, to }: FieldDescription): string =>
  to === undefined ? name : `${relationName(name)}.${kindOf(to)?.title ?? 'id'}`

/** Tags are told by their names, shown with their colours, and new ones are made on the spot. */
const lookOfTags: Partial<RecordColumn> = {
  value: (record) => tagsIn(record).map(({ name }) => name),
  find: async (text) =>
    text
      .split(/[,;\n]/)
      .map((name) => name.trim())
      .filter(Boolean),
  editor: (props) => <TagsCell {...props} tags={tagsIn(props.row)} />,
  render: (record) => <TagChips tags={tagsIn(record)} />,
}

/** A relation shows what it leads to, and is chosen among what is there. */
function lookOfRelation(
  { name }: FieldDescription,
  to: string,
  { object }: RecordKind,
): Partial<RecordColumn> {
  return {
    value: (record) => relatedIn(record, name)?.name ?? '',
    find: (text) => findByTitle(to, text),
    editor: (props) => (
      <RelationCell
        {...props}
        to={to}
        chosen={relatedIn(props.row, name)}
        not={to === object ? props.row.id : undefined}
      />
    ),
    render: (record) => {
      const found = relatedIn(record, name)
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
