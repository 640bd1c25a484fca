import { FormField } from '../../ui/Form.tsx'
import type { FormShell } from '../../ui/useFormShell.ts'
import { AskedControl } from './AskedControl.tsx'
import type { AskedField, Asked } from './askedFields.ts'
import type { Related } from './related.ts'

/** Relations that are chosen from the start. */
export type Preset = { [field: string]: Related }

type LineProps = {
  field: AskedField
  shell: FormShell<Asked, Asked>
  preset?: Preset
  required?: boolean
}

/** One field of a form about a record. */
export function AskedLine({ field, shell, preset = {}, required = field.required }: LineProps) {
  return (
    <FormField
      shell={shell}
      name={field.control}
      label={field.column.header}
      hint={field.help}
      optional={!required}
    >
      {(control) => <AskedControl field={field} control={control} chosen={preset[field.name] ?? null} />}
    </FormField>
  )
}
