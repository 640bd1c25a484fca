import type { FieldDescription } from '@rapport/contracts'
import type { FilterType } from '../../ui/filters/types.ts'
import type { ColumnType } from '../../ui/table/types.ts'

/** How a field looks and is edited in a table. Relations are shown as text; a formula as what it results in. */
export function columnType({ type }: FieldDescription): ColumnType {
  if (type === 'percent') return 'number'
  return type === 'relation' || type === 'tags' || type === 'id' || type === 'formula' ? 'text' : type
}

/** How a field is filtered by. */
export function filterType({ type }: FieldDescription): FilterType {
  switch (type) {
    case 'date':
    case 'datetime':
      return 'date'
    case 'percent':
      return 'number'
    case 'tags':
      return 'multi_select'
    case 'user':
    case 'select':
    case 'multi_select':
    case 'boolean':
    case 'number':
    case 'money':
      return type
    default:
      return 'text'
  }
}
