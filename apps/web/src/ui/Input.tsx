import { Input as Base } from '@base-ui/react/input'
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

export type InputProps = Omit<ComponentProps<'input'>, 'size'> & {
  size?: 'normal' | 'small'
  icon?: LucideIcon
  /** Without a surface of its own, in all the room there is: laid over a cell. */
  bare?: boolean
  /** Something small at the end, such as a unit or a show/hide button. */
  trailing?: ReactNode
}

const HEIGHTS = { normal: 'h-control', small: 'h-control-small' }

/** Inside a Field it takes its id, description and error state from there. */
export function Input({
  size = 'normal',
  bare = false,
  icon: Icon,
  trailing,
  className,
  ...rest
}: InputProps) {
  const input = (
    <Base
      {...rest}
      className={cx(
        'w-full min-w-0 px-2.5',
        bare ? 'h-full bg-transparent outline-none select-text' : `control-surface ${HEIGHTS[size]}`,
        Icon && 'pl-8',
        trailing !== undefined && 'pr-9',
        !Icon && trailing === undefined && className,
      )}
    />
  )
  if (!Icon && trailing === undefined) return input
  return (
    <span className={cx('relative flex w-full items-center', bare && 'h-full', className)}>
      {Icon ? (
        <Icon
          className="pointer-events-none absolute left-2.5 size-4 text-faint"
          strokeWidth={1.75}
          aria-hidden
        />
      ) : null}
      {input}
      {trailing !== undefined ? (
        <span className="absolute right-0.5 flex items-center text-12 text-faint">{trailing}</span>
      ) : null}
    </span>
  )
}
