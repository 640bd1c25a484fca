import { Combobox } from '../Combobox.tsx'
import { Select } from '../Select.tsx'
import { StagePill } from '../StagePill.tsx'
import { fewChoices, findOption, matchOption, nameChoices } from './choices.ts'
import { OptionEditor } from './OptionEditor.tsx'
import type { FieldControlProps, FieldLookProps, FieldType } from './types.ts'
import { written } from './written.tsx'

export const select: FieldType = {
  ...written,
  filter: 'select',
  choice: 'one',
  read: (text, { options }) => {
    const option = matchOption(options, text)
    return option ? { ok: true, value: option.value } : { ok: false, reason: 'option' }
  },
  write: (value, { options }) => nameChoices(options, value),
  copy: (value, { options }) => nameChoices(options, value),
  Look: ChoiceLook,
  Editor: OptionEditor,
  Control: ChoiceControl,
}

function ChoiceLook({ value, text, options }: FieldLookProps) {
  const option = findOption(options, value)
  if (option?.hue) return <StagePill hue={option.hue}>{text}</StagePill>
  return <span className="truncate">{text}</span>
}

function ChoiceControl(props: FieldControlProps) {
  const { value, input: _input, currency: _currency, ref: _ref, id: _id, name: _name, ...rest } = props
  const chosen = typeof value === 'string' ? value : null
  const Chooser = props.options.length > fewChoices ? Combobox : Select
  return <Chooser {...rest} value={chosen} />
}
