import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { Badge } from './Badge.tsx'
import { cx } from './cx.ts'

export type Tab<Value extends string> = { value: Value; label: ReactNode; count?: string; panel: ReactNode }

export type TabsProps<Value extends string> = {
  tabs: readonly Tab<Value>[]
  value: Value
  onChange: (value: Value) => void
  label: string
  className?: string
}

export function Tabs<Value extends string>({ tabs, value, onChange, label, className }: TabsProps<Value>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next: Value) => onChange(next)}
      className={cx('flex flex-col', className)}
    >
      <Base.List aria-label={label} className="relative flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="inline-flex h-9 shrink-0 items-center gap-1.5 rounded-base px-2.5 text-13 font-medium text-muted -outline-offset-2 transition-colors hover:text-ink data-active:text-ink"
          >
            {tab.label}
            {tab.count ? <Badge>{tab.count}</Badge> : null}
          </Base.Tab>
        ))}
        <Base.Indicator className="absolute bottom-0 left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) bg-accent transition-[translate,width] duration-(--slow)" />
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-3">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
