import { Command } from 'cmdk'
import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { OptionLook } from '../ComboboxPopup.tsx'
import type { ComboboxOption } from '../ComboboxPopup.tsx'
import { useFocusOnMount } from './useFocusOnMount.ts'

type OptionListProps = {
  label: string
  /** What the search field says while empty; the label, if nothing else. */
  placeholder?: string
  options: readonly ComboboxOption[]
  chosen: readonly string[]
  onPick: (value: string) => void
  /** Several may be chosen: the list says which. */
  multiple?: boolean
}

/** A list one types into to find something. Lives inside a popover. */
export function OptionList({
  label,
  placeholder,
  options,
  chosen,
  onPick,
  multiple = false,
}: OptionListProps) {
  const { t } = useTranslation()
  const field = useFocusOnMount()
  return (
    <Command label={label} loop className="flex max-h-80 flex-col outline-none">
      <Command.Input
        ref={field}
        placeholder={placeholder ?? label}
        className="h-9 w-full shrink-0 border-b border-line bg-transparent px-3 text-13 outline-none pointer-coarse:text-[1rem]"
      />
      <Command.List
        label={label}
        className="min-h-0 flex-1 scroll-py-1 overflow-y-auto overscroll-contain p-1"
      >
        <Command.Empty className="px-2 py-2 text-12 text-muted">
          {t('common.state.nothing_found')}
        </Command.Empty>
        {options.map((option) => (
          <Command.Item
            key={option.value}
            value={option.value}
            keywords={[option.label, option.detail ?? '']}
            onSelect={() => onPick(option.value)}
            {...(multiple ? { 'aria-checked': chosen.includes(option.value) } : {})}
            className="option-row"
          >
            <OptionLook option={option} />
            <span className="size-4 shrink-0">
              {chosen.includes(option.value) ? (
                <Check className="size-4" strokeWidth={2} aria-hidden />
              ) : null}
            </span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  )
}
