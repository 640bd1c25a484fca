import { isGroupable } from '@rapport/contracts'
import { useMemo } from 'react'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { makesLanes } from '../board/lanes.ts'
import { usePipelines } from '../pipelines/api.ts'
import type { RecordKind } from './kinds.ts'
import { useFieldLabel } from './useFieldLabel.ts'
import { useFields } from './useFields.ts'

/** By what the records of an object can be sorted, grouped and put on a calendar. */
export function useArrangeChoices({ object }: RecordKind) {
  const fields = useFields(object)
  const labelOf = useFieldLabel()
  const { sees } = useFieldAccess(object)
  const pipelines = usePipelines()
  return useMemo(() => {
    const seen = [...fields.values()].filter(({ name }) => sees(name))
    const choicesOf = (some: typeof seen) => some.map(({ name }) => ({ value: name, label: labelOf(name) }))
    const own = pipelines.filter((pipeline) => pipeline.object === object)
    const dates = choicesOf(
      seen.filter(({ type, filterable }) => filterable && (type === 'date' || type === 'datetime')),
    )
    return {
      sortable: choicesOf(
        seen.filter(({ sortable, type }) => sortable && type !== 'id' && type !== 'relation'),
      ),
      groupable: choicesOf(seen.filter((field) => isGroupable(field))),
      dates,
      lanes: choicesOf(seen.filter((field) => makesLanes(field))),
      pipelines: own.map(({ id, name }) => ({ value: id, label: name })),
      layouts: [
        'table' as const,
        ...(own.length > 0 ? ['board' as const] : []),
        ...(dates.length > 0 ? ['calendar' as const] : []),
      ],
    }
  }, [fields, sees, labelOf, pipelines, object])
}
