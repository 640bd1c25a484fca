import { ListFilter } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../Button.tsx'
import { Popover } from '../Popover.tsx'
import { OptionList } from './OptionList.tsx'
import { isComplete, needsValue, operatorsOf, withOperator } from './types.ts'
import type { FilterField, FilterNode, FilterOp, FilterState } from './types.ts'
import { Select } from '../Select.tsx'
import { useFilterText } from './useFilterText.ts'
import { ValueEditor } from './ValueEditor.tsx'

type AddFilterProps = {
  fields: readonly FilterField[]
  filters: readonly FilterNode[]
  onChange: (filters: FilterNode[]) => void
  ref?: Ref<HTMLButtonElement>
}

/** Field, then condition and value, in one popover. The filter works from the first value on. */
export function AddFilter({ fields, filters, onChange, ref }: AddFilterProps) {
  const { t } = useTranslation()
  const { nameOperator } = useFilterText()
  const [open, setOpen] = useState(false)
  const [draft, setDraft] = useState<FilterState | null>(null)
  /** Where the new filter stands in the list once it is complete. */
  const place = useRef<number | null>(null)
  const field = fields.find(({ id }) => id === draft?.field)

  function onOpenChange(next: boolean) {
    setOpen(next)
    setDraft(null)
    place.current = null
  }
  function change(next: FilterState) {
    setDraft(next)
    const others = filters.filter((_, index) => index !== place.current)
    if (!isComplete(next)) {
      if (place.current !== null) onChange(others)
      place.current = null
      return
    }
    place.current ??= filters.length
    onChange([...others, next])
  }
  function start(id: string) {
    const chosen = fields.find((each) => each.id === id)
    if (chosen) setDraft({ field: id, op: operatorsOf(chosen.type)[0] })
  }
  function setOperator(op: FilterOp) {
    if (!draft) return
    change(withOperator(draft, op))
    if (!needsValue(op)) onOpenChange(false)
  }

  return (
    <Popover
      open={open}
      onOpenChange={onOpenChange}
      label={t('table.filter.choose_field')}
      className="w-72 p-0!"
      trigger={
        <Button ref={ref} variant="ghost" size="small" icon={ListFilter}>
          {t('table.filter.add')}
        </Button>
      }
    >
      {field && draft ? (
        <>
          <div className="flex items-center gap-2 border-b border-line px-3 py-2 text-12">
            <span className="min-w-0 truncate font-medium">{field.label}</span>
            <Select
              size="small"
              className="ml-auto w-auto! max-w-36"
              label={t('table.filter.operator', { name: field.label })}
              value={draft.op}
              onChange={setOperator}
              options={operatorsOf(field.type).map((op) => ({ value: op, label: nameOperator(field, op) }))}
            />
          </div>
          <ValueEditor
            key={draft.op}
            field={field}
            filter={draft}
            onChange={change}
            onDone={() => onOpenChange(false)}
          />
        </>
      ) : (
        <OptionList
          label={t('table.filter.choose_field')}
          options={fields.map(({ id, label }) => ({ value: id, label }))}
          chosen={[]}
          onPick={start}
        />
      )}
    </Popover>
  )
}
