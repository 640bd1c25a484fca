import { ChevronDown, ChevronUp, RotateCcw, Settings2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../Button.tsx'
import { Checkbox } from '../Checkbox.tsx'
import { IconButton } from '../IconButton.tsx'
import { Popover } from '../Popover.tsx'
import { moveColumn } from './useColumnModel.ts'
import type { DataColumn } from './types.ts'

type ColumnsMenuProps<Row> = {
  columns: readonly DataColumn<Row>[]
  /** All ids in their order, hidden ones too. */
  allIds: readonly string[]
  hidden: readonly string[]
  onHiddenChange: (hidden: string[]) => void
  onOrderChange: (order: string[]) => void
  onReset: () => void
  /** What it is called, where it is not about columns. */
  label?: string
}

/** Which columns show, and in what order: also the way to reorder without dragging. */
export function ColumnsMenu<Row>(props: ColumnsMenuProps<Row>) {
  const { columns, allIds, hidden, onHiddenChange, onOrderChange, onReset } = props
  const { t } = useTranslation()
  const { label } = props

  function swap(id: string, by: 1 | -1) {
    const neighbour = allIds[allIds.indexOf(id) + by]
    if (neighbour !== undefined) onOrderChange(moveColumn(allIds, id, neighbour))
  }

  return (
    <Popover
      trigger={<IconButton icon={Settings2} label={label ?? t('table.columns.menu')} size="small" />}
      align="end"
      title={label ?? t('table.columns.title')}
      className="w-64"
    >
      <ul className="-mx-1 flex flex-col">
        {allIds.map((id, index) => {
          const column = columns.find((each) => each.id === id)
          if (!column) return null
          const fixed = index === 0 || column.hideable === false
          return (
            <li key={id} className="group flex items-center rounded-small px-1 hover:bg-hover">
              <Checkbox
                checked={!hidden.includes(id)}
                disabled={fixed}
                onChange={(on) =>
                  onHiddenChange(on ? hidden.filter((other) => other !== id) : [...hidden, id])
                }
                className="min-h-8 min-w-0 flex-1"
              >
                <span className="truncate">{column.header}</span>
              </Checkbox>
              {index === 0 ? null : (
                <span className="flex">
                  <IconButton
                    icon={ChevronUp}
                    size="small"
                    label={t('table.columns.left', { name: column.header })}
                    className={index === 1 ? 'invisible' : ''}
                    onClick={() => swap(id, -1)}
                  />
                  <IconButton
                    icon={ChevronDown}
                    size="small"
                    label={t('table.columns.right', { name: column.header })}
                    className={index === allIds.length - 1 ? 'invisible' : ''}
                    onClick={() => swap(id, 1)}
                  />
                </span>
              )}
            </li>
          )
        })}
      </ul>
      <Button variant="ghost" size="small" icon={RotateCcw} className="mt-2" onClick={onReset}>
        {t('table.columns.reset')}
      </Button>
    </Popover>
  )
}
