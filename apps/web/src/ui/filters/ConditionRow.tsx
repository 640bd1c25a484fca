import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Combobox } from '../Combobox.tsx'
import { IconButton } from '../IconButton.tsx'
import { Popover } from '../Popover.tsx'
import { Select } from '../Select.tsx'
import { isComplete, needsValue, operatorsOf, withOperator } from './types.ts'
import type { FilterField, FilterState } from './types.ts'
import { useFilterText } from './useFilterText.ts'
import { ValueEditor } from './ValueEditor.tsx'

type ConditionRowProps = {
  fields: readonly FilterField[]
  condition: FilterState
  onChange: (condition: FilterState) => void
  onRemove: () => void
}

/** One condition as a line: field, operator, value. */
export function ConditionRow({ fields, condition, onChange, onRemove }: ConditionRowProps) {
  const { t } = useTranslation()
  const { nameOperator, nameValue } = useFilterText()
  const [open, setOpen] = useState(false)
  const field = fields.find(({ id }) => id === condition.field)
  const choose = (id: string | null) => {
    const chosen = fields.find((each) => each.id === id)
    if (chosen) onChange({ field: chosen.id, op: operatorsOf(chosen.type)[0] })
  }
  return (
    <div className="flex min-w-0 flex-1 items-start gap-1.5">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
        <Combobox
          size="small"
          className="w-36!"
          label={t('table.filter.choose_field')}
          value={condition.field}
          onChange={choose}
          options={fields.map(({ id, label }) => ({ value: id, label }))}
        />
        {field ? (
          <Select
            size="small"
            className="w-auto! max-w-40"
            label={t('table.filter.operator', { name: field.label })}
            value={condition.op}
            onChange={(op) => {
              const next = withOperator(condition, op)
              onChange(next)
              setOpen(!isComplete(next))
            }}
            options={operatorsOf(field.type).map((op) => ({ value: op, label: nameOperator(field, op) }))}
          />
        ) : null}
        {field && needsValue(condition.op) ? (
          <Popover
            open={open}
            onOpenChange={setOpen}
            label={t('table.filter.value', { name: field.label })}
            className="w-72 p-0!"
            trigger={
              <button
                type="button"
                aria-label={`${t('table.filter.value', { name: field.label })}: ${nameValue(field, condition)}`}
                className="control-surface inline-flex h-control-small max-w-44 min-w-20 items-center px-2.5 text-left"
              >
                <span className={condition.value === undefined ? 'text-faint' : 'truncate'}>
                  {nameValue(field, condition)}
                </span>
              </button>
            }
          >
            <ValueEditor
              key={condition.op}
              field={field}
              filter={condition}
              onChange={onChange}
              onDone={() => setOpen(false)}
            />
          </Popover>
        ) : null}
      </div>
      <IconButton
        icon={X}
        size="small"
        label={t('common.action.remove', { name: field?.label ?? condition.field })}
        onClick={onRemove}
      />
    </div>
  )
}
