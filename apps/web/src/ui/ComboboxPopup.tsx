import { Combobox as Base } from '@base-ui/react/combobox'
import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from './Avatar.tsx'
import { ColourDot } from './ColourDot.tsx'
import type { Hue } from './hue.ts'

export type ComboboxOption = {
  value: string
  label: string
  /** A second, fainter line of information, such as an e-mail. */
  detail?: string
  hue?: Hue
  avatar?: 'person' | 'organization'
  disabled?: boolean
}

export function OptionLook({ option }: { option: ComboboxOption }) {
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      {option.hue ? <ColourDot hue={option.hue} /> : null}
      {option.avatar ? <Avatar name={option.label} shape={option.avatar} size={20} decorative /> : null}
      <span className="max-w-full shrink-0 truncate">{option.label}</span>
      {option.detail ? (
        <span className="ml-auto truncate pl-3 text-12 text-faint">{option.detail}</span>
      ) : null}
    </span>
  )
}

type ComboboxPopupProps = { placeholder?: string | undefined; searching?: boolean | undefined }

/** The search field on top, the options below: shared by Combobox and MultiCombobox. */
export function ComboboxPopup({ placeholder, searching = false }: ComboboxPopupProps) {
  const { t } = useTranslation()
  return (
    <Base.Portal>
      <Base.Positioner align="start" sideOffset={4} collisionPadding={8} className="z-50 outline-none">
        <Base.Popup
          data-layer=""
          aria-label={placeholder ?? t('common.action.search')}
          className="float-surface float-motion flex max-h-[min(20rem,var(--available-height))] w-[max(var(--anchor-width),14rem)] flex-col"
        >
          <Base.Input
            placeholder={placeholder ?? t('common.action.search')}
            className="h-9 w-full shrink-0 border-b border-line bg-transparent px-3 text-13 outline-none pointer-coarse:text-[1rem]"
          />
          <Base.Empty>
            <div className="px-3 py-3 text-12 text-muted">
              {searching ? t('common.state.searching') : t('common.state.nothing_found')}
            </div>
          </Base.Empty>
          <Base.List className="min-h-0 flex-1 scroll-py-1 overflow-y-auto overscroll-contain p-1 data-empty:p-0">
            {(option: ComboboxOption) => (
              <Base.Item
                key={option.value}
                value={option}
                disabled={option.disabled ?? false}
                className="option-row"
              >
                <OptionLook option={option} />
                <span className="size-4 shrink-0">
                  <Base.ItemIndicator>
                    <Check className="size-4" strokeWidth={2} aria-hidden />
                  </Base.ItemIndicator>
                </span>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}
