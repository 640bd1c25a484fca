import type { FieldDescription } from '@rapport/contracts'
import type { ColumnType } from '../../ui/fields/fieldTypes.ts'

/**
 * As which type of value a field is shown. A relation by the name of what it leads to; a formula by what it results
 * in; tags by their names; what has a look of its own is text otherwise.
 */
export function columnType({ type }: Pick<FieldDescription, 'type'>): ColumnType {
  if (type === 'percent') return 'number'
  if (type === 'tags') return 'multi_select'
  return isText(type) ? 'text' : type
}

type Text = 'relation' | 'id' | 'formula' | 'links' | 'checklist' | 'recurrence'
const texts: readonly string[] = [
  'relation',
  'id',
  'formula',
  'links',
  'checklist',
  'recurrence',
] satisfies Text[]
const isText = (type: FieldDescription['type']): type is Text => texts.includes(type)
