import { ArrowRight } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { Combobox, type ComboboxOption } from '../../ui/Combobox.tsx'
import { useFormat } from '../../ui/format.ts'
import { isCustom, type Column } from './mapping.ts'
import { leaveOut } from './useTargetOptions.ts'

type Props = {
  column: Column
  total: number
  target: string | null
  guessed: string | null
  options: ComboboxOption[]
  /** Another column that has the same target. */
  sharing: string | undefined
  onChange: (target: string | null) => void
}

/** One column of the file: its name, what it holds, what becomes of it. On a phone one below the other. */
export function MappingRow({ column, total, target, guessed, options, sharing, onChange }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const isGuessed = target !== null && target === guessed && !isCustom(target)
  return (
    <li
      data-clash={sharing === undefined ? undefined : ''}
      className="grid items-center gap-x-3 gap-y-1.5 border-b border-line py-2 last:border-b-0 md:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)_1rem_22rem]"
    >
      <div className="min-w-0">
        <p className="text-13 font-medium break-words">{column.name}</p>
        <p className="text-12 text-faint tabular">
          {column.filled === 0
            ? t('imports.map.empty')
            : t('imports.map.filled', { filled: format.number(column.filled), total: format.number(total) })}
        </p>
      </div>
      <p className="min-w-0 truncate text-12 text-muted" title={column.examples.join(' · ')}>
        <span className="sr-only">{t('imports.map.samples')}: </span>
        {column.examples.map((example, index) => (
          <Fragment key={example}>
            {index > 0 ? <span className="text-faint"> · </span> : null}
            {example}
          </Fragment>
        ))}
      </p>
      <ArrowRight className="size-4 text-faint max-md:hidden" strokeWidth={1.75} aria-hidden />
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex items-center gap-2">
          <Combobox
            size="small"
            className={target === null ? 'min-w-0 text-faint' : 'min-w-0'}
            label={t('imports.map.target_of', { column: column.name })}
            searchPlaceholder={t('imports.map.search')}
            options={options}
            value={target ?? leaveOut}
            onChange={(value) => onChange(value === null || value === leaveOut ? null : value)}
          />
          <span className="w-16 shrink-0">
            {isGuessed ? <Badge>{t('imports.map.guessed')}</Badge> : null}
          </span>
        </div>
        {sharing === undefined ? null : (
          <p role="alert" className="text-12 text-danger-ink">
            {t('imports.map.clash', { column: sharing })}
          </p>
        )}
      </div>
    </li>
  )
}
