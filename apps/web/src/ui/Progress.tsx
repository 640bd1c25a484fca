import { Progress as Base } from '@base-ui/react/progress'
import type { ReactNode } from 'react'

export type ProgressProps = {
  label: ReactNode
  /** 0 to 1; null while the end is not known. */
  value: number | null
  /** Beside the label, such as “1,204 of 6,468”. */
  detail?: ReactNode
  labelHidden?: boolean
}

export function Progress({ label, value, detail, labelHidden = false }: ProgressProps) {
  return (
    <Base.Root
      value={value === null ? null : Math.round(value * 100)}
      className="flex w-full flex-col gap-1.5"
    >
      <span
        className={labelHidden ? 'sr-only' : 'flex flex-wrap items-baseline justify-between gap-x-3 text-12'}
      >
        <Base.Label className="font-medium">{label}</Base.Label>
        {detail ? <span className="whitespace-nowrap text-muted tabular">{detail}</span> : null}
      </span>
      <Base.Track className="h-1.5 w-full overflow-hidden rounded-full bg-active">
        <Base.Indicator className="h-full rounded-full bg-accent transition-[width] duration-(--slow) data-indeterminate:w-1/3 data-indeterminate:animate-pulse" />
      </Base.Track>
    </Base.Root>
  )
}
