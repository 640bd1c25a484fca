import { X } from 'lucide-react'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ColourDot } from '../ColourDot.tsx'
import { Menu, MenuChoices } from '../Menu.tsx'
import { Popover } from '../Popover.tsx'
import { isComplete, needsValue, operatorsOf, withOperator } from './types.ts'
import type { FilterField, FilterState } from './types.ts'
import { useFilterText } from './useFilterText.ts'
import { ValueEditor } from './ValueEditor.tsx'

type FilterChipProps = {
  field: FilterField
  filter: FilterState
  onChange: (filter: FilterState) => void
  onRemove: () => void
}

const PART = 'inline-flex min-w-0 items-center gap-1.5 px-2 hover:bg-hover data-popup-open:bg-hover'

/** Field, condition and value of one filter, each changeable where it stands. */
export function FilterChip({ field, filter, onChange, onRemove }: FilterChipProps) {
  const { t } = useTranslation()
  const { nameOperator, nameValue } = useFilterText()
  const [open, setOpen] = useState(false)
  /** A new condition that still lacks its value: shown here, but not yet the caller's concern. */
  const [draft, setDraft] = useState<FilterState | null>(null)
  const shown = draft ?? filter

  function change(next: FilterState) {
    if (isComplete(next)) {
      setDraft(null)
      onChange(next)
    } else setDraft(next)
  }
  function setOperator(op: FilterState['op']) {
    const next = withOperator(shown, op)
    change(next)
    if (!isComplete(next)) setOpen(true)
  }
  function onOpenChange(next: boolean) {
    setOpen(next)
    if (!next) setDraft(null)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return
    event.preventDefault()
    onRemove()
  }

  const only = Array.isArray(shown.value) && shown.value.length === 1 ? shown.value[0] : undefined
  const hue = field.options?.find(({ value }) => value === only)?.hue
  const operator = nameOperator(field, shown.op)
  return (
    <li className="inline-flex h-control-small max-w-full items-stretch divide-x divide-line overflow-hidden rounded-base border border-line-strong bg-raised text-12">
      <span className="inline-flex items-center px-2 text-muted">{field.label}</span>
      <Menu
        trigger={
          <button
            type="button"
            data-chip
            onKeyDown={onKeyDown}
            aria-label={`${t('table.filter.operator', { name: field.label })}: ${operator}`}
            className={`${PART} text-muted`}
          >
            {operator}
          </button>
        }
      >
        <MenuChoices
          value={shown.op}
          onChange={setOperator}
          choices={operatorsOf(field.type).map((op) => ({ value: op, label: nameOperator(field, op) }))}
        />
      </Menu>
      {needsValue(shown.op) ? (
        <Popover
          open={open}
          onOpenChange={onOpenChange}
          label={t('table.filter.value', { name: field.label })}
          className="w-72 p-0!"
          trigger={
            <button
              type="button"
              onKeyDown={onKeyDown}
              aria-label={`${t('table.filter.value', { name: field.label })}: ${nameValue(field, shown)}`}
              className={`${PART} max-w-56 font-medium`}
            >
              {hue ? <ColourDot hue={hue} /> : null}
              <span className="truncate">{nameValue(field, shown)}</span>
            </button>
          }
        >
          <ValueEditor
            key={shown.op}
            field={field}
            filter={shown}
            onChange={change}
            onDone={() => setOpen(false)}
          />
        </Popover>
      ) : null}
      <button
        type="button"
        onClick={onRemove}
        onKeyDown={onKeyDown}
        aria-label={t('common.action.remove', { name: field.label })}
        className="inline-flex w-6 shrink-0 items-center justify-center text-faint hover:bg-hover hover:text-ink"
      >
        <X className="size-3.5" aria-hidden />
      </button>
    </li>
  )
}
