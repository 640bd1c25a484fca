import { Avatar } from '../Avatar.tsx'
import { Combobox } from '../Combobox.tsx'
import { select } from './select.tsx'
import type { FieldControlProps, FieldLookProps, FieldType } from './types.ts'

export const user: FieldType = {
  ...select,
  width: 160,
  filter: 'user',
  Look: PersonLook,
  Control: PersonControl,
}

function PersonLook({ text }: FieldLookProps) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar name={text} size={20} decorative />
      <span className="truncate">{text}</span>
    </span>
  )
}

/** People are found by typing, however few they are. */
function PersonControl(props: FieldControlProps) {
  const { value, input: _input, currency: _currency, ref: _ref, id: _id, name: _name, ...rest } = props
  return <Combobox {...rest} value={typeof value === 'string' ? value : null} />
}
