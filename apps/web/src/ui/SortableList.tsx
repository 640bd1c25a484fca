import { closestCenter, DndContext, MouseSensor, TouchSensor, useSensor, useSensors } from '@dnd-kit/core'
import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { GripVertical } from 'lucide-react'
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'

type SortableListProps<Item> = {
  items: readonly Item[]
  idOf: (item: Item) => string
  nameOf: (item: Item) => string
  /** Names the list for screen readers. */
  label: string
  disabled?: boolean
  onMove: (id: string, to: number) => void
  className?: string
  /** The look of an item; `handle` is what it is moved by. */
  children: (item: Item, handle: ReactNode, index: number) => ReactNode
}

/** dnd-kit would speak English; what is said stands in a live region of the list. */
const SILENT = {
  announcements: {
    onDragStart: () => undefined,
    onDragOver: () => undefined,
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  },
  screenReaderInstructions: { draggable: '' },
}

/** A list whose order people choose: by mouse or finger on the handle, or with the arrow keys on it. */
export function SortableList<Item>(props: SortableListProps<Item>) {
  const { items, idOf, nameOf, label, disabled = false, onMove, className, children } = props
  const { t } = useTranslation()
  const [said, setSaid] = useState('')
  const helpId = useId()
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 180, tolerance: 8 } }),
  )
  const ids = items.map(idOf)
  const move = (id: string, to: number) => {
    const item = items[ids.indexOf(id)]
    if (!item || to < 0 || to >= items.length || to === ids.indexOf(id)) return
    onMove(id, to)
    setSaid(t('common.sort.moved', { name: nameOf(item), place: to + 1, count: items.length }))
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={{ ...SILENT, container: document.body }}
      onDragEnd={({ active, over }) => {
        if (over) move(String(active.id), ids.indexOf(String(over.id)))
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy} disabled={disabled}>
        <ul aria-label={label} className={className}>
          {items.map((item, index) => (
            <SortableItem
              key={idOf(item)}
              id={idOf(item)}
              name={nameOf(item)}
              helpId={helpId}
              disabled={disabled}
              onStep={(by) => move(idOf(item), index + by)}
            >
              {(handle) => children(item, handle, index)}
            </SortableItem>
          ))}
        </ul>
      </SortableContext>
      <p id={helpId} className="sr-only">
        {t('common.sort.help')}
      </p>
      <output className="sr-only">{said}</output>
    </DndContext>
  )
}

type SortableItemProps = {
  id: string
  name: string
  helpId: string
  disabled: boolean
  onStep: (by: 1 | -1) => void
  children: (handle: ReactNode) => ReactNode
}

function SortableItem({ id, name, helpId, disabled, onStep, children }: SortableItemProps) {
  const { t } = useTranslation()
  const { setNodeRef, setActivatorNodeRef, listeners, transform, transition, isDragging } = useSortable({
    id,
    disabled,
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    onStep(event.key === 'ArrowUp' ? -1 : 1)
  }
  const handle = disabled ? null : (
    <button
      ref={setActivatorNodeRef}
      type="button"
      {...listeners}
      onKeyDown={onKeyDown}
      aria-label={t('common.sort.handle', { name })}
      aria-describedby={helpId}
      className="inline-flex h-control-small w-5 shrink-0 cursor-grab touch-none items-center justify-center rounded-small text-faint hover:bg-hover hover:text-ink active:cursor-grabbing"
    >
      <GripVertical className="size-4" strokeWidth={1.75} aria-hidden />
    </button>
  )
  return (
    <li
      ref={setNodeRef}
      style={{
        transform: transform ? `translateY(${transform.y}px)` : undefined,
        transition: transition ?? undefined,
      }}
      className={cx('relative', isDragging && 'z-10 bg-raised shadow-float')}
    >
      {children(handle)}
    </li>
  )
}
