import { useId } from 'react'
import { RadioList, type RadioChoice } from '../../ui/RadioList.tsx'

type Props = {
  label: string
  value: string
  choices: readonly RadioChoice<string>[]
  onChange: (value: string) => void
}

/** One choice between the records, side by side where there is room. */
export function Question({ label, value, choices, onChange }: Props) {
  const id = useId()
  return (
    <section>
      <h3 id={id} className="mb-1 text-12 font-medium text-muted">
        {label}
      </h3>
      <RadioList
        labelledBy={id}
        value={value}
        onChange={onChange}
        choices={choices}
        className="grid gap-1 rounded-base border border-line p-1 sm:auto-cols-fr sm:grid-flow-col"
      />
    </section>
  )
}
