import type { FieldDescription } from '@rapport/contracts'
import type { FilterType } from '../../ui/filters/types.ts'
import type { ColumnType } from '../../ui/table/types.ts'

/** How a field looks and is edited in a table. */
export function columnType({ type }: FieldDescription): ColumnType {
  switch (type) {
    case 'relation':
    case 'tags':
    case 'id':
    case 'long_text':
    case 'boolean':
    case 'multi_select':
    case 'formula':
      return 'text'
    case 'percent':
      return 'number'
    default:
      return type
  }
}

/** How a field is filtered by. */
export function filterType({ type }: FieldDescription): FilterType {
  if (type === 'date' || type === 'datetime') return 'date'
  if (type === 'percent') return 'number'
  if (type === 'tags') return 'multi_select'
  return type === 'user' || type === 'select' || type === 'number' || type === 'money' ? type : 'text'
}
