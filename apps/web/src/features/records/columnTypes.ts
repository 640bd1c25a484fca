import type { FieldDescription } from '@rapport/contracts'
import type { ColumnType } from '../../ui/fields/fieldTypes.ts'

/**
 * As which type of value a field is shown. A relation by the name of what it leads to; a formula by what it results
 * in; tags by their names.
 */
export function columnType({ type }: Pick<FieldDescription, 'type'>): ColumnType {
  if (type === 'percent') return 'number'
  if (type === 'tags') return 'multi_select'
  return type === 'relation' || type === 'id' || type === 'formula' ? 'text' : type
}
