import type { ComponentProps } from 'react'
import { Input } from '../Input.tsx'
import { DayInput } from './DayInput.tsx'
import type { FieldInput } from './types.ts'

export type TypedInputProps = Omit<ComponentProps<typeof Input>, 'value' | 'type' | 'inputMode'> & {
  value: string
  onText: (text: string) => void
  input: FieldInput
}

/** Where a value of a type is written: a line of text, with whatever helps to write it. */
export function TypedInput({ input, onText, ...rest }: TypedInputProps) {
  const { day, multiline: _, ...typing } = input
  const props = { autoComplete: 'off', ...rest, ...typing }
  if (day) return <DayInput {...props} onText={onText} timed={day === 'timed'} either={day === 'either'} />
  return <Input {...props} onChange={(event) => onText(event.target.value)} />
}
