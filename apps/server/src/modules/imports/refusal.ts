/** Why a row that could be read was not written: the refusal of its lead, told by the columns of the file. */
import { customPrefix } from '@rapport/contracts'
import type { FieldError, Problem } from '../../platform/problems.ts'
import type { Plan, PlannedColumn } from './plan.ts'
import { because, joinReasons, type Reason, type RowProblem, type RowReason } from './reasons.ts'

export function refusalOf(plan: Plan, { message, extra: { errors = [] } }: Problem): RowProblem {
  if (errors.length === 0) return joinReasons('', [{ column: null, ...because('refused', { message }) }])
  return joinReasons(
    '',
    errors.map((error): RowReason => {
      const column = plan.columns.find((one) => targetOf(one) === error.path)
      if (column) return { column: column.name, ...reasonOf(error) }
      return { column: null, subject: labelOf(plan, error.path), ...reasonOf(error) }
    }),
  )
}

function reasonOf({ code, message }: FieldError): Reason {
  if (code === 'not_unique' || code === 'needs_value') return because(code)
  return code === 'required_field' ? because('asked_by_stage') : because('refused', { message })
}

function targetOf(column: PlannedColumn): string | null {
  if (column.kind === 'field') return column.field.name
  return column.kind === 'custom' ? customPrefix + column.key : null
}

/** Of an own field its label; the others are named in the language of the reader. */
const labelOf = ({ reading }: Plan, path: string): string =>
  reading.own.find(({ key }) => customPrefix + key === path)?.label ?? path
