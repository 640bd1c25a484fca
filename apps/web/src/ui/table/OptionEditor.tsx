import { Combobox as Base } from '@base-ui/react/combobox'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ComboboxPopup, OptionLook } from '../ComboboxPopup.tsx'
import type { CellEditorProps } from './CellEditor.tsx'
import { findOption, readCell } from './cellValue.ts'
import type { CellOption, CellValue } from './types.ts'

const NONE: readonly CellOption[] = []
/** The choice that takes the value away; no stored value is an empty text. */
const EMPTY = ''

/** Select and user: the list is open from the start, and what was typed on the cell already narrows it. */
export function OptionEditor<Row>({ column, row, typed, failure, onCommit, onClose }: CellEditorProps<Row>) {
  const { t } = useTranslation()
  const [query, setQuery] = useState(typed ?? '')
  const anchor = useRef<HTMLDivElement>(null)
  const settled = useRef(false)
  const choices = column.options ?? NONE
  const current = findOption(choices, failure ? failure.value : readCell(column, row))
  const mayEmpty = current !== undefined && (column.validate?.(null, row) ?? null) === null
  const options = mayEmpty ? [...choices, { value: EMPTY, label: t('common.field.none') }] : choices

  function settle(value: CellValue) {
    if (settled.current) return
    settled.current = true
    if (!failure && value === (current?.value ?? null)) onClose('stay')
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
          if (details.reason === 'input-change' || details.reason === 'input-clear') setQuery(next)
        }}
        onValueChange={(option) => settle(option && option.value !== EMPTY ? option.value : null)}
        isItemEqualToValue={(a, b) => a.value === b.value}
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
          aria-label={t('table.edit.label', { name: column.header })}
        >
          {current ? <OptionLook option={withoutDetail(current)} /> : null}
        </Base.Trigger>
        <ComboboxPopup />
      </Base.Root>
    </div>
  )
}

/** In the width of a cell there is room for the name only. */
function withoutDetail({ detail: _detail, ...option }: CellOption): CellOption {
  return option
}
