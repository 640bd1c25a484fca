import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { FocusEvent, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { ColourDot } from './ColourDot.tsx'
import { cx } from './cx.ts'
import type { Hue } from './hue.ts'

export type SelectOption<Value extends string> = {
  value: Value
  label: string
  hue?: Hue
  icon?: LucideIcon
  disabled?: boolean
  /** Stands above this choice and its neighbours of the same group. */
  group?: string
}

export type SelectProps<Value extends string> = {
  options: readonly SelectOption<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  onBlur?: (event: FocusEvent) => void
  placeholder?: string
  size?: 'normal' | 'small'
  /** Needed where no Field gives a label. */
  label?: string
  disabled?: boolean
  className?: string
  ref?: Ref<HTMLButtonElement>
}

function OptionLook<Value extends string>({ option }: { option: SelectOption<Value> }) {
  const Icon = option.icon
  return (
    <span className="flex min-w-0 items-center gap-2">
      {option.hue ? <ColourDot hue={option.hue} /> : null}
      {Icon ? <Icon className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden /> : null}
      <span className="truncate">{option.label}</span>
    </span>
  )
}

function Options<Value extends string>({ options }: { options: readonly SelectOption<Value>[] }) {
  return options.map((option) => (
    <Base.Item
      key={option.value}
      value={option.value}
      disabled={option.disabled ?? false}
      className="option-row justify-between"
    >
      <Base.ItemText render={<span className="min-w-0" />}>
        <OptionLook option={option} />
      </Base.ItemText>
      <Base.ItemIndicator>
        <Check className="size-4" strokeWidth={2} aria-hidden />
      </Base.ItemIndicator>
    </Base.Item>
  ))
}

/** For a handful of choices. From about ten on, use Combobox. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const {
    options,
    value,
    onChange,
    onBlur,
    placeholder,
    size = 'normal',
    label,
    disabled = false,
    className,
    ref,
  } = props
  const { t } = useTranslation()
  const chosen = options.find((option) => option.value === value)
  return (
    <Base.Root
      items={[...options]}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
    >
      <Base.Trigger
        ref={ref}
        aria-label={label}
        onBlur={onBlur}
        className={cx(
          'control-surface flex w-full items-center justify-between gap-2 px-2.5 text-left select-none',
          size === 'small' ? 'h-control-small' : 'h-control',
          className,
        )}
      >
        <Base.Value className="min-w-0 truncate">
          {() =>
            chosen ? (
              <OptionLook option={chosen} />
            ) : (
              <span className="text-faint">{placeholder ?? t('common.field.choose')}</span>
            )
          }
        </Base.Value>
        <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          sideOffset={4}
          alignItemWithTrigger={false}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Base.Popup
            data-layer=""
            className="float-surface float-motion max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto p-1"
          >
            {[...Map.groupBy(options, ({ group }) => group)].map(([group, members]) =>
              group === undefined ? (
                <Options key="" options={members} />
              ) : (
                <Base.Group key={group}>
                  <Base.GroupLabel className="px-2 pt-2 pb-1 text-11 font-semibold text-faint uppercase">
                    {group}
                  </Base.GroupLabel>
                  <Options options={members} />
                </Base.Group>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
