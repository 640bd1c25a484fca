import type { FieldDescription } from '@rapport/contracts'
import type { FilterType } from '../../ui/filters/types.ts'
import type { ColumnType } from '../../ui/table/types.ts'

/** How a field looks and is edited in a table. */
export function columnType({ type }: FieldDescription): ColumnType {
  return type === 'relation' || type === 'tags' || type === 'id' ? 'text' : type
}

/** How a field is filtered by. */
export function filterType({ type }: FieldDescription): FilterType {
  if (type === 'date' || type === 'datetime') return 'date'
  if (type === 'tags') return 'multi_select'
  return type === 'user' || type === 'select' || type === 'number' || type === 'money' ? type : 'text'
}
