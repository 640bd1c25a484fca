import { leadFields, type Lead } from '@rapport/contracts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import type { ComboboxOption } from '../../ui/ComboboxPopup.tsx'
import type { FilterField } from '../../ui/filters/types.ts'
import { StagePill } from '../../ui/StagePill.tsx'
import type { ColumnState, DataColumn } from '../../ui/table/types.ts'
import { useMembers } from '../members/api.ts'
import { usePipelines, useStage } from '../pipelines/api.ts'
import { columnType, filterType } from '../records/columnTypes.ts'
import { statusHues, useStatusOptions } from './words.ts'

type Field = (typeof leadFields)[number]

/** Shown from the start, in this order; the others wait in the columns menu. */
const shown = [
  'full_name',
  'company_name',
  'stage_id',
  'status',
  'estimated_value',
  'owner_id',
  'email',
  'phone',
  'source',
  'created_at',
]
const widths: Record<string, number> = {
  full_name: 220,
  company_name: 180,
  email: 220,
  estimated_value: 120,
  score: 80,
  probability: 100,
  status: 120,
  stage_id: 130,
  owner_id: 160,
}
/** Changed by moving, not by typing; or not for people's eyes. */
const notEdited = new Set(['stage_id', 'currency', 'external_id'])
const notColumns = new Set([
  'id',
  'pipeline_id',
  'currency',
  'stage_entered_at',
  'created_by',
  'deleted_at',
  'time_zone',
])

const isColumn = (field: Field) => !notColumns.has(field.name)

export const defaultLeadColumns: ColumnState = {
  order: shown,
  hidden: leadFields
    .filter((field) => isColumn(field) && !shown.includes(field.name))
    .map((field) => field.name),
  widths: {},
}

/** Columns and filters of the lead table, both from the one description of fields. */
export function useLeadColumns(editable: boolean): {
  columns: DataColumn<Lead>[]
  filterFields: FilterField[]
} {
  const { t } = useTranslation()
  const optionsOf = useOptions()
  const stageOf = useStage()
  const { sees, edits } = useFieldAccess('lead')
  return useMemo(() => {
    const label = (field: Field) => t(`leads.field.${field.name}` as 'leads.field.email')
    const columns = leadFields
      .filter((field) => isColumn(field) && sees(field.name))
      .map((field): DataColumn<Lead> => {
        const options = optionsOf(field.name)
        return {
          id: field.name,
          header: label(field),
          type: field.type !== 'user' && options ? 'select' : columnType(field),
          width: widths[field.name] ?? 140,
          sortable: field.sortable,
          editable:
            editable && field.writable && !notEdited.has(field.name) && edits(field.name)
              ? (lead) => lead.can.update && lead.deleted_at === null
              : false,
          ...(options ? { options } : {}),
          ...(field.type === 'money' || field.type === 'number' ? { align: 'end' as const } : {}),
          ...(field.type === 'money' ? { currency: (lead: Lead) => lead.currency } : {}),
          ...(field.name === 'status'
            ? {
                render: (lead: Lead) => (
                  <StagePill hue={statusHues[lead.status]}>{t(`leads.status.${lead.status}`)}</StagePill>
                ),
              }
            : {}),
          ...(field.name === 'stage_id'
            ? {
                render: (lead: Lead) => {
                  const stage = stageOf(lead.stage_id)
                  return stage ? <StagePill hue={stage.color}>{stage.name}</StagePill> : null
                },
              }
            : {}),
          ...(field.name === 'full_name' ? { hideable: false } : {}),
        }
      })
    const filterFields = leadFields
      .filter(
        (field) =>
          field.filterable &&
          sees(field.name) &&
          field.name !== 'id' &&
          !(field.type === 'id' && !optionsOf(field.name)),
      )
      .map((field): FilterField => {
        const options = optionsOf(field.name)
        return {
          id: field.name,
          label: label(field),
          type: field.type !== 'user' && options ? 'select' : filterType(field),
          ...(options ? { options } : {}),
        }
      })
    return { columns, filterFields }
  }, [t, optionsOf, stageOf, editable, sees, edits])
}

/** The choices of a field, when it has a fixed set. */
function useOptions(): (name: string) => ComboboxOption[] | undefined {
  const members = useMembers()
  const pipelines = usePipelines()
  const statuses = useStatusOptions()
  return useMemo(() => {
    const people = members.map((member) => ({
      value: member.user_id,
      label: member.full_name,
      avatar: 'person' as const,
    }))
    const byName: Record<string, ComboboxOption[]> = {
      status: statuses,
      owner_id: people,
      created_by: people,
      pipeline_id: pipelines.map((pipeline) => ({ value: pipeline.id, label: pipeline.name })),
      stage_id: pipelines.flatMap((pipeline) =>
        pipeline.stages.map((stage) => ({
          value: stage.id,
          label: stage.name,
          hue: stage.color,
          ...(pipelines.length > 1 ? { detail: pipeline.name } : {}),
        })),
      ),
    }
    return (name) => byName[name]
  }, [members, pipelines, statuses])
}
