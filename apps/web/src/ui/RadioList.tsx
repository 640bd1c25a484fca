import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import type { ReactNode } from 'react'

export type RadioChoice<Value extends string> = {
  value: Value
  label: ReactNode
  /** What choosing it means, in a sentence. */
  text?: ReactNode
  disabled?: boolean
}

export type RadioListProps<Value extends string> = {
  /** Id of the heading that asks the question. */
  labelledBy: string
  value: Value
  onChange: (value: Value) => void
  choices: readonly RadioChoice<Value>[]
  className?: string
}

const DOT =
  'mt-0.5 inline-flex size-4 shrink-0 items-center justify-center rounded-full border border-line-control bg-base ' +
  'transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50'

/** One of a few, where each needs a word of explanation. Without that, use Select. */
export function RadioList<Value extends string>(props: RadioListProps<Value>) {
  const { labelledBy, value, onChange, choices, className } = props
  return (
    <RadioGroup
      aria-labelledby={labelledBy}
      value={value}
      onValueChange={(next) => onChange(next)}
      className={className}
    >
      {choices.map((choice) => (
        <label
          key={choice.value}
          className="flex items-start gap-2.5 rounded-base px-2 py-1.5 text-13 hover:bg-hover"
        >
          <Radio.Root value={choice.value} disabled={choice.disabled ?? false} className={DOT}>
            <Radio.Indicator className="size-1.5 rounded-full bg-on-accent" />
          </Radio.Root>
          <span className="min-w-0">
            <span className="block font-medium">{choice.label}</span>
            {choice.text ? <span className="block text-12 text-muted">{choice.text}</span> : null}
          </span>
        </label>
      ))}
    </RadioGroup>
  )
}
