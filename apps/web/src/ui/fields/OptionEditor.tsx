import { Combobox as Base } from '@base-ui/react/combobox'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ComboboxPopup, OptionLook, type ComboboxOption } from '../ComboboxPopup.tsx'
import { findOption } from './choices.ts'
import type { CellValue, FieldEditorProps } from './types.ts'

/** The choice that takes the value away; no stored value is an empty text. */
const EMPTY = ''

type Props = FieldEditorProps & {
  /** What is chosen, where the choices of the moment may not hold it. */
  current?: ComboboxOption | undefined
  /** Turns off filtering here: the caller answers with new choices. */
  onSearch?: (query: string) => void
  searching?: boolean
}

/** One of several: the list is open from the start, and what was typed on the cell already narrows it. */
export function OptionEditor(props: Props) {
  const { name, typed, refused, onCommit, onClose, options: choices, onSearch, searching } = props
  const current = props.current ?? findOption(choices, props.value)
  const { t } = useTranslation()
  const [query, setQuery] = useState(typed ?? '')
  const anchor = useRef<HTMLDivElement>(null)
  const settled = useRef(false)
  const options =
    current && props.mayEmpty ? [...choices, { value: EMPTY, label: t('common.field.none') }] : choices

  function settle(value: CellValue) {
    if (settled.current) return
    settled.current = true
    if (refused === null && value === (current?.value ?? null)) onClose('stay')
    else onCommit(value, 'stay')
  }

  return (
    <div
      ref={anchor}
      data-editor
      className="absolute inset-0 z-10 flex items-center bg-raised px-2.5 text-13 outline-2 -outline-offset-1 outline-accent"
    >
      <Base.Root
        defaultOpen
        items={options}
        value={current ?? null}
        inputValue={query}
        onInputValueChange={(next, details) => {
          // The list writes the chosen label into its field as it opens; the field here is for searching only.
          if (details.reason === 'input-change' || details.reason === 'input-clear') {
            setQuery(next)
            onSearch?.(next)
          }
        }}
        onValueChange={(option) => settle(option && option.value !== EMPTY ? option.value : null)}
        isItemEqualToValue={(a, b) => a.value === b.value}
        {...(onSearch ? { filter: null } : {})}
        autoHighlight
        onOpenChange={(open) => {
          if (!open && !settled.current) {
            settled.current = true
            onClose('stay')
          }
        }}
      >
        <Base.Trigger
          className="flex size-full min-w-0 items-center text-left outline-none"
          aria-label={t('table.edit.label', { name })}
        >
          {current ? <OptionLook option={withoutDetail(current)} /> : null}
        </Base.Trigger>
        <ComboboxPopup searching={searching} />
      </Base.Root>
    </div>
  )
}

/** In the width of a cell there is room for the name only. */
function withoutDetail({ detail: _detail, ...option }: ComboboxOption): ComboboxOption {
  return option
}
