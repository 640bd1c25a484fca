import { MultiCombobox } from '../Combobox.tsx'
import { StagePill } from '../StagePill.tsx'
import { chosenOptions, matchOption } from './choices.ts'
import { splitList } from './lists.ts'
import { ManyOptionsEditor } from './ManyOptionsEditor.tsx'
import { select } from './select.tsx'
import type { FieldControlProps, FieldLookProps, FieldType } from './types.ts'

export const multiSelect: FieldType = {
  ...select,
  width: 220,
  filter: 'multi_select',
  choice: 'many',
  empty: [],
  // All of what is named, or nothing: what is half understood would be lost in silence.
  read: (text, { options }) => {
    const named = splitList(text).map((one) => matchOption(options, one)?.value)
    const value = named.filter((one) => one !== undefined)
    return value.length === named.length ? { ok: true, value } : { ok: false, reason: 'option' }
  },
  Look: ManyLook,
  Editor: ManyOptionsEditor,
  Control: ManyControl,
}

function ManyLook({ value, options }: FieldLookProps) {
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden">
      {chosenOptions(options, value).map((option) => (
        <StagePill key={option.value} hue={option.hue ?? 'slate'}>
          {option.label}
        </StagePill>
      ))}
    </span>
  )
}

function ManyControl(props: FieldControlProps) {
  const { value, input: _input, currency: _currency, ref: _ref, id: _id, name: _name, ...rest } = props
  return <MultiCombobox {...rest} value={Array.isArray(value) ? value : []} />
}
