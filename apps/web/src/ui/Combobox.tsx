import { Combobox as Base } from '@base-ui/react/combobox'
import { ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { ComboboxPopup, OptionLook } from './ComboboxPopup.tsx'
import type { ComboboxOption } from './ComboboxPopup.tsx'
import { cx } from './cx.ts'

export type { ComboboxOption } from './ComboboxPopup.tsx'

type Shared = {
  options: readonly ComboboxOption[]
  placeholder?: string
  searchPlaceholder?: string
  /** Turns off filtering here: the caller answers with new options. */
  onSearch?: (query: string) => void
  searching?: boolean
  disabled?: boolean
  label?: string
  size?: 'normal' | 'small'
  className?: string
  onBlur?: () => void
  ref?: Ref<HTMLButtonElement>
  /** A trigger of one's own, such as a chip or a table cell. */
  trigger?: ReactElement
}

export type ComboboxProps = Shared & {
  value: string | null
  onChange: (value: string | null) => void
  /** The current choice when the options of the moment do not hold it. */
  chosen?: ComboboxOption | undefined
}

export type MultiComboboxProps = Shared & {
  value: readonly string[]
  onChange: (value: string[]) => void
  /** The choice that would be made of what is typed; null where it is there already, or may not be. */
  make?: (query: string) => ComboboxOption | null
}

const TRIGGER = 'control-surface flex w-full items-center justify-between gap-2 px-2.5 text-left select-none'

function same(a: ComboboxOption, b: ComboboxOption): boolean {
  return a.value === b.value
}

/** One of many, found by typing. */
export function Combobox(props: ComboboxProps) {
  const { options, value, onChange, chosen, onSearch, disabled = false, onBlur } = props
  const { t } = useTranslation()
  const current =
    options.find((option) => option.value === value) ?? (chosen?.value === value ? chosen : undefined)
  return (
    <Base.Root
      items={options}
      value={current ?? null}
      onValueChange={(option) => onChange(option?.value ?? null)}
      isItemEqualToValue={same}
      {...(onSearch ? { filter: null } : {})}
      onInputValueChange={(query) => onSearch?.(query)}
      onOpenChange={(open) => {
        if (!open) onBlur?.()
      }}
      autoHighlight
      disabled={disabled}
    >
      <ComboboxTrigger {...props}>
        {current ? (
          <OptionLook option={current} />
        ) : (
          <span className="text-faint">{props.placeholder ?? t('common.field.choose')}</span>
        )}
      </ComboboxTrigger>
      <ComboboxPopup placeholder={props.searchPlaceholder} searching={props.searching} />
    </Base.Root>
  )
}

/** Several of many; stays open while one picks. */
export function MultiCombobox(props: MultiComboboxProps) {
  const { options, value, onChange, onSearch, make, disabled = false } = props
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const made = make?.(query) ?? null
  const chosen = options.filter((option) => value.includes(option.value))
  return (
    <Base.Root
      multiple
      items={made ? [...options, made] : options}
      value={chosen}
      onValueChange={(next) => onChange(next.map((option) => option.value))}
      isItemEqualToValue={same}
      {...(onSearch ? { filter: null } : {})}
      onInputValueChange={(typed) => {
        setQuery(typed)
        onSearch?.(typed)
      }}
      autoHighlight={make !== undefined}
      disabled={disabled}
    >
      <ComboboxTrigger {...props}>
        {chosen.length === 0 ? (
          <span className="text-faint">{props.placeholder ?? t('common.field.choose')}</span>
        ) : chosen.length === 1 && chosen[0] ? (
          <OptionLook option={chosen[0]} />
        ) : (
          t('common.field.chosen', { count: chosen.length })
        )}
      </ComboboxTrigger>
      <ComboboxPopup placeholder={props.searchPlaceholder} searching={props.searching} />
    </Base.Root>
  )
}

function ComboboxTrigger({
  trigger,
  ref,
  label,
  size,
  className,
  children,
}: Shared & { children: ReactElement | string }) {
  if (trigger) return <Base.Trigger render={trigger} />
  return (
    <Base.Trigger
      ref={ref}
      aria-label={label}
      className={cx(TRIGGER, size === 'small' ? 'h-control-small' : 'h-control', className)}
    >
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden />
    </Base.Trigger>
  )
}
