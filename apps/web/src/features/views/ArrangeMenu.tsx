import type { View } from '@rapport/contracts'
import { ArrowDownUp, ChevronDown, ChevronUp, Plus, SlidersHorizontal, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Popover } from '../../ui/Popover.tsx'
import { Select } from '../../ui/Select.tsx'
import type { SortKey } from '../../ui/table/types.ts'
import { layoutIcons } from './layoutIcons.ts'
import type { FieldChoice, ViewHandle } from './types.ts'

const mostKeys = 5

type ArrangeMenuProps = {
  view: ViewHandle
  layouts: readonly View['layout'][]
  sort: readonly SortKey[]
  onSortChange: (keys: readonly SortKey[]) => void
  sortable: readonly FieldChoice[]
  groupable: readonly FieldChoice[]
  /** By what a board can be parted. */
  lanes: readonly FieldChoice[]
  dates: readonly FieldChoice[]
  pipelines: readonly FieldChoice[]
}

/** As what the records are shown, in which order and in which groups. */
export function ArrangeMenu(props: ArrangeMenuProps) {
  const { view, layouts, sort, onSortChange, sortable, groupable, lanes, dates, pipelines } = props
  const { t } = useTranslation()
  const { layout, group_by, date_field, pipeline_id } = view.arrangement
  return (
    <Popover
      label={t('views.arrange')}
      className="w-96 max-w-[calc(100vw-1rem)]"
      trigger={
        <Button size="small" variant="ghost" icon={SlidersHorizontal}>
          {t('views.arrange')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {layouts.length > 1 ? (
          <fieldset aria-label={t('views.layout_label')} className="flex gap-1">
            {layouts.map((each) => {
              const Icon = layoutIcons[each]
              return (
                <button
                  key={each}
                  type="button"
                  aria-pressed={layout === each}
                  onClick={() => view.arrange('layout', each)}
                  className={cx(
                    'flex flex-1 flex-col items-center gap-1 rounded-base border p-2 text-12',
                    layout === each
                      ? 'border-accent bg-selected text-ink'
                      : 'border-line text-muted hover:bg-hover',
                  )}
                >
                  <Icon className="size-4" strokeWidth={1.75} aria-hidden />
                  {t(`views.layout.${each}`)}
                </button>
              )
            })}
          </fieldset>
        ) : null}
        {layout === 'board' && pipelines.length > 0 ? (
          <Labelled label={t('views.pipeline')}>
            <Select
              size="small"
              label={t('views.pipeline')}
              value={pipeline_id ?? pipelines[0]?.value ?? null}
              onChange={(id) => view.arrange('pipeline_id', id)}
              options={pipelines}
            />
          </Labelled>
        ) : null}
        {layout === 'board' ? (
          <GroupChoice
            label={t('views.lanes')}
            none={t('views.no_lanes')}
            value={lanes.some(({ value }) => value === group_by) ? group_by : null}
            options={lanes}
            onChange={(name) => view.arrange('group_by', name)}
          />
        ) : null}
        {layout === 'calendar' ? (
          <Labelled label={t('views.date')}>
            <Select
              size="small"
              label={t('views.date')}
              value={date_field ?? dates[0]?.value ?? null}
              onChange={(name) => view.arrange('date_field', name)}
              options={dates}
            />
          </Labelled>
        ) : null}
        {layout === 'table' ? (
          <>
            <GroupChoice
              label={t('views.group')}
              none={t('views.no_groups')}
              value={group_by}
              options={groupable}
              onChange={(name) => view.arrange('group_by', name)}
            />
            <SortEditor sort={sort} onChange={onSortChange} sortable={sortable} />
          </>
        ) : null}
      </div>
    </Popover>
  )
}

type GroupProps = {
  label: string
  none: string
  value: string | null
  options: readonly FieldChoice[]
  onChange: (field: string | null) => void
}

/** By what records stand together: a field, or nothing. */
function GroupChoice({ label, none, value, options, onChange }: GroupProps) {
  return (
    <Labelled label={label}>
      <span className="flex items-center gap-1">
        <Combobox
          size="small"
          label={label}
          placeholder={none}
          value={value}
          onChange={onChange}
          options={options}
        />
        {value === null ? null : (
          <IconButton icon={X} size="small" label={none} onClick={() => onChange(null)} />
        )}
      </span>
    </Labelled>
  )
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="text-12 font-medium">{label}</span>
      {children}
    </div>
  )
}

type SortEditorProps = {
  sort: readonly SortKey[]
  onChange: (keys: readonly SortKey[]) => void
  sortable: readonly FieldChoice[]
}

/** By what the records are sorted: the first key counts most. */
function SortEditor({ sort, onChange, sortable }: SortEditorProps) {
  const { t } = useTranslation()
  const nameOf = (id: string) => sortable.find(({ value }) => value === id)?.label ?? id
  const free = sortable.filter(({ value }) => !sort.some(({ id }) => id === value))
  const replace = (place: number, key: SortKey) =>
    onChange(sort.map((each, other) => (other === place ? key : each)))
  const swap = (place: number, by: 1 | -1) => {
    const next = [...sort]
    const [moved] = next.splice(place, 1)
    if (moved) onChange(next.toSpliced(place + by, 0, moved))
  }
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 inline-flex items-center gap-1.5 text-12 font-medium">
        <ArrowDownUp className="size-3.5 text-faint" aria-hidden />
        {t('views.sort')}
      </legend>
      {sort.length > 0 ? (
        <ol className="flex flex-col gap-1.5">
          {sort.map((key, place) => (
            <li key={key.id} className="flex items-center gap-1">
              <Combobox
                size="small"
                label={t('views.sort_key', { place: place + 1 })}
                value={key.id}
                onChange={(id) => (id === null ? undefined : replace(place, { ...key, id }))}
                options={[{ value: key.id, label: nameOf(key.id) }, ...free]}
              />
              <Select
                size="small"
                className="w-auto!"
                label={t('views.direction', { name: nameOf(key.id) })}
                value={key.desc ? 'desc' : 'asc'}
                onChange={(way) => replace(place, { ...key, desc: way === 'desc' })}
                options={[
                  { value: 'asc', label: t('views.ascending') },
                  { value: 'desc', label: t('views.descending') },
                ]}
              />
              <IconButton
                icon={ChevronUp}
                size="small"
                disabled={place === 0}
                label={t('views.sort_earlier', { name: nameOf(key.id) })}
                onClick={() => swap(place, -1)}
              />
              <IconButton
                icon={ChevronDown}
                size="small"
                disabled={place === sort.length - 1}
                label={t('views.sort_later', { name: nameOf(key.id) })}
                onClick={() => swap(place, 1)}
              />
              <IconButton
                icon={X}
                size="small"
                label={t('common.action.remove', { name: nameOf(key.id) })}
                onClick={() => onChange(sort.filter((_, other) => other !== place))}
              />
            </li>
          ))}
        </ol>
      ) : null}
      {sort.length < mostKeys && free[0] ? (
        <Button
          size="small"
          variant="ghost"
          icon={Plus}
          className="self-start"
          onClick={() => onChange([...sort, { id: free[0]?.value ?? '', desc: false }])}
        >
          {t('views.add_sort')}
        </Button>
      ) : null}
    </fieldset>
  )
}
