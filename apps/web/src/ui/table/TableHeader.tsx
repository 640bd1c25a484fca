import { DndContext, MouseSensor, TouchSensor, closestCenter, useSensor, useSensors } from '@dnd-kit/core'
import type { DragEndEvent } from '@dnd-kit/core'
import { SortableContext, horizontalListSortingStrategy } from '@dnd-kit/sortable'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'
import { HeaderCell } from './HeaderCell.tsx'
import { RowTick } from './RowTick.tsx'
import { ROW } from './TableRow.tsx'
import type { SizedColumn } from './useColumnModel.ts'
import type { SortKey } from './types.ts'

export type TableHeaderProps<Row> = {
  columns: readonly SizedColumn<Row>[]
  sort: readonly SortKey[]
  /** Column index of the focused header cell, else -1. */
  focusCol: number
  ticked: boolean | 'mixed'
  onResize: (columnId: string, width: number, done: boolean) => void
  onAutoSize: (columnId: string) => void
  onMove: (columnId: string, target: string) => void
}

/** dnd-kit would speak English; moves of columns are announced by the table itself. */
export const silentDrag = {
  announcements: {
    onDragStart: () => undefined,
    onDragOver: () => undefined,
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  },
  screenReaderInstructions: { draggable: '' },
}

export function TableHeader<Row>(props: TableHeaderProps<Row>) {
  const { columns, sort, focusCol, ticked, onMove } = props
  const { t } = useTranslation()
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  )
  const ids = useMemo(() => columns.slice(1).map(({ column }) => column.id), [columns])
  const accessibility = useMemo(() => ({ ...silentDrag, container: document.body }), [])

  function onDragEnd({ active, over }: DragEndEvent) {
    if (over && active.id !== over.id) onMove(String(active.id), String(over.id))
  }

  return (
    <div role="rowgroup" className="sticky top-0 z-4 min-w-full">
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={onDragEnd}
        accessibility={accessibility}
      >
        <SortableContext items={ids} strategy={horizontalListSortingStrategy}>
          <div
            role="row"
            aria-rowindex={1}
            data-row={-1}
            className={cx(ROW, 'h-row [--row-tint:transparent]')}
          >
            <div
              role="columnheader"
              aria-colindex={1}
              data-col={0}
              tabIndex={focusCol === 0 ? 0 : -1}
              aria-label={t('table.select_all')}
              className="sticky left-0 z-2 flex items-center justify-center outline-offset-[-2px] [background:inherit]"
            >
              <RowTick state={ticked} label={t('table.select_all')} />
            </div>
            {columns.map((sized, position) => (
              <HeaderCell
                key={sized.column.id}
                sized={sized}
                col={position + 1}
                focused={focusCol === position + 1}
                rank={sort.length > 1 ? sort.findIndex(({ id }) => id === sized.column.id) + 1 : 0}
                onResize={props.onResize}
                onAutoSize={props.onAutoSize}
              />
            ))}
          </div>
        </SortableContext>
      </DndContext>
    </div>
  )
}
