import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../Button.tsx'
import { cx } from '../cx.ts'
import { useAnnouncer } from '../table/useAnnouncer.ts'
import { AddFilter } from './AddFilter.tsx'
import { FilterChip } from './FilterChip.tsx'
import type { FilterField, FilterState } from './types.ts'

type FilterBarProps = {
  fields: readonly FilterField[]
  filters: readonly FilterState[]
  /** Only complete filters arrive here. */
  onChange: (filters: FilterState[]) => void
  /** A search box, or whatever else belongs in front. */
  children?: ReactNode
  className?: string
}

/** Filters as chips. A filter on a field that no longer exists is kept, but cannot be shown. */
export function FilterBar({ fields, filters, onChange, children, className }: FilterBarProps) {
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
      {filters.length > 0 ? (
        <>
          <ul ref={list} aria-label={t('table.filter.list')} className="contents">
            {filters.map((filter, index) => {
              const field = fields.find(({ id }) => id === filter.field)
              if (!field) return null
              return (
                <FilterChip
                  key={`${filter.field}-${occurrence(filters, index)}`}
                  field={field}
                  filter={filter}
                  onChange={(next) => onChange(filters.map((each, other) => (other === index ? next : each)))}
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
function occurrence(filters: readonly FilterState[], index: number): number {
  const field = filters[index]?.field
  return filters.slice(0, index).filter((each) => each.field === field).length
}
