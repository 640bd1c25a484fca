import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../Button.tsx'
import { cx } from '../cx.ts'
import { useAnnouncer } from '../table/useAnnouncer.ts'
import { AddFilter } from './AddFilter.tsx'
import { FilterChip } from './FilterChip.tsx'
import { ConditionGroups } from './ConditionGroups.tsx'
import { GroupChip } from './GroupChip.tsx'
import { isCondition, isGroup, membersOf, type FilterField, type FilterNode } from './types.ts'

type FilterBarProps = {
  fields: readonly FilterField[]
  filters: readonly FilterNode[]
  onChange: (filters: FilterNode[]) => void
  /** Conditions can be put into groups, of which any must be met. */
  grouped?: boolean
  /** A search box, or whatever else belongs in front. */
  children?: ReactNode
  className?: string
}

/** Filters as chips. A filter on a field that no longer exists is kept, but cannot be shown. */
export function FilterBar({
  fields,
  filters,
  onChange,
  grouped = false,
  children,
  className,
}: FilterBarProps) {
  const { t } = useTranslation()
  const { message, announce } = useAnnouncer()
  const list = useRef<HTMLUListElement>(null)
  const add = useRef<HTMLButtonElement>(null)

  function remove(index: number, name: string) {
    onChange(filters.filter((_, other) => other !== index))
    announce(t('table.filter.removed', { name }))
    const chips = list.current?.querySelectorAll<HTMLElement>('[data-chip]') ?? []
    const neighbour = chips[index + 1] ?? chips[index - 1] ?? add.current
    neighbour?.focus()
  }
  function clear() {
    onChange([])
    add.current?.focus()
  }

  return (
    <div className={cx('flex flex-wrap items-center gap-1.5', className)}>
      {children}
      <AddFilter ref={add} fields={fields} filters={filters} onChange={onChange} />
      {grouped ? <ConditionGroups fields={fields} filters={filters} onChange={onChange} /> : null}
      {filters.length > 0 ? (
        <>
          <ul ref={list} aria-label={t('table.filter.list')} className="contents">
            {filters.map((filter, index) => {
              const change = (next: FilterNode) =>
                onChange(filters.map((each, other) => (other === index ? next : each)))
              if (isGroup(filter) && membersOf(filter).length === 0) return null
              if (!isCondition(filter))
                return (
                  <GroupChip
                    key={`group-${index}`}
                    fields={fields}
                    node={filter}
                    onChange={change}
                    onRemove={() => remove(index, t('table.filter.group'))}
                  />
                )
              const field = fields.find(({ id }) => id === filter.field)
              if (!field) return null
              return (
                <FilterChip
                  key={`${filter.field}-${occurrence(filters, index)}`}
                  field={field}
                  filter={filter}
                  onChange={change}
                  onRemove={() => remove(index, field.label)}
                />
              )
            })}
          </ul>
          <Button variant="ghost" size="small" onClick={clear}>
            {t('table.filter.clear')}
          </Button>
        </>
      ) : null}
      <output className="sr-only">{message}</output>
    </div>
  )
}

/** Which filter on its field this is: a key that stays when another filter is taken away. */
function occurrence(filters: readonly FilterNode[], index: number): number {
  const fieldOf = (node: FilterNode | undefined) => (node && isCondition(node) ? node.field : null)
  const field = fieldOf(filters[index])
  return filters.slice(0, index).filter((each) => fieldOf(each) === field).length
}
