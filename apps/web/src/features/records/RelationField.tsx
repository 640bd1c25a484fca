import { useQuery } from '@tanstack/react-query'
import { ArrowUpRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { recordPath } from '../../app/paths.ts'
import { Combobox } from '../../ui/Combobox.tsx'
import { FieldLine } from './InlineField.tsx'
import { quiet } from './quiet.ts'
import { choicesQuery, type Related } from './related.ts'

type Props = {
  label: string
  /** The object it leads to. */
  to: string
  current: Related | null | undefined
  /** A record that cannot be chosen: the one that leads there. */
  not?: string | undefined
  readOnly: boolean
  onChange: (id: string | null) => Promise<void>
}

/** Another record, found by typing its name, and one step away. */
export function RelationField({ label, to, current, not, readOnly, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <FieldLine label={label}>
      <div className="flex items-center gap-1">
        <div className="min-w-0 flex-1">
          <RelationPicker
            className={quiet}
            label={label}
            to={to}
            chosen={current ?? null}
            not={not}
            disabled={readOnly}
            onChange={(id) => void onChange(id).catch(() => undefined)}
          />
        </div>
        {current ? (
          <Link
            to={recordPath(to, current.id)}
            aria-label={t('records.action.go_to', { name: current.name })}
            className="rounded-small p-1 text-muted hover:bg-hover hover:text-ink"
          >
            <ArrowUpRight className="size-4" strokeWidth={1.75} aria-hidden />
          </Link>
        ) : null}
      </div>
    </FieldLine>
  )
}

type PickerProps = {
  label?: string
  to: string
  chosen: Related | null
  not?: string | undefined
  disabled?: boolean
  className?: string
  onBlur?: () => void
  onChange: (id: string | null) => void
}

export function RelationPicker({
  label,
  to,
  chosen,
  not,
  disabled = false,
  className,
  onBlur,
  onChange,
}: PickerProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [picked, setPicked] = useState<Related | null>(null)
  const query = useQuery(choicesQuery(to, typed))
  const found = (query.data ?? []).filter(({ value }) => value !== not)
  const shown = picked && picked.id !== chosen?.id ? chosen : (picked ?? chosen)
  const none = { value: '', label: t('records.none') }
  // What is chosen has no room for more than its name.
  const options = found.map(({ detail: _, ...option }, at) =>
    option.value === shown?.id ? option : (found[at] ?? option),
  )
  return (
    <Combobox
      {...(label === undefined ? {} : { label })}
      {...(className === undefined ? {} : { className })}
      {...(onBlur === undefined ? {} : { onBlur })}
      disabled={disabled}
      value={shown?.id ?? null}
      chosen={shown ? { value: shown.id, label: shown.name } : undefined}
      options={chosen && typed === '' ? [none, ...options] : options}
      placeholder={t('records.not_set')}
      searchPlaceholder={t('common.action.search')}
      onSearch={setTyped}
      searching={query.isFetching}
      onChange={(id) => {
        const one = found.find(({ value }) => value === id)
        setPicked(one ? { id: one.value, name: one.label } : null)
        onChange(id === '' ? null : id)
      }}
    />
  )
}
