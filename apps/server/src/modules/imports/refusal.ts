/** Why a row that could be read was not written: the refusal of its lead, told by the columns of the file. */
import { customPrefix } from '@rapport/contracts'
import type { Problem } from '../../platform/problems.ts'
import { joinProblems, type RowProblem } from './conversion.ts'
import type { Plan, PlannedColumn } from './plan.ts'

export function refusalOf(plan: Plan, { message, extra: { errors = [] } }: Problem): RowProblem {
  if (errors.length === 0) return { column: null, value: '', message }
  return joinProblems(
    errors.map((error) => {
      const column = plan.columns.find((one) => targetOf(one) === error.path)
      if (column) return { column: column.name, value: '', message: error.message }
      return { column: null, value: '', message: `${labelOf(plan, error.path)} ${error.message}` }
    }),
  )
}

function targetOf(column: PlannedColumn): string | null {
  if (column.kind === 'field') return column.field.name
  return column.kind === 'custom' ? customPrefix + column.key : null
}

const labelOf = ({ reading }: Plan, path: string): string =>
  reading.own.find(({ key }) => customPrefix + key === path)?.label ?? path
