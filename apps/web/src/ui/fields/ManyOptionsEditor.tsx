import { Combobox as Base } from '@base-ui/react/combobox'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ComboboxPopup, type ComboboxOption } from '../ComboboxPopup.tsx'
import { StagePill } from '../StagePill.tsx'
import { chosenOptions } from './choices.ts'
import type { FieldEditorProps } from './types.ts'

type Props = FieldEditorProps & {
  /** The choice that would be made of what is typed; null where it is there already, or may not be. */
  make?: (query: string) => ComboboxOption | null
}

/** Several of several: the list stays open while one picks, and what is picked is saved as it closes. */
export function ManyOptionsEditor(props: Props) {
  const { name, typed, refused, value, onCommit, onClose, options: choices, make } = props
  const current = chosenOptions(choices, value)
  const { t } = useTranslation()
  const [query, setQuery] = useState(typed ?? '')
  const [chosen, setChosen] = useState(current)
  const made = make?.(query) ?? null
  const valuesOf = (options: readonly ComboboxOption[]) => options.map(({ value }) => value)
  const finish = () => {
    const changed = valuesOf(chosen).join('\n') !== valuesOf(current).join('\n')
    if (changed || refused !== null) onCommit(valuesOf(chosen), 'stay')
    else onClose('stay')
  }
  return (
    <div
      data-editor
      className="absolute inset-0 z-10 flex items-center bg-raised px-2.5 text-13 outline-2 -outline-offset-1 outline-accent"
    >
      <Base.Root
        multiple
        defaultOpen
        items={made ? [...choices, made] : choices}
        value={chosen}
        inputValue={query}
        onInputValueChange={(next, details) => {
          if (details.reason === 'input-change' || details.reason === 'input-clear') setQuery(next)
        }}
        onValueChange={(next) => {
          // What is made goes by what was typed; only the list says that it is new.
          setChosen(
            next.map((option) =>
              option.value === made?.value ? { ...option, label: option.value } : option,
            ),
          )
          setQuery('')
        }}
        isItemEqualToValue={(a, b) => a.value === b.value}
        autoHighlight
        onOpenChange={(open, details) => {
          if (open) return
          if (details.reason === 'escape-key') onClose('stay')
          else finish()
        }}
      >
        <Base.Trigger
          className="flex size-full min-w-0 items-center gap-1 overflow-hidden text-left outline-none"
          aria-label={t('table.edit.label', { name })}
        >
          {chosen.map((option) => (
            <StagePill key={option.value} hue={option.hue ?? 'slate'}>
              {option.label}
            </StagePill>
          ))}
        </Base.Trigger>
        <ComboboxPopup />
      </Base.Root>
    </div>
  )
}
