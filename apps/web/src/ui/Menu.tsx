import { Menu as Base } from '@base-ui/react/menu'
import { Check, ChevronRight } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Kbd } from './Kbd.tsx'

const POPUP = 'float-surface float-motion min-w-44 max-w-80 max-h-(--available-height) overflow-y-auto p-1'

export type MenuProps = {
  trigger: ReactElement
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  className?: string
  children: ReactNode
}

export function Menu(props: MenuProps) {
  const { trigger, side = 'bottom', align = 'start', open, onOpenChange, className, children } = props
  return (
    <Base.Root {...(open === undefined ? {} : { open })} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <MenuPopup side={side} align={align} offset={4} className={className}>
        {children}
      </MenuPopup>
    </Base.Root>
  )
}

type MenuPopupProps = {
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  offset?: number
  className?: string | undefined
  children: ReactNode
}

/** The floating part, shared by menus, submenus and context menus. */
export function MenuPopup({ side, align, offset = 0, className, children }: MenuPopupProps) {
  return (
    <Base.Portal>
      <Base.Positioner
        {...(side ? { side } : {})}
        {...(align ? { align } : {})}
        sideOffset={offset}
        collisionPadding={8}
        className="z-40 outline-none"
      >
        <Base.Popup className={cx(POPUP, className)} data-layer="">
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}

export type MenuItemProps = {
  icon?: LucideIcon
  shortcut?: string
  disabled?: boolean
  danger?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({
  icon: Icon,
  shortcut,
  disabled = false,
  danger = false,
  onSelect,
  children,
}: MenuItemProps) {
  return (
    <Base.Item
      disabled={disabled}
      onClick={onSelect}
      className={cx('option-row', danger && 'text-danger-ink data-highlighted:bg-danger-soft!')}
    >
      {Icon ? (
        <Icon className={cx('size-4 shrink-0', !danger && 'text-faint')} strokeWidth={1.75} aria-hidden />
      ) : null}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut ? <Kbd keys={shortcut} className="ml-4" /> : null}
    </Base.Item>
  )
}

type MenuCheckProps = { checked: boolean; onChange: (checked: boolean) => void; children: ReactNode }

/** Stays open, because one seldom switches a single thing. */
export function MenuCheck({ checked, onChange, children }: MenuCheckProps) {
  return (
    <Base.CheckboxItem checked={checked} onCheckedChange={(next) => onChange(next)} className="option-row">
      <span className="size-4 shrink-0">
        <Base.CheckboxItemIndicator>
          <Check className="size-4" strokeWidth={2} aria-hidden />
        </Base.CheckboxItemIndicator>
      </span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
    </Base.CheckboxItem>
  )
}

export type MenuChoice<Value extends string> = { value: Value; label: ReactNode; icon?: LucideIcon }

type MenuChoicesProps<Value extends string> = {
  value: Value
  onChange: (value: Value) => void
  choices: MenuChoice<Value>[]
}

/** One of several; the chosen one carries the tick. */
export function MenuChoices<Value extends string>({ value, onChange, choices }: MenuChoicesProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: Value) => onChange(next)}>
      {choices.map(({ value: choice, label, icon: Icon }) => (
        <Base.RadioItem key={choice} value={choice} closeOnClick className="option-row">
          {Icon ? <Icon className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden /> : null}
          <span className="min-w-0 flex-1 truncate">{label}</span>
          <Base.RadioItemIndicator>
            <Check className="size-4" strokeWidth={2} aria-hidden />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}

export function MenuGroup({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-11 font-medium text-faint">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />
}

export function SubMenu({
  icon: Icon,
  label,
  children,
}: {
  icon?: LucideIcon
  label: ReactNode
  children: ReactNode
}) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className="option-row data-popup-open:bg-hover">
        {Icon ? <Icon className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden /> : null}
        <span className="min-w-0 flex-1 truncate">{label}</span>
        <ChevronRight className="size-3.5 text-faint" aria-hidden />
      </Base.SubmenuTrigger>
      <MenuPopup>{children}</MenuPopup>
    </Base.SubmenuRoot>
  )
}
